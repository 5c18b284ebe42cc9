"""`reopen`: opens a closed month again, of which nothing was sent."""

import argparse

from shelter_desk import words
from shelter_desk.commands import shelter
from shelter_desk.commands.shelter import DONE, opened, say
from shelter_desk.operations.reports import closing

NAME = "reopen"
HELP = "open a closed month again, while nothing was sent"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--month", metavar="AAAA-MM", required=True)
    parser.add_argument("--reason", metavar="TEXT", required=True)


def run(asked: argparse.Namespace) -> int:
    """Open it; 3 where it is not closed, or something of it was sent."""
    with opened(asked, accepts_older=False) as desk:
        closing.reopen(desk, shelter.month(asked.month), asked.reason)
    say(asked, words.text("{month} is open again; its version stays, cancelled.").format(month=asked.month))
    return DONE
