"""``python -m generator``."""

import sys

from generator.ending import of_lacking


def _run() -> None:
    """Run the command line; a Python that lacks a package is told so, by whichever command."""
    try:
        from generator.cli import main
        from generator.completing import VARIABLE

        main(complete_var=VARIABLE)
    except ModuleNotFoundError as error:
        told = of_lacking(error)
        if told is None:
            raise
        sys.stderr.write(f"{told[0]}\n")
        sys.exit(told[1])


if __name__ == "__main__":
    _run()
