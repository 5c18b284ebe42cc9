"""`create`: a new encrypted shelter; its recovery key is printed once."""

import argparse
import sys
from datetime import date

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, folder, password, say
from shelter_desk.domain.errors import BadCall
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from shelter_desk.words import formats
from shelter_desk.words.beds import first_days

NAME = "create"
HELP = "new encrypted shelter"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--shelter", required=True, metavar="NAME")
    parser.add_argument("--town", required=True, metavar="TOWN")
    parser.add_argument("--beds-since", metavar="DAY")


def run(asked: argparse.Namespace) -> int:
    """Make the shelter and print the key that opens it when everything else is lost."""
    where = folder(asked)
    if not asked.user:
        raise BadCall("--user", "")
    since = _beds_since(asked)
    new = password(words.text("New password: "))
    made = unlocking.create(where, asked.shelter, asked.town, asked.user, new, beds_since=since)
    made.desk.close()
    say(asked, words.text("The shelter is in {folder}.").format(folder=where))
    say(asked, first_days.answered(since))
    say(asked, words.text("Recovery key, shown only this once. Copy it on paper and keep it away from this computer:"))
    print(made.recovery_key)
    return DONE


def _beds_since(asked: argparse.Namespace) -> date | None:
    """Since when the house has its beds; asked where somebody sits there, and not known where nobody says it.

    Raises BadCall, UnknownDay.
    """
    typed = asked.beds_since
    if typed is None:
        if asked.quiet or not sys.stdin.isatty():
            return None
        print(first_days.question(), file=sys.stderr)
        typed = sys.stdin.readline()
    if not typed.strip():
        return None
    day = formats.read_day(typed, clock.today())
    if day > clock.today():
        raise BadCall("--beds-since", typed.strip())
    return day
