"""``python -m generator``."""

import sys


def _run() -> None:
    """Run the command line; a Python that lacks a package is told so, by whichever command."""
    try:
        from generator.cli import main
        from generator.completing import VARIABLE

        main(complete_var=VARIABLE)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "generator":
            raise
        sys.stderr.write(
            f"error: this Python ({sys.executable}) lacks {error.name}; run `make site` once, then"
            " `. .venv/bin/activate` in each new terminal\n"
        )
        sys.exit(1)


if __name__ == "__main__":
    _run()
