"""`import --remembered`, `--forget` and `--change`: what imports remember, without undoing any of them."""

import argparse
import json
from typing import Any

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, opened, say
from shelter_desk.domain.errors import BadCall
from shelter_desk.domain.registers.batches import CHANGING, Memory
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_memory
from shelter_desk.words import import_memory


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this kind."""
    parser.add_argument("--remembered", action="store_true", help="what imports remember, each with its key")
    parser.add_argument("--forget", action="append", default=[], metavar="KEY", help="forget that")
    parser.add_argument(
        "--change", action="append", default=[], metavar="KEY=CODE", help="another code for a value, dmy or mdy of days"
    )


def is_asked(asked: argparse.Namespace) -> bool:
    """True where the call is about what is remembered."""
    return bool(asked.remembered or asked.forget or asked.change)


def run(asked: argparse.Namespace) -> int:
    """Change, forget, then list what there is. All keys are looked at before anything is written."""
    with opened(asked) as desk:
        known = {one.key: one for one in intake_memory.remembered(desk)}
        changes = dict(_change(desk, known, one) for one in asked.change)
        for key in asked.forget:
            if key not in known:
                raise BadCall("--forget", key)
        if changes or asked.forget:
            intake_memory.settle(desk, changes, dict.fromkeys(asked.forget))
        found = intake_memory.remembered(desk)
    if asked.json:
        print(json.dumps({"remembered": [_told(one) for one in found]}, ensure_ascii=False))
        return DONE
    for one in found:
        line = words.text("{key}: {what}, {list}{said}")
        name = f"{one.list_key}, " if one.list_key else ""
        say(
            asked,
            line.format(key=one.key, what=import_memory.kind(one.kind), list=name, said=import_memory.sentence(one)),
        )
    if not found:
        say(asked, words.text("Imports remember nothing."))
    return DONE


def _change(desk: Desk, known: dict[str, Memory], said: str) -> tuple[str, str]:
    """Raises BadCall for what is not remembered, or cannot be that."""
    key, _, code = said.partition("=")
    one = known.get(key)
    if one is None or one.kind not in CHANGING or code not in intake_memory.allowed(desk, one):
        raise BadCall("--change", said)
    return key, code


def _told(one: Memory) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": one.kind,
        "list": one.list_key or None,
        "column": one.column or None,
        "code": one.code or None,
        "columns": list(one.columns),
        "left_out": one.left_out,
        "row": one.row or None,
        "since": None if one.at is None else one.at.date().isoformat(),
        "says": import_memory.sentence(one),
    }
