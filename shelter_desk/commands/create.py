"""`create`: a new encrypted shelter; its recovery key is printed once."""

import argparse

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, folder, password, say
from shelter_desk.domain.errors import BadCall
from shelter_desk.operations import unlocking

NAME = "create"
HELP = "new encrypted shelter"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--shelter", required=True, metavar="NAME")
    parser.add_argument("--town", required=True, metavar="TOWN")


def run(asked: argparse.Namespace) -> int:
    """Make the shelter and print the key that opens it when everything else is lost."""
    where = folder(asked)
    if not asked.user:
        raise BadCall("--user", "")
    made = unlocking.create(where, asked.shelter, asked.town, asked.user, password(words.text("New password: ")))
    made.desk.close()
    say(asked, words.text("The shelter is in {folder}.").format(folder=where))
    say(asked, words.text("Recovery key, shown only this once. Copy it on paper and keep it away from this computer:"))
    print(made.recovery_key)
    return DONE
