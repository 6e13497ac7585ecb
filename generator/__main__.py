"""``python -m generator``."""

import sys

if __name__ == "__main__":
    try:
        from generator.cli import main
        from generator.completing import VARIABLE
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "generator":
            raise
        sys.stderr.write(
            f"error: this Python ({sys.executable}) lacks {error.name}; run `make site` once, then"
            " use .venv/bin/python -m generator\n"
        )
        sys.exit(1)
    main(complete_var=VARIABLE)
