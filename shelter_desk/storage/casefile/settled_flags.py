"""Red flags that somebody settled: accepted for good, or hidden until a day, and tasks of the case files that were set
aside; why is sealed, since it may tell a story.

The reason about a person is sealed with the key of their narratives and goes with it; one about a night or the house
lies in the box of the shelter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal_column, select

from shelter_desk.domain.ids import PersonId, StayId, UserId
from shelter_desk.storage import tables
from shelter_desk.storage.file import named_rows, sealed_boxes, told_rows
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import OpenBox, Sealer
from shelter_desk.storage.residents import residents

TABLE = "settled_flags"
TASK = "case/"  # what the rule of a task begins with; the rest is its matter


@dataclass(frozen=True, slots=True)
class SettledFlag:
    """One row. subject: whom or what the flag speaks of, as the engine names it. until: the first day on which it is
    shown again, None where it was accepted for good. by: None where nobody is known."""

    id: int
    rule: str
    subject: str
    settled_at: datetime
    reason: str
    by: UserId | None = None
    until: date | None = None


# the reason is open in rows of before version 0007 alone
FLAGS = Mapper(tables.settled_flags, SettledFlag, by="settled_by")


def row(settled: SettledFlag) -> dict[str, Any]:
    """As it is stored, without its id and the reason, that `sealed` gives once the id is known."""
    return {**FLAGS.write(settled), "reason": ""}


def sealed(connection: Connection, protection: Sealer, key: int, subject: str, reason: str) -> dict[str, Any]:
    """The reason as it is stored."""
    person = _person_of(connection, subject)
    own: Sealer | OpenBox
    if person is None:
        own = sealed_boxes.opened(connection, protection)
    else:
        own = residents.protection_of(connection, protection, person)
    return {"reason": "", "sealed_reason": own.seal(TABLE, "sealed_reason", key, reason)}


def reason(connection: Connection, protection: Sealer | None, settled: SettledFlag) -> str:
    """Why it was settled; "" where the reader holds no key, or the key of the person is gone."""
    if settled.reason or protection is None:
        return settled.reason
    found = connection.execute(select(tables.settled_flags.c.sealed_reason).where(_is(settled.id))).scalar()
    person = _person_of(connection, settled.subject)
    own: Sealer | OpenBox | None = None
    if person is None:
        own = sealed_boxes.opened(connection, protection)
    else:
        own = residents.opener_of(connection, protection, person)
    return "" if own is None or not found else own.unseal(TABLE, "sealed_reason", settled.id, found)


def seal_former(connection: Connection, protection: Sealer) -> int:
    """Seal the reasons of before version 0007 and return how many; journal lines of then keep them.

    What no line tells of stays as it is: sealed here it would look like any other.
    """
    of_, told = tables.settled_flags.c, told_rows.told_rows(connection, TABLE).rows
    rows = connection.execute(select(of_.id, of_.subject, of_.reason).where(_is_to_seal())).all()
    found = [row for row in rows if (told.get(row.id) or {}).get("reason") == row.reason]
    for row in found:
        made = sealed(connection, protection, row.id, row.subject, row.reason)
        connection.execute(tables.settled_flags.update().where(_is(row.id)).values(made))
    return len(found)


def any_open(connection: Connection) -> bool:
    """Whether a reason of before version 0007 lies open still."""
    return connection.execute(select(tables.settled_flags.c.id).where(_is_to_seal())).first() is not None


def _is_to_seal() -> ColumnElement[bool]:
    of_ = tables.settled_flags.c
    return (func.typeof(of_.reason) == literal_column("'text'")) & (of_.reason != literal_column("''"))


def _is(key: int) -> ColumnElement[bool]:
    return tables.settled_flags.c.id == key


def stay_of(subject: str) -> StayId | None:
    """The stay that a flag speaks of; None for a night or the house, and for what somebody put in its place."""
    return next((StayId(key) for table, key in named_rows.subject_of(subject) if table == "stays"), None)


def _person_of(connection: Connection, subject: str) -> PersonId | None:
    """Whom the flag speaks of; None for a night or the house."""
    stay = stay_of(subject)
    if stay is None:
        return None
    found = connection.execute(select(tables.stays.c.person_id).where(tables.stays.c.id == stay)).scalar()
    return None if found is None else PersonId(found)


def codes_of(connection: Connection, subjects: Iterable[str]) -> dict[str, str]:
    """The code of the person each of these speaks of, left out where it is none."""
    about = {one: stay for one in subjects if (stay := stay_of(one)) is not None}
    of_ = tables.stays.c
    wanted = select(of_.id, tables.persons.c.person_code).select_from(tables.stays.join(tables.persons))
    rows = connection.execute(wanted.where(of_.id.in_(set(about.values()))))
    found = {int(row.id): str(row.person_code) for row in rows}
    return {subject: found[stay] for subject, stay in about.items() if stay in found}


def hiding(connection: Connection, today: date, rules: str = "R-") -> list[SettledFlag]:
    """Those that hide a flag on that day, latest first; of the rules that begin so. For the night reception those of
    the flags that it is shown.
    """
    of_ = tables.settled_flags.c
    wanted = FLAGS.rows.where(of_.until.is_(None) | (of_.until > today.isoformat()))
    wanted = wanted.where(of_.rule.startswith(rules))
    return FLAGS.every(connection, wanted.order_by(of_.settled_at.desc(), of_.id.desc()))


def hidden_tasks(connection: Connection, today: date) -> frozenset[tuple[str, str]]:
    """Matter and subject of what is not shown on that day among the tasks of the case files."""
    return frozenset((one.rule.removeprefix(TASK), one.subject) for one in hiding(connection, today, TASK))
