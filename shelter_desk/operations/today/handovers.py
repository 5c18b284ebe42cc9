"""Handing a shift over and taking it over, by name; the lines that people add to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import HandoverId, HandoverLineId, UserId
from shelter_desk.domain.rights import PERMISSIONS, Permission
from shelter_desk.domain.today.handovers import (
    FIRST_SHIFT,
    AnotherTakesOver,
    Handover,
    HandoverGone,
    HandoverLine,
    HandoverPoint,
)
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.vault import password_tries, signed_accounts
from shelter_desk.storage.file import journal, settings, users
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.users import User
from shelter_desk.storage.today import handovers as stored

TOPICS = Changes(cases=True)
NOBODY = UserId(0)


@dataclass(frozen=True, slots=True)
class NamedHandover:
    """A handover with the names of those who handed it over and took it over, "" for nobody yet."""

    handover: Handover
    by: str
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line that people added, opened.

    by: who wrote it, of a task who took it; is_mine: the person at the desk wrote it.
    """

    line: HandoverLine
    text: str
    by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Taker:
    """Who has the password of their account and takes that handover over."""

    handover: HandoverId
    user: UserId


@needs(Permission.SEE_BEDS)
def waiting(desk: Desk) -> NamedHandover | None:
    """The oldest handover that nobody took over; a role that opens no file is told of the last nights alone."""
    with desk.reading() as connection:
        found = stored.waiting(connection)
        if found is None or not _is_seen(desk, connection, found):
            return None
        return named(connection, found)


@needs(Permission.SEE_BEDS)
def earlier(desk: Desk) -> list[NamedHandover]:
    """Those that were handed over, the last first; a role that opens no file reads those of the last nights."""
    with desk.reading() as connection:
        since = None if night_reception.opens_files(desk) else _first_seen(desk, connection)
        names = settings.user_names(connection)
        return [_with_names(one, names) for one in stored.every(connection, since)]


@needs(Permission.SEE_BEDS)
def lines(desk: Desk, key: HandoverId | None = None) -> list[WrittenLine]:
    """What people added to that handover, or to the shift that goes on, as far as the role reads it.

    Raises NotAllowed of a handover that the role does not read.
    """
    held = {one.value for one in PERMISSIONS[desk.role]}
    with desk.reading() as connection:
        taker = NOBODY if key is None else check_seen(desk, connection, key).taken_by or NOBODY
        found = [one for one in stored.lines(connection, key) if one.is_seen_with(held)]
        texts = stored.words(connection, desk.key_of_night(), desk.protection, [one.id for one in found])
        names = settings.user_names(connection)
    return [
        WrittenLine(
            one,
            texts[one.id],
            names.get(taker if one.kind == "task" else one.written_by, ""),
            one.written_by == desk.user,
        )
        for one in found
        if one.id in texts
    ]


@needs(Permission.SEE_BEDS)
def check_seen(desk: Desk, connection: Connection, key: HandoverId) -> Handover:
    """That handover. Raises HandoverGone where it was taken back, NotAllowed of a night that the role may not see."""
    found = stored.one(connection, key)
    if found is None:
        raise HandoverGone
    if not _is_seen(desk, connection, found):
        desk.check(Permission.CASE_SEE)
    return found


@needs(Permission.SEE_BEDS)
def begun(desk: Desk, connection: Connection) -> tuple[int, datetime]:
    """After which journal line the shift that goes on began, and when."""
    before = stored.last(connection)
    if before is not None:
        return before.last_line, before.handed_at
    at = desk.now() - FIRST_SHIFT
    return journal.last_before(connection, at), at


@needs(Permission.CALL_ROLL)
def add_line(desk: Desk, text: str) -> Done:
    """Add a line for the next shift, read by everybody who reads the handover. Raises Missing."""
    check_given("handover_line", text.strip())
    sealer = desk.key_of_night()
    with desk.writing("add_handover_line", TOPICS) as writing:
        made = HandoverLine(HandoverLineId(0), None, "note", desk.now(), desk.user, Permission.SEE_BEDS.value)
        stored.write(writing.trail, sealer, made, text.strip())
    return writing.done


@needs(Permission.CALL_ROLL)
def take_out_line(desk: Desk, key: HandoverLineId) -> Done:
    """Take one's own line out again while the shift goes on. Raises HandoverGone, NotAllowed of the line of another."""
    with desk.writing("take_out_handover_line", TOPICS) as writing:
        found = stored.line(writing.connection, key)
        if found is None or found.handover is not None:
            raise HandoverGone
        if found.written_by != desk.user:
            desk.check(Permission.OVERRIDE_RULE)
        writing.trail.remove(stored.LINES, key)
    return writing.done


