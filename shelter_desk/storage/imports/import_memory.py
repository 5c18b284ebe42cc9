"""What imports remember, row by row, so that a person can look at it, change it and forget it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from shelter_desk.domain.ids import PersonId
from shelter_desk.storage import tables
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.imports.import_lines import Digests, KeptLine
from shelter_desk.storage.imports.intake import KeptLayout, as_layout, is_proven, layout_row

_LAYOUTS, _LINES, _APART = tables.import_layouts, tables.import_lines, tables.not_same


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A kept layout with the number of its row, and the digest of the headings."""

    id: int
    headings: str
    layout: KeptLayout
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class PersonsApart:
    """Two persons of whom somebody said that they are different, by code."""

    one: PersonId
    other: PersonId
    codes: tuple[str, str]


def layouts(connection: Connection, digests: Digests | None) -> list[LayoutRow]:
    """Every kept layout that is proven, the last kept first."""
    rows = connection.execute(select(_LAYOUTS).order_by(_LAYOUTS.c.id.desc()))
    return [
        LayoutRow(row.id, row.headings, as_layout(row), datetime.fromisoformat(row.kept_at))
        for row in rows
        if is_proven(row, digests)
    ]


def said_lines(connection: Connection) -> list[KeptLine]:
    """The lines of which a person said who they are, the last taken in first."""
    said = import_lines.lines(connection, _LINES.c.is_said)
    return sorted(said, key=lambda one: one.batch_id, reverse=True)


def apart(connection: Connection) -> list[PersonsApart]:
    """The persons who were said to be different though they look alike."""
    one, other = tables.persons.alias(), tables.persons.alias()
    found = connection.execute(
        select(_APART, one.c.person_code.label("mine"), other.c.person_code.label("theirs"))
        .join(one, one.c.id == _APART.c.person_id)
        .join(other, other.c.id == _APART.c.other_id)
        .order_by(_APART.c.other_id.desc(), _APART.c.person_id)
    )
    return [PersonsApart(PersonId(row.person_id), PersonId(row.other_id), (row.mine, row.theirs)) for row in found]


def put_layout(connection: Connection, row: LayoutRow, layout: KeptLayout, digests: Digests) -> None:
    """What a kept layout says from now on."""
    said = layout_row(row.headings, layout, digests)
    connection.execute(update(_LAYOUTS).where(_LAYOUTS.c.id == row.id).values(said))


def forget_layout(connection: Connection, row_id: int) -> None:
    """Sheets with these headings are recognised anew."""
    connection.execute(delete(_LAYOUTS).where(_LAYOUTS.c.id == row_id))


def forget_line(connection: Connection, line: KeptLine) -> None:
    """Nothing is known any more of that row of that import."""
    of = _LINES.c
    same = (of.batch_id == line.batch_id, of.sheet == line.sheet, of.row_no == line.row, of.person_code != "")
    connection.execute(delete(_LINES).where(*same))


def forget_apart(connection: Connection, pair: PersonsApart) -> None:
    """They may be the same person after all."""
    connection.execute(delete(_APART).where(_APART.c.person_id == pair.one, _APART.c.other_id == pair.other))
