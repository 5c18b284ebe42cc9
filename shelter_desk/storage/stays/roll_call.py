"""Roll calls and their lines."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.stays.roll_call import RollCall, RollCallDone
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.stays.stays import between as stays_between

_CALLS, _LINES = tables.roll_calls, tables.roll_call_lines
_CALLED = (
    select(_LINES.c.stay_id, _CALLS.c.night_of)
    .join(_CALLS, _CALLS.c.id == _LINES.c.roll_call_id)
    .where(_LINES.c.stay_id.in_(bindparam("stays", expanding=True)))
)
_PRESENT = _CALLED.where(_LINES.c.absence_type == "")
_ABSENT = _CALLED.where(_LINES.c.absence_type != "")
ROLL_CALLS = Mapper(_CALLS, RollCall, without=("called",), night="night_of")
ROLL_CALL_LINES = Mapper(_LINES, RollCallDone)


def call_row(call: RollCall) -> dict[str, Any]:
    """A roll call as it is stored, without its id and its lines; its moment with the hour, be it midnight."""
    return {**ROLL_CALLS.write(call), "checked_at": call.checked_at.strftime("%Y-%m-%dT%H:%M")}


def line_row(call_id: int, called: RollCallDone) -> dict[str, Any]:
    """One line as it is stored, without its id."""
    return {"roll_call_id": call_id, **ROLL_CALL_LINES.write(called), "presence": called.presence}


def between(connection: Connection, first: date, last: date) -> dict[date, RollCall]:
    """The roll calls of the nights from first to last, in order."""
    nights = _CALLS.c.night_of.between(first.isoformat(), last.isoformat())
    rows = connection.execute(select(_CALLS).where(nights).order_by(_CALLS.c.night_of)).all()
    lines = ROLL_CALL_LINES.of_each(connection, "roll_call_id", [row.id for row in rows])
    return {call.night: call for call in (ROLL_CALLS.read(row, called=lines.get(row.id, ())) for row in rows)}


def of_nights(connection: Connection, nights: Collection[date]) -> dict[date, RollCall]:
    """The roll calls of these nights."""
    if not nights:
        return {}
    found = between(connection, min(nights), max(nights))
    return {night: one for night, one in found.items() if night in nights}


def first_night(connection: Connection) -> date | None:
    """The first night of which a roll was called."""
    found = connection.execute(select(func.min(_CALLS.c.night_of))).scalar()
    return None if found is None else date.fromisoformat(found)


def nights_present(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, list[date]]:
    """The nights on which each stay was called present."""
    return _nights(connection, _PRESENT, stays)


def nights_absent(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, list[date]]:
    """The nights on which each stay was called absent, for whatever reason."""
    return _nights(connection, _ABSENT, stays)


def _nights(connection: Connection, wanted: Any, stays: Iterable[StayId]) -> dict[StayId, list[date]]:
    found: dict[StayId, list[date]] = defaultdict(list)
    for row in connection.execute(wanted, {"stays": list(stays)}):
        found[StayId(row.stay_id)].append(date.fromisoformat(row.night_of))
    return found


def covering(connection: Connection, first: date, last: date) -> list[Stay]:
    """The counted stays that cover one of the nights from first to last, in order of admission."""
    return stays_between(connection, first + ONE_DAY, last + ONE_DAY)


def keep(trail: Trail, call: RollCall) -> None:
    """Store the roll call of its night in place of the one before."""
    connection = trail.connection
    key = connection.execute(select(_CALLS.c.id).where(_CALLS.c.night_of == call.night.isoformat())).scalar()
    if key is None:
        key = trail.add("roll_calls", call_row(call))
    else:
        trail.change("roll_calls", int(key), call_row(call))
    former = connection.execute(select(_LINES.c.stay_id, _LINES.c.id).where(_LINES.c.roll_call_id == key))
    lines = {StayId(row.stay_id): int(row.id) for row in former}
    for one in call.called:
        if one.stay in lines:
            trail.change("roll_call_lines", lines.pop(one.stay), line_row(int(key), one))
        else:
            trail.add("roll_call_lines", line_row(int(key), one))
    for line in lines.values():
        trail.remove("roll_call_lines", line)