@needs(Permission.CALL_ROLL)
def hand_over(desk: Desk) -> Done:
    """End the shift that goes on: what was done in it and the lines added to it wait for somebody to take them over."""
    with desk.writing("hand_over", TOPICS) as writing:
        connection, now = writing.connection, desk.now()
        after, at = begun(desk, connection)
        made = Handover(HandoverId(0), at, now, desk.user, after, journal.head(connection)[0])
        key = HandoverId(writing.trail.add(stored.TABLE, stored.row(made)))
        for line in stored.lines(connection, None):
            writing.trail.change(stored.LINES, line.id, {"handover_id": key})
    return writing.done


@needs(Permission.SEE_BEDS)
def takers(desk: Desk, key: HandoverId) -> tuple[User, ...]:
    """Who may take that handover over: whoever reads handovers and did not hand it over; that one where nobody else is.

    The person at the desk comes first. Raises as `check_seen`.
    """
    with desk.reading() as connection:
        handover = check_seen(desk, connection, key)
        found = [
            one
            for one in signed_accounts.who_may(desk, connection)
            if one.is_active and Permission.SEE_BEDS in PERMISSIONS[one.role]
        ]
    others = [one for one in found if one.id != handover.handed_by]
    return tuple(sorted(others or found, key=lambda one: (one.id != desk.user, one.name)))


@needs(Permission.SEE_BEDS)
def taker(desk: Desk, key: HandoverId, name: str = "", password: str = "") -> Taker:
    """Who takes that handover over: the person at the desk, or who types name and password there.

    A password is as slow as unlocking; nothing is written yet. Raises AnotherTakesOver, Missing, WrongPassword with the
    seconds to wait, DeviceSecretMissing, and as `check_seen`.
    """
    wanted = users.folded(name or desk.user_name)
    found = next((one for one in takers(desk, key) if users.folded(one.name) == wanted), None)
    if found is None:
        raise AnotherTakesOver
    if found.id != desk.user:
        if not password:
            raise Missing("password")
        password_tries.opened(desk, found.name, password, found.id)
    return Taker(key, found.id)


@needs(Permission.SEE_BEDS)
def take_over(
    desk: Desk, by: Taker, points: Sequence[HandoverPoint] = (), notes: Collection[HandoverLineId] = ()
) -> Done:
    """Acknowledge a handover: who has read it and goes on, and what of it they take.

    points: the tasks that were shown; notes: the lines that are taken. Raises HandoverGone where it was taken over
    meanwhile or taken back, AnotherTakesOver, NotAllowed.
    """
    sealer = desk.key_of_night()
    if by.user not in {one.id for one in takers(desk, by.handover)}:
        raise AnotherTakesOver
    with desk.writing("take_over", TOPICS) as writing:
        found = check_seen(desk, writing.connection, by.handover)
        if not found.waits:
            raise HandoverGone
        now, left = desk.now(), sum(not one.is_taken for one in points)
        taken = replace(found, taken_at=now, taken_by=by.user, left_open=left)
        writing.trail.change(stored.TABLE, by.handover, stored.row(taken))
        for line in stored.lines(writing.connection, by.handover):
            writing.trail.change(stored.LINES, line.id, {"is_taken": line.id in notes})
        for point in points:
            if point.is_taken:
                shown = point.shown_with
                made = HandoverLine(HandoverLineId(0), by.handover, "task", now, desk.user, shown.value, True)
                own = sealer if shown is Permission.SEE_BEDS else desk.key_of_protection(shown)
                stored.write(writing.trail, own, made, point.text)
        if by.user != desk.user:
            writing.details["second"] = by.user
    return writing.done


def _first_seen(desk: Desk, connection: Connection) -> datetime:
    return datetime.combine(night_reception.nights_called(desk, connection)[0], time.min)


def _is_seen(desk: Desk, connection: Connection, one: Handover) -> bool:
    return night_reception.opens_files(desk) or one.handed_at >= _first_seen(desk, connection)


def named(connection: Connection, one: Handover) -> NamedHandover:
    """With the names of who handed it over and who took it."""
    return _with_names(one, settings.user_names(connection))


def _with_names(one: Handover, names: dict[UserId, str]) -> NamedHandover:
    return NamedHandover(one, names.get(one.handed_by, ""), names.get(one.taken_by or NOBODY, ""))
