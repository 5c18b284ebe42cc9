"""`export`: the registers workbook, everything that may be taken in again."""

import argparse
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, opened, say
from shelter_desk.operations.imports import registers

NAME = "export"
HELP = "write the registers workbook"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("out", type=Path, metavar="OUT.xlsx")


def run(asked: argparse.Namespace) -> int:
    """Write the workbook."""
    with opened(asked) as desk:
        registers.export(desk, asked.out)
    say(asked, words.text("The registers are in {file}.").format(file=asked.out))
    return DONE
