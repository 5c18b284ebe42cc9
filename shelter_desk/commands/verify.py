"""`verify`: whether a workbook is one that left the shelter, and as it left."""

import argparse
import json
from pathlib import Path
from typing import Any

from shelter_desk.commands.shelter import DONE, REFUSED, opened, say
from shelter_desk.operations.reports import proving
from shelter_desk.operations.sending import signing
from shelter_desk.words import sending as sending_words
from shelter_desk.words.reports import closing as closing_words

NAME = "verify"
HELP = "say whether a workbook left the shelter as it is"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--key", metavar="KEY")
    parser.add_argument("--json", action="store_true")


def run(asked: argparse.Namespace) -> int:
    """One document or one sentence; 0 for a file as it left, else 3. With a key no shelter is opened."""
    if asked.key is not None:
        return _by_key(asked)
    with opened(asked) as desk:
        found = proving.verify(desk, asked.file)
    told: dict[str, Any] = {"known": found.sent is not None, "intact": found.is_intact, "changed": list(found.changed)}
    if found.sent is not None:
        sending = found.sent.sending
        told |= {
            "month": sending.first_day[:7] if sending.period.is_month else None,
            "from": sending.first_day,
            "to": sending.last_day,
            "version": found.sent.version,
            "level": sending.level,
            "recipient": ", ".join(found.recipients),
            "replaced_by": found.replaced_by,
        }
    if asked.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        for line in closing_words.proven(found):
            say(asked, line)
    return DONE if found.is_intact else REFUSED


def _by_key(asked: argparse.Namespace) -> int:
    """What the signature says to who was given the key."""
    found = signing.state(asked.file, asked.key)
    if asked.json:
        known = found in ("right", "wrong")
        print(json.dumps({"known": known, "intact": found == "right", "changed": [], "signature": found}))
    else:
        say(asked, sending_words.signature(found))
    return DONE if found == "right" else REFUSED
