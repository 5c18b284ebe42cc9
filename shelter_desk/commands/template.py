"""`template`: an empty list to fill in, with drop-downs and a page of help."""

import argparse
from datetime import date
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, opened, say
from shelter_desk.domain.errors import UnknownDay
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
        month = _month(asked.month)
        with opened(asked) as desk:
            prepared = list_templates.presence_of(desk, month)
    list_templates.write(asked.list, asked.out, prepared)
    say(asked, words.text("The empty list is in {file}.").format(file=asked.out))
    return DONE


def _month(typed: str) -> date:
    try:
        if len(typed) != len("AAAA-MM"):
            raise ValueError("not a month")
        return date.fromisoformat(f"{typed}-01")
    except ValueError as error:
        raise UnknownDay(typed) from error
