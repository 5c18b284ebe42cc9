"""`import --undo` and `import --history`: the imports there were, and one of them taken back."""

import argparse
import json
from collections.abc import Iterable
from typing import Any

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, opened, say
from shelter_desk.domain.errors import BadCall
from shelter_desk.domain.registers.refusals import NothingToUndo
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches
from shelter_desk.operations.imports.intake_batches import LeftRow, Past, Undoing
from shelter_desk.words import formats, imports

LAST = 0  # without a number: the last import that stands


def history(asked: argparse.Namespace) -> int:
    """List the imports there were, the last first."""
    with opened(asked) as desk:
        past = intake_batches.past(desk)
    if asked.json:
        print(json.dumps({"imports": [_batch(one) for one in past]}, ensure_ascii=False))
        return DONE
    for one in past:
        say(asked, _line(one))
    if not past:
        say(asked, words.text("No import is recorded."))
    return DONE


def undo(asked: argparse.Namespace) -> int:
    """Take an import back, all but what was touched since; say what stays and why."""
    with opened(asked) as desk:
        number = _number(desk, asked.undo)
        if asked.dry_run:
            told = intake_batches.undoing(desk, number)
        else:
            with desk.because_late(asked.reason):
                told = intake_batches.undo(desk, number, lambda *_: None)
    if asked.json:
        print(json.dumps(_document(told, written=not asked.dry_run), ensure_ascii=False))
    else:
        say(asked, words.text("Import {number}: {rows} rows go back.").format(number=told.batch.id, rows=told.rows))
        for one in told.left:
            stays = words.text("Stays as it is: {list} {code} ({why})")
            why = imports.why_left(one.why, one.by_list, one.by_code)
            say(asked, stays.format(list=one.list, code=one.code, why=why))
        if asked.dry_run:
            say(asked, words.text("Nothing was written."))
    return DONE


def _number(desk: Desk, asked: int) -> int:
    """The import meant. Raises NothingToUndo where none stands, BadCall for one that does not."""
    standing = [one.batch.id for one in intake_batches.past(desk) if one.batch.undone_at is None]
    if asked == LAST:
        if not standing:
            raise NothingToUndo()
        return standing[0]
    if asked not in standing:
        raise BadCall("--undo", str(asked))
    return asked


def _batch(one: Past) -> dict[str, Any]:
    batch = one.batch
    return {
        "import": batch.id,
        "taken_at": batch.taken_at.isoformat(timespec="minutes"),
        "by": one.by,
        "lists": {name: {"new": new, "changed": changed} for name, (new, changed) in batch.lists.items()},
        "undone_at": None if batch.undone_at is None else batch.undone_at.isoformat(timespec="minutes"),
        "undone_by": one.undone_by or None,
    }


def _line(one: Past) -> str:
    told = words.text("Import {number}, {moment}, {who}: {rows} rows written ({state})")
    state = words.text("undone") if one.batch.undone_at is not None else words.text("in the registers")
    moment = formats.moment(one.batch.taken_at)
    return told.format(number=one.batch.id, moment=moment, who=one.by, rows=one.batch.rows, state=state)


def _document(told: Undoing, *, written: bool) -> dict[str, Any]:
    return {
        "import": told.batch.id,
        "removed": dict(told.removed),
        "restored": dict(told.restored),
        "left": list(_left(told.left)),
        "written": written,
    }


def _left(rows: Iterable[LeftRow]) -> Iterable[dict[str, Any]]:
    for one in rows:
        yield {"list": one.list, "code": one.code, "why": one.why, "by_list": one.by_list, "by_code": one.by_code}
