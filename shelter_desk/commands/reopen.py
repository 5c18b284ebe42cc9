"""`reopen`: opens a closed month again, of which nothing was sent."""

import argparse
import sys

from shelter_desk import words
from shelter_desk.commands import shelter
from shelter_desk.commands.shelter import DONE, REFUSED, opened, say
from shelter_desk.domain.reports.refusals import ClosingRefused
from shelter_desk.operations.reports import closing
from shelter_desk.words.refusals.errors import sentence

NAME = "reopen"
HELP = "open a closed month again, while nothing was sent"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--month", metavar="AAAA-MM", required=True)
    parser.add_argument("--reason", metavar="TEXT", required=True)


def run(asked: argparse.Namespace) -> int:
    """Open it, or say why not and return 3."""
    with opened(asked) as desk:
        try:
            closing.reopen(desk, shelter.month(asked.month), asked.reason)
        except ClosingRefused as error:
            print(sentence(error), file=sys.stderr)
            return REFUSED
    say(asked, words.text("{month} is open again; its version stays, cancelled.").format(month=asked.month))
    return DONE
