"""The narrative of a month, passage by passage, in the order in which they were first written."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import PassageId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.passages import HEADINGS, Heading, NarrativePassage, StoredPassage
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.reports import sealed_words
from shelter_desk.storage.tables import report_passages

PASSAGES = "report_passages"
_PASSAGES: Mapper[StoredPassage] = Mapper(report_passages, StoredPassage, without=("passage", "unread"), user="user_id")


def of_period(connection: Connection, period: Period, protection: Sealer) -> list[StoredPassage]:
    """Those of one period, the dropped ones too; of one that was altered it is said."""
    table = report_passages
    wanted = _PASSAGES.rows.add_columns(table.c.content.label("sealed")).order_by(table.c.id)
    which = table.c.first_day == period.first.isoformat(), table.c.last_day == period.last.isoformat()
    return [_read(row, protection) for row in connection.execute(wanted.where(*which)).all()]


def _read(row: Row[Any], protection: Sealer) -> StoredPassage:
    try:
        said = sealed_words.opened(protection, report_passages, row.id, row._mapping, row.sealed)
        return _PASSAGES.read(row, passage=_passage(row.heading, said))
    except (Damaged, ValueError, LookupError, TypeError):
        heading = row.heading if row.heading in HEADINGS else HEADINGS[0]
        found = _PASSAGES.read(row, passage=NarrativePassage(heading), unread=f"{PASSAGES}.content.{row.id}")
        return replace(found, heading=heading, is_dropped=True)


def _passage(heading: Heading, said: str) -> NarrativePassage:
    told = json.loads(said)
    numbers = tuple((name, value) for name, value in told["numbers"])
    return NarrativePassage(heading, told["proposal"], told["text"], numbers, tuple(told["things"]))


def put(trail: Trail, one: StoredPassage, protection: Sealer) -> PassageId:
    """Store a passage, in place of what it was where it has an id."""
    row = _PASSAGES.write(one)
    key = trail.put(PASSAGES, one.id, row)
    said = one.passage
    told = {"proposal": said.proposal, "text": said.text, "numbers": said.numbers, "things": said.things}
    sealed = sealed_words.sealed(protection, report_passages, key, row, json.dumps(told, ensure_ascii=False))
    trail.change(PASSAGES, key, {"content": sealed})
    return PassageId(key)
