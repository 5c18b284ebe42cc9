"""What exits leave behind in the file: how they were decided, deposits, follow-ups."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import BelongingsId, ExitId, FollowUpId, StayId, UserId
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.domain.stays.exits import Belongings, Exit, FollowUp
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, joined, moment_or_none, parts, to_text
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.numbering import last_number


def exit_of(row: Any) -> Exit:
    """The fact in a row of `exits`, without who received a child."""
    return Exit(
        ExitId(row.id),
        StayId(row.stay_id),
        row.exit_decided_by,
        row.dest_country,
        row.dest_region,
        row.child_decision_ref,
        row.handed_relation,
        bool(row.identity_checked),
        row.escort,
        _answer(row.safety_ok),
        row.needs_met,
        _answer(row.valuables_returned),
        parts(row.documents_given),
        row.follow_up_consent,
        day_or_none(row.follow_up_on),
        row.follow_up_channel,
        day_or_none(row.case_closed_on),
        row.closure_reason,
        None if row.approved_by is None else UserId(row.approved_by),
        day_or_none(row.approved_on),
    )


def exit_row(exit_: Exit) -> dict[str, Any]:
    """What is said of an exit as it is stored, without its id and who received a child."""
    return {
        "stay_id": exit_.stay,
        "exit_decided_by": exit_.decided_by,
        "dest_country": exit_.dest_country,
        "dest_region": exit_.dest_region,
        "child_decision_ref": exit_.child_decision_ref,
        "handed_relation": exit_.handed_relation,
        "identity_checked": exit_.identity_checked,
        "escort": exit_.escort,
        "safety_ok": exit_.safety_ok,
        "needs_met": exit_.needs_met,
        "valuables_returned": exit_.valuables_returned,
        "documents_given": joined(exit_.documents_given),
        "follow_up_consent": exit_.follow_up_consent,
        "follow_up_on": _day(exit_.follow_up_on),
        "follow_up_channel": exit_.follow_up_channel,
        "case_closed_on": _day(exit_.case_closed_on),
        "closure_reason": exit_.closure_reason,
        "approved_by": exit_.approved_by,
        "approved_on": _day(exit_.approved_on),
    }


def follow_up_of(row: Any) -> FollowUp:
    """The fact in a row of `follow_ups`, without its note."""
    return FollowUp(
        FollowUpId(row.id),
        StayId(row.stay_id),
        date.fromisoformat(row.due_on),
        day_or_none(row.held_on),
        row.channel,
        row.outcome,
        moment_or_none(row.recorded_at),
    )


def follow_up_row(follow_up: FollowUp) -> dict[str, Any]:
    """A follow-up as it is stored, without its id, note and service."""
    return {
        "stay_id": follow_up.stay,
        "due_on": follow_up.due_on.isoformat(),
        "held_on": _day(follow_up.held_on),
        "channel": follow_up.channel,
        "outcome": follow_up.outcome,
        "recorded_at": to_text(follow_up.recorded_at),
    }


def belongings_of(row: Any) -> Belongings:
    """The fact in a row of `belongings`, without the list."""
    return Belongings(
        BelongingsId(row.id),
        row.receipt_no,
        StayId(row.stay_id),
        date.fromisoformat(row.deposited_on),
        day_or_none(row.returned_on),
        row.returned_to,
        moment_or_none(row.recorded_at),
    )


def belongings_row(deposit: Belongings) -> dict[str, Any]:
    """A deposit as it is stored, without its id and list."""
    return {
        "receipt_no": deposit.receipt_no,
        "stay_id": deposit.stay,
        "deposited_on": deposit.deposited_on.isoformat(),
        "returned_on": _day(deposit.returned_on),
        "returned_to": deposit.returned_to,
        "recorded_at": to_text(deposit.recorded_at),
    }


def _answer(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# Reading --------------------------------------------------------------------------------------------------------------


def exits(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, Exit]:
    """What is said of the exits of these stays; those of which nothing is are left out."""
    wanted = select(tables.exits).where(tables.exits.c.stay_id.in_(list(stays)))
    return {one.stay: one for one in map(exit_of, connection.execute(wanted))}


def follow_ups(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, list[FollowUp]]:
    """The follow-ups of these stays in order of their days."""
    of = tables.follow_ups.c
    wanted = select(tables.follow_ups).where(of.stay_id.in_(list(stays))).order_by(of.due_on, of.id)
    found: dict[StayId, list[FollowUp]] = {}
    for one in map(follow_up_of, connection.execute(wanted)):
        found.setdefault(one.stay, []).append(one)
    return found


def follow_up(connection: Connection, follow_up_id: FollowUpId) -> FollowUp:
    """One follow-up."""
    return follow_up_of(
        connection.execute(select(tables.follow_ups).where(tables.follow_ups.c.id == follow_up_id)).one()
    )


def belongings(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, list[Belongings]]:
    """The deposits of these stays in order of their days."""
    of = tables.belongings.c
    wanted = select(tables.belongings).where(of.stay_id.in_(list(stays))).order_by(of.deposited_on, of.id)
    found: dict[StayId, list[Belongings]] = {}
    for one in map(belongings_of, connection.execute(wanted)):
        found.setdefault(one.stay, []).append(one)
    return found


def deposit(connection: Connection, belongings_id: BelongingsId) -> Belongings:
    """One deposit."""
    wanted = select(tables.belongings).where(tables.belongings.c.id == belongings_id)
    return belongings_of(connection.execute(wanted).one())


def next_receipt_no(connection: Connection, year: int) -> str:
    """The next free number of a receipt, `D-2026-0001`."""
    return f"D-{year}-{last_number(connection, tables.belongings.c.receipt_no, f'D-{year}-') + 1:04}"


# Sealed ---------------------------------------------------------------------------------------------------------------


def handed_to(connection: Connection, own: Sealer, exit_id: ExitId, why: Reason) -> str:
    """The adult who received a child. own: the key of the names of the child."""
    wanted = select(tables.exits.c.handed_to).where(tables.exits.c.id == exit_id)
    return own.unseal("exits", "handed_to", exit_id, connection.execute(wanted).scalar_one() or b"", why)


def is_handed(connection: Connection, stays: Iterable[StayId]) -> set[StayId]:
    """The stays at whose exit the name of a receiving adult was written, none of which is opened."""
    of = tables.exits.c
    found = connection.execute(select(of.stay_id, of.handed_to).where(of.stay_id.in_(list(stays))))
    return {StayId(row.stay_id) for row in found if row.handed_to}


def description(connection: Connection, own: Sealer, belongings_id: BelongingsId) -> str:
    """The list of what was deposited. own: the key of the narratives of the person."""
    wanted = select(tables.belongings.c.description).where(tables.belongings.c.id == belongings_id)
    return own.unseal("belongings", "description", belongings_id, connection.execute(wanted).scalar_one() or b"")


def follow_up_note(connection: Connection, own: Sealer, follow_up_id: FollowUpId) -> str:
    """What was found at a follow-up. own: the key of the narratives of the person."""
    wanted = select(tables.follow_ups.c.note).where(tables.follow_ups.c.id == follow_up_id)
    return own.unseal("follow_ups", "note", follow_up_id, connection.execute(wanted).scalar_one() or b"")
