"""`backup`: one encrypted file, proven by opening and counting it."""

import argparse
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, opened, say
from shelter_desk.operations.vault import backups

NAME = "backup"
HELP = "write a proven backup into one file"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("out", type=Path, metavar="OUT")


def run(asked: argparse.Namespace) -> int:
    """Write the backup and say what it holds."""
    with opened(asked) as desk:
        made = backups.back_up(desk, asked.out)
    told = words.text("Backup proven: {stays} stays, {lines} journal lines, in {file}.")
    say(asked, told.format(stays=made.manifest.counts["stays"], lines=made.manifest.head, file=made.path))
    return DONE
