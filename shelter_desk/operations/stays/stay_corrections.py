"""Entry and exit of a stay put right, and a cancelled stay brought back, with what goes along."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shelter_desk.domain.beds import held_beds as held_rules
from shelter_desk.domain.beds.held_beds import BedHeld
from shelter_desk.domain.beds.placement_checks import Span, check_bed, check_not_future, check_order, check_stay
from shelter_desk.domain.casefile import minors
from shelter_desk.domain.checks import check_optional_code, check_required_code
from shelter_desk.domain.errors import BedNotUsable, BedTaken, NoNightAllowed, NotInList
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.domain.moments import before, plain
from shelter_desk.domain.residents.timeline import Topic
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.corrections import (
    CorrectionEffects,
    Interval,
    NotFree,
    Refit,
    StayFacts,
    free_parts,
    moved,
    refit,
    refitted,
)
from shelter_desk.domain.stays.exits import Exit, ExitRecord
from shelter_desk.domain.stays.stays import VOID, Absence, Placement, Stay, came_again
from shelter_desk.operations.beds import free_beds, occupancy
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import person_acts, timeline
from shelter_desk.operations.stays import exits
from shelter_desk.operations.stays.stays import LEAVING
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.beds import held_beds as stored_held_beds
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.column_values import moment_or_none, to_text
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.reports import late_facts
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import exits as stored_exits
from shelter_desk.storage.stays import roll_call as stored_roll_call
from shelter_desk.storage.stays import stays as stored_stays

# what belongs to the days of a stay; consents, notes and papers do not
DATED: tuple[Topic, ...] = ("interviews", "assessments", "plan", "services", "referrals", "minor", "return", "legal")
PLANNED = "prevu"  # an appointment that nobody held is no fact
_ACTIONS = {False: "correct_stay", True: "bring_stay_back"}  # by whether the stay was cancelled


@needs(Permission.DISCHARGE)
def effects(desk: Desk, stay: Stay, without_bed: bool = False) -> CorrectionEffects:
    """What the correction of this stay changes besides, before it is saved. Raises BadDates."""
    check_order(stay.admitted_at, stay.exited_at)
    with desk.reading() as connection:
        was = stored_stays.stay(connection, stay.id)
        fitted = _fitted(desk, connection, was, stay, without_bed)
        said = stored_exits.exits(connection, [stay.id]).get(stay.id)
        nights = stored_roll_call.nights_present(connection, [stay.id]).get(stay.id, [])
        closed = frozenset(one.first for one in late_facts.closed(connection))
        family = tuple(_left_alone(connection, was, stay))
        again = tuple(one.stay_no for one in _again(connection, stay))
    return CorrectionEffects(
        moved(fitted.old, fitted.new(stay), desk.today()),
        closed,
        fitted.placements,
        fitted.absences,
        _outside(desk, was, stay),
        tuple(night for night in nights if was.covers(night) and not stay.covers(night)),
        fitted.taken,
        family,
        said is not None and stay.exited_at is None,
        _is_closed_before(said, stay),
        _loses_approval(said, was, stay),
        again,
    )


@needs(Permission.DISCHARGE)
def correct(desk: Desk, stay: Stay, without_bed: bool = False) -> Done:
    """Put entry and exit of a stay right: day, hour, kind, who referred; reason and destination. Nothing else is read.

    Places and absences are cut to the stay, or go on with it (`corrections.refit`). without_bed: nights that are added
    are left without a place where their bed is not free. A stay that was cancelled is brought back by it. Of several
    first entries all but the earliest become readmissions. No exit: what is told of it goes, and what was planned after
    it. Raises Missing, NotInList, BadDates, InTheFuture, TooLongAgo, AlreadyHere, BedTaken, BedNotUsable,
    BedHeld, NoNightAllowed, SituationRefused, and as an exit by R-10 and R-29.
    """
    _check_said(desk, stay)
    with desk.reading() as connection:
        is_void = stored_stays.stay(connection, stay.id).is_void
    with desk.writing(_ACTIONS[is_void], LEAVING) as writing:
        was = person_acts.subject(writing, stay.id)
        new = _kept(desk, writing, was, stay)
        again = {one.id: one for one in _again(writing.connection, new)}
        new = again.pop(new.id, new)
        _check_exit(writing, was, new)
        fitted = _fitted(desk, writing.connection, was, new, without_bed)
        for refused in fitted.taken if not without_bed else ():
            raise refused
        _write_places(writing, fitted)
        stored_stays.change(writing.trail, new)
        for other in again.values():
            writing.trail.change("stays", other.id, {"entry_kind": other.entry_kind})
        settle_exit(writing, was, new)
    return writing.done


@needs(Permission.DISCHARGE)
def before_void(desk: Desk, stay_id: StayId) -> Stay:
    """A cancelled stay as it was before, as far as the journal tells; else still with the exit that cancelled it, of
    which no reason is known.
    """
    with desk.reading() as connection:
        return _before_void(connection, stored_stays.stay(connection, stay_id))


def _before_void(connection: Connection, stay: Stay) -> Stay:
    codes = stored_residents.codes_of(connection, stay.person)
    changed = [row for line in journal.lines(connection, *codes) for row in _voided(line, stay.id)]
    if not changed:
        return replace(stay, exit_reason="")
    before = {"exited_at": to_text(stay.exited_at), "exit_recorded_at": to_text(stay.exit_recorded_at), **changed[-1]}
    return replace(
        stay,
        exited_at=moment_or_none(before["exited_at"]),
        exit_reason=before.get("exit_reason", ""),
        exit_recorded_at=moment_or_none(before["exit_recorded_at"]),
    )


def _voided(line: journal.JournalLine, stay_id: StayId) -> Iterator[Mapping[str, Any]]:
    """What stood in the stay, and of the reason in its situation, before this line cancelled it."""
    rows = {(row["table"], row["id"]): row for row in line.rows}
    row, beside = rows.get(("stays", stay_id), {}), rows.get(("situations", stay_id), {})
    if row.get("after", {}).get("uncounted") == VOID and row.get("before"):
        told = beside.get("before") or {}
        yield {**row["before"], "exit_reason": row["before"].get("uncounted") or told.get("exit_reason", "")}


# What it asks ---------------------------------------------------------------------------------------------------------


def _check_said(desk: Desk, stay: Stay) -> None:
    check_required_code("entry_kind", stay.entry_kind)
    check_optional_code("referral_source", stay.referral_source)
    person_acts.check_day(desk, stay.admitted_at.date())
    check_not_future(stay.admitted_at, desk.now())
    check_not_future(stay.exited_at, desk.now())
    if stay.exited_at is not None:
        check_required_code("exit_reason", stay.exit_reason)
        check_optional_code("exit_destination", stay.exit_destination)
    if stay.is_void:
        raise NotInList("exit_reason", VOID)


def _kept(desk: Desk, writing: Writing, was: Stay, stay: Stay) -> Stay:
    """The stay as it is stored from now on. Raises as `correct`."""
    others = stored_stays.of_person(writing.connection, was.person)
    is_out = stay.exited_at is not None
    new = replace(
        was,
        admitted_at=stay.admitted_at,
        entry_kind=stay.entry_kind,
        referral_source=stay.referral_source,
        exited_at=stay.exited_at,
        exit_reason=stay.exit_reason if is_out else "",
        exit_destination=stay.exit_destination if is_out else "",
        recorded_at=_typed(desk, stay.admitted_at, was.recorded_at),
        exit_recorded_at=_typed(desk, stay.exited_at, stay.exit_recorded_at or desk.now()) if is_out else None,
    )
    check_stay(new, others)
    if new.is_redirected and new.exited_at is not None and new.admitted_at.date() < new.exited_at.date():
        raise NoNightAllowed(new.stay_no)
    if was.is_void or new.admitted_at != was.admitted_at:
        person = stored_residents.person(writing.connection, was.person)
        minors.check_situation(person.code, person.birth, was.child_status, new.admitted_at.date())
    return new


def _again(connection: Connection, new: Stay) -> list[Stay]:
    """The stays of the person that are readmissions once this one is so, itself among them."""
    return came_again(new if one.id == new.id else one for one in stored_stays.of_person(connection, new.person))


def _typed(desk: Desk, at: datetime | None, recorded: datetime | None) -> datetime | None:
    """When it was typed: now, of a moment that came after it was typed first."""
    return desk.now() if at is not None and recorded is not None and before(recorded, at) else recorded


def _check_exit(writing: Writing, was: Stay, new: Stay) -> None:
    """R-10 and R-29, of an exit that is another one than before."""
    if new.exited_at is not None and (new.exit_reason, new.exited_at) != (was.exit_reason, was.exited_at):
        consent_checks.check_exit(writing.connection, new)
        said = stored_exits.exits(writing.connection, [new.id]).get(new.id)
        exits.check_child(writing, new, None if said is None else ExitRecord(said), new.exited_at.date())


# Places and absences --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fitted:
    """What becomes of places and absences. taken: why beds are not theirs on all nights."""

    old: StayFacts
    placements: tuple[Refit[Placement], ...]
    absences: tuple[Refit[Absence], ...]
    taken: tuple[NotFree, ...]

    def new(self, stay: Stay) -> StayFacts:
        """With the stay as it becomes."""
        placed = refitted(self.old.placements, self.placements)
        return StayFacts(stay, placed, refitted(self.old.absences, self.absences))


def _fitted(desk: Desk, connection: Connection, was: Stay, stay: Stay, without_bed: bool) -> _Fitted:
    slept = stored_stays.placements(connection, [was.id]).get(was.id, ())
    away = stored_stays.absences(connection, [was.id]).get(was.id, ())
    stood = _before_void(connection, was) if was.is_void else was  # the exit that cancels a stay cuts nothing
    changed = {one.was.id: one for one in refit(slept, stood, stay)}
    taken: list[NotFree] = []
    for one in slept:
        mine = changed.get(one.id, Refit(one, (one,)))
        refused = _refused(connection, was, mine) if was.is_void or mine.is_longer else None
        held = _held(desk, connection, was, mine)
        taken += [why for why in (refused, held) if why is not None]
        if without_bed and (refused, held) != (None, None):
            until = None if held is None else plain(desk.today())
            changed[one.id] = Refit(one, tuple(_in_free_nights(connection, was, mine.becomes, until)))
    placements = tuple(changed[one.id] for one in slept if one.id in changed)
    absences = tuple(refit(away, stood, stay, begins_with_entry=False))
    return _Fitted(StayFacts(was, slept, away), placements, absences, tuple(taken))


def _refused(connection: Connection, stay: Stay, mine: Refit[Placement]) -> BedTaken | BedNotUsable | None:
    """Why the bed is not theirs on all nights of a place (R-03)."""
    for one in mine.becomes:
        if one.bed is not None:
            bed, states = stored_beds.bed(connection, one.bed), stored_beds.states(connection, one.bed)
            try:
                check_bed(bed, Span(stay.stay_no, one.start, one.end), _others_in(connection, stay, one), states)
            except (BedTaken, BedNotUsable) as refused:
                return refused
    return None


def _held(desk: Desk, connection: Connection, stay: Stay, mine: Refit[Placement]) -> BedHeld | None:
    """What speaks against nights from today on that a place takes anew: the bed is held for who is expected (R-35).

    A shared place takes none of a room; it is refused where nobody has the bed itself on the nights that are held.
    """
    if mine.was.place not in ("lit", "partage") or mine.was.bed is None:
        return None
    bed, own = stored_beds.bed(connection, mine.was.bed), stored_held_beds.taken_by(connection, stay.id)
    for start, end in [(one.start, one.end) for one in mine.becomes] if stay.is_void else mine.added:
        until = None if end is None else end.date()
        if until is None or desk.today() < until:
            seen = occupancy.house(connection, max(start.date(), desk.today()))
            if mine.was.place == "partage":
                other = held_rules.of_bed(bed.id, seen.night, until, seen.held)
                if other is not None and not _has_sleeper(connection, bed.id, max(other.first, seen.night)):
                    return BedHeld(bed.code, other.held_no, other.after)
                continue
            for found in free_beds.against(seen, bed, until, desk.today(), own, stay.id):
                other = next(one for one in seen.held if one.held_no == found.others[0])
                return BedHeld(bed.code, other.held_no, other.after)
    return None


def _has_sleeper(connection: Connection, bed: BedId, night: date) -> bool:
    there = occupancy.house(connection, night).in_bed().get(bed, [])
    return any(one.placement is not None and one.placement.place == "lit" for one in there)


def _others_in(connection: Connection, stay: Stay, place: Placement) -> list[Span]:
    """Who may not be in its bed beside: of a shared one, who was a stranger to the child before it was put right."""
    if place.bed is None or place.place == "partage":
        return stored_beds.strangers_to(connection, place.id)
    back = stay.id if stay.is_void else None
    return stored_beds.sleepers_in(connection, place.bed, stay.id, stay.family, stay.person, back=back)


def _in_free_nights(
    connection: Connection, stay: Stay, placements: Iterable[Placement], until: datetime | None
) -> Iterator[Placement]:
    """What of these places is left beside others in the bed, while it can be used, and before `until`."""
    for one in placements:
        if one.bed is None:
            continue
        bed = stored_beds.bed(connection, one.bed)
        busy: list[Interval] = [(other.start, other.end) for other in _others_in(connection, stay, one)]
        busy += [(state.start, state.end) for state in stored_beds.states(connection, one.bed)]
        busy += [(datetime.min, bed.in_service_from)]
        busy += [] if bed.in_service_to is None else [(bed.in_service_to, None)]
        busy += [] if until is None else [(until, None)]
        for start, end in free_parts((one.start, one.end), busy):
            yield replace(one, start=start, end=end)


def _write_places(writing: Writing, fitted: _Fitted) -> None:
    """First what makes room, so that no night is held twice meanwhile."""
    for change in sorted(fitted.placements, key=lambda one: one.is_longer):
        if not change.becomes:
            stored_stays.remove_placement(writing.trail, change.was.id)
        for first in change.becomes[:1]:
            stored_stays.change_placement(writing.trail, first)
        for other in change.becomes[1:]:
            stored_stays.add_placement(writing.trail, other)
    for away in fitted.absences:
        _write_absence(writing, away.was.id, [stored_stays.ABSENCES.write(one) for one in away.becomes])


def _write_absence(writing: Writing, key: int, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        writing.trail.remove("absences", key)
        return
    writing.trail.change("absences", key, rows[0])
    for row in rows[1:]:
        writing.trail.add("absences", row)


# The exit that is told ------------------------------------------------------------------------------------------------


def _is_closed_before(said: Exit | None, stay: Stay) -> bool:
    closed = None if said is None else said.case_closed_on
    return closed is not None and stay.exited_at is not None and closed < stay.exited_at.date()


def _loses_approval(said: Exit | None, was: Stay, stay: Stay) -> bool:
    changed = was.exited_at != stay.exited_at or (was.exit_reason != stay.exit_reason and not was.is_void)
    return said is not None and said.approved_on is not None and stay.exited_at is not None and changed


def settle_exit(writing: Writing, was: Stay, new: Stay) -> None:
    """What was told of the exit follows it, or goes where there is none any more."""
    said = stored_exits.exits(writing.connection, [new.id]).get(new.id)
    if said is None:
        return
    if new.exited_at is None:
        writing.trail.remove("exits", said.id)
        for one in stored_exits.follow_ups(writing.connection, [new.id]).get(new.id, ()):
            if one.held_on is None:
                writing.trail.remove("follow_ups", one.id)
        return
    if _is_closed_before(said, new):
        writing.trail.change("exits", said.id, {"case_closed_on": None, "closure_reason": ""})
    if _loses_approval(said, was, new):
        writing.trail.change("exits", said.id, {"approved_by": None, "approved_on": None})


# What is said beforehand ----------------------------------------------------------------------------------------------


def _outside(desk: Desk, was: Stay, stay: Stay) -> tuple[tuple[Topic, int], ...]:
    """What is dated within the stay as it was, its last day included, and not within the stay as it becomes."""
    events = [entry.event for entry in timeline.of(desk, was.person) if entry.event.topic in DATED]
    found = Counter(
        one.topic
        for one in events
        if one.told.get("appointment_state") != PLANNED
        and _is_day_of(was, one.at.date())
        and not _is_day_of(stay, one.at.date())
    )
    return tuple((topic, found[topic]) for topic in DATED if found[topic])


def _is_day_of(stay: Stay, day: date) -> bool:
    return stay.admitted_at.date() <= day and (stay.exited_at is None or day <= stay.exited_at.date())


def _left_alone(connection: Connection, was: Stay, stay: Stay) -> Iterator[str]:
    """The codes of the family who came or left at the same moment, when it becomes another one."""
    for one in stored_stays.household(connection, was.family):
        came = one.admitted_at == was.admitted_at != stay.admitted_at
        left = one.exited_at is not None and one.exited_at == was.exited_at != stay.exited_at
        if one.id != was.id and (came or left):
            yield stored_residents.code(connection, one.person)
