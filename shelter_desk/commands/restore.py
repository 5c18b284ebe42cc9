"""`restore`: a shelter brought back from a backup into an empty data folder."""

import argparse
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, folder, say
from shelter_desk.operations.vault import backups

NAME = "restore"
HELP = "bring a backup back into an empty data folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("file", type=Path, metavar="FILE")


def run(asked: argparse.Namespace) -> int:
    """Prove the backup, then put its files in place."""
    where = folder(asked)
    backups.check_kind(asked.file)
    manifest = backups.restore(asked.file, where)
    told = words.text("Restored into {folder}: {stays} stays, backup of {moment}. Its passwords open it.")
    say(asked, told.format(folder=where, stays=manifest.counts["stays"], moment=manifest.made_at.replace("T", " ")))
    return DONE
