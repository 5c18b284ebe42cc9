"""`template`: an empty list to fill in, with drop-downs and a page of help."""

import argparse
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, say
from shelter_desk.domain.registers.rows import ORDER
from shelter_desk.operations import registers

NAME = "template"
HELP = "write an empty list to fill in"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("list", choices=ORDER, metavar="LIST", help=", ".join(ORDER))
    parser.add_argument("out", type=Path, metavar="OUT.xlsx")


def run(asked: argparse.Namespace) -> int:
    """Write the template; no shelter need be open for it."""
    registers.write_template(asked.list, asked.out)
    say(asked, words.text("The empty list is in {file}.").format(file=asked.out))
    return DONE
