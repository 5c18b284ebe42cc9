"""Handovers in the file: whose shift, and the lines that people added, sealed.

What everybody reads who reads the handover is sealed for the night reception, any other line for who reads the case
file.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, literal_column, select

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import HandoverId, HandoverLineId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.today.handovers import Handover, HandoverLine
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail

TABLE, LINES = "handovers", "handover_lines"
FOR_ALL = Permission.SEE_BEDS.value  # what a line is shown with that everybody reads who reads the handover
_of, _lines = tables.handovers.c, tables.handover_lines.c
HANDOVERS = Mapper(tables.handovers, Handover, handed_by="handed_by", taken_by="taken_by")
HANDOVER_LINES = Mapper(tables.handover_lines, HandoverLine, kind="line_kind")
_MOMENTS = ("began_at", "handed_at", "taken_at")


def row(one: Handover) -> dict[str, Any]:
    """A handover as it is stored, without its id; its moments with the hour, be it midnight."""
    moments = {name: getattr(one, name) for name in _MOMENTS}
    return {**HANDOVERS.write(one), **{name: at and clocked(at) for name, at in moments.items()}}


def clocked(at: datetime) -> str:
    """A moment with its hour, also at midnight."""
    return at.strftime("%Y-%m-%dT%H:%M")


def every(connection: Connection, since: datetime | None = None) -> list[Handover]:
    """The handovers, the last first. since: none that was handed over before."""
    wanted = HANDOVERS.rows.order_by(_of.id.desc())
    return HANDOVERS.every(connection, wanted if since is None else wanted.where(_of.handed_at >= clocked(since)))


def last(connection: Connection) -> Handover | None:
    """The last shift that was handed over."""
    return next(iter(HANDOVERS.every(connection, HANDOVERS.rows.order_by(_of.id.desc()).limit(1))), None)


def waiting(connection: Connection) -> Handover | None:
    """The oldest one that nobody took over."""
    wanted = HANDOVERS.rows.where(_of.taken_by.is_(None)).order_by(_of.id).limit(1)
    return next(iter(HANDOVERS.every(connection, wanted)), None)


def one(connection: Connection, key: HandoverId) -> Handover | None:
    """That handover, None where it was taken back."""
    return HANDOVERS.one_or_none(connection, key)


def lines(connection: Connection, handover: HandoverId | None) -> list[HandoverLine]:
    """The lines of a handover, or of the shift that goes on, as they were written."""
    mine = _lines.handover_id.is_(None) if handover is None else _lines.handover_id == handover
    return HANDOVER_LINES.where(connection, mine, order=[_lines.id])


def line(connection: Connection, key: HandoverLineId) -> HandoverLine | None:
    """That line, None where it was taken out."""
    return HANDOVER_LINES.one_or_none(connection, key)


def write(trail: Trail, sealer: Sealer, made: HandoverLine, words: str) -> HandoverLineId:
    """Store a line with its words sealed under a key of its own."""
    told = {**HANDOVER_LINES.write(made), "written_at": clocked(made.written_at)}
    key = trail.add(LINES, told)
    seal = sealer.wrap(LINES, key)
    own = sealer.of_row(LINES, key, seal)
    trail.change(LINES, key, {"words": own.seal(LINES, "words", key, words), "seal": seal})
    return HandoverLineId(key)


def words(
    connection: Connection, night: Sealer, protection: Sealer | None, keys: Iterable[HandoverLineId]
) -> dict[HandoverLineId, str]:
    """What these lines say; "" of one that was erased. Raises Damaged where one was altered.

    protection: None for who reads none but those for everybody.
    """
    wanted = select(_lines.id, _lines.shown_with, _lines.words, _lines.seal).where(_lines.id.in_(list(keys)))
    return {
        HandoverLineId(key): _opened(sealer, key, sealed, seal)
        for key, shown, sealed, seal in connection.execute(wanted)
        if (sealer := night if shown == FOR_ALL else protection) is not None
    }


def _opened(sealer: Sealer, key: int, sealed: Any, seal: Any) -> str:
    return sealer.of_row(LINES, key, seal).unseal(LINES, "words", key, sealed) if sealed else ""


def unreadable(connection: Connection, night: Sealer, protection: Sealer | None) -> set[str]:
    """The days of the lines whose words or key were altered, as 2026-10-31, of those that are sealed for these."""
    found = set()
    wanted = select(_lines.id, _lines.shown_with, _lines.written_at, _lines.words, _lines.seal)
    for key, shown, written_at, sealed, seal in connection.execute(wanted):
        sealer = night if shown == FOR_ALL else protection
        if sealer is not None:
            try:
                _opened(sealer, key, sealed, seal)
            except Damaged:
                found.add(str(written_at)[:10])
    return found


def is_under(connection: Connection, sealer: Sealer, *, for_all: bool) -> bool:
    """Whether that opens the last line for everybody, or for who reads more: as all of them, since they change
    together.
    """
    wanted = select(_lines.id, _lines.seal).where(_lines.seal.is_not(None), _is_for(for_all=for_all))
    found = connection.execute(wanted.order_by(_lines.id.desc()).limit(1)).first()
    return found is not None and sealer.opens(LINES, "seal", found.id, found.seal)


def _is_for(*, for_all: bool) -> ColumnElement[bool]:
    everybody = literal_column(f"'{FOR_ALL}'", Text)
    return _lines.shown_with == everybody if for_all else _lines.shown_with != everybody


def change_key(connection: Connection, old: Sealer, new: Sealer, *, for_all: bool) -> None:
    """Wrap the keys of those lines anew; one that was altered stays as it is."""
    table = tables.handover_lines
    wanted = select(table.c.id, table.c.seal).where(table.c.seal.is_not(None), _is_for(for_all=for_all))
    for key, seal in connection.execute(wanted).all():
        with suppress(Damaged):
            anew = new.wrap(LINES, key, old.unwrap(LINES, key, seal))
            connection.execute(table.update().where(table.c.id == key).values(seal=anew))
