"""`guide`: the booklet of somebody who works here, as a PDF; no shelter need be open for it."""

import argparse
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, say
from shelter_desk.domain.rights import Role

NAME = "guide"
HELP = "write the booklet of a role as a PDF"
READERS = {
    "manager": Role.DIRECTOR,
    "case-worker": Role.CASE_WORKER,
    "storekeeper": Role.STOREKEEPER,
    "guard": Role.RECEPTION,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--role", choices=tuple(READERS), default="manager")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")


def run(asked: argparse.Namespace) -> int:
    """Write it in the language asked for."""
    asked.booklet(READERS[asked.role], asked.out)
    say(asked, words.text("The booklet is in {file}.").format(file=asked.out))
    return DONE
