"""`check`: integrity of the file, of the journal's chain and of the keys."""

import argparse

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, opened, say
from shelter_desk.operations.vault import integrity_check

NAME = "check"
HELP = "check the file, the journal and the keys"


def arguments(parser: argparse.ArgumentParser) -> None:
    """This command has no options of its own."""


def run(asked: argparse.Namespace) -> int:
    """Check everything that can be; a fault raises an error that names it."""
    with opened(asked) as desk:
        found = integrity_check.check(desk)
    told = words.text("The file is sound: {lines} journal lines in one chain, {stays} stays.")
    say(asked, told.format(lines=found.journal_lines, stays=found.stays))
    return DONE
