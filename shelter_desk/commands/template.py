"""`template`: an empty list to fill in, with drop-downs and a page of help."""

import argparse
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, month, opened, say
from shelter_desk.operations.imports import list_templates

NAME = "template"
HELP = "write an empty list to fill in"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("list", metavar="LIST", help=", ".join(list_templates.NAMES))
    parser.add_argument("out", type=Path, metavar="OUT.xlsx")
    parser.add_argument("--month", metavar="AAAA-MM", help="of a list of presence, with those who are here then")


def run(asked: argparse.Namespace) -> int:
    """Write the template; no shelter need be open for it, unless those who were here in a month are to stand in it."""
    prepared = None
    if asked.month and list_templates.is_of_presence(asked.list):
        first = month(asked.month).first
        with opened(asked) as desk:
            prepared = list_templates.presence_of(desk, first)
    list_templates.write(asked.list, asked.out, prepared)
    say(asked, words.text("The empty list is in {file}.").format(file=asked.out))
    return DONE
