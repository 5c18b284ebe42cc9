"""The thread of a resident: dated facts and what was done to the file, latest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.ids import NoteId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.timeline import Topic
from shelter_desk.domain.stays.stays import VOID, Placement, placement_on
from shelter_desk.operations.residents.residents import Record, StayRecord, ThreadLine
from shelter_desk.ui.residents import choices
from shelter_desk.words import families, formats


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of the thread. at: when it happened; recorded: when it was typed, where that is known. note: the note
    that can be read from it."""

    at: datetime
    kind: Topic
    icon: str
    title: str
    detail: str = ""
    by: str = ""
    recorded: datetime | None = None
    note: NoteId | None = None


def entries(record: Record, with_case: bool = True) -> list[TimelineItem]:
    """What the record itself tells, latest first. with_case: acts on the case too, for who may see it."""
    typed = _typed(record)
    found = [entry for stay in record.stays for entry in _of_stay(record, stay, typed)]
    found += [*_ages(record), *_of_file(record, with_case)]
    return in_order(found)


def in_order(found: Iterable[TimelineItem]) -> list[TimelineItem]:
    """Latest first; of one moment, what was typed last comes first."""
    return sorted(found, key=lambda one: (one.at.date(), one.at, one.recorded or one.at), reverse=True)


def typed_by(record: Record) -> dict[tuple[str, int], str]:
    """Who typed each row, by table and id, as far as the journal says it of this person."""
    return {(table, key): line.by for (table, key, what), line in _typed(record).items() if what == "made"}


_Typed = dict[tuple[str, int, str], ThreadLine]


def _typed(record: Record) -> _Typed:
    """Who typed each row, each exit and what cancelled a stay: by table, id and what (`made`, `exit`, `void`)."""
    found: _Typed = {}
    for line in reversed(record.thread):
        if line.action == "undo":
            continue
        for row in line.rows:
            table, key, after = row["table"], row["id"], row.get("after", {})
            if after.get("uncounted") == VOID:
                found[table, key, "void"] = line
            if "before" not in row:
                found[table, key, "made"] = line
            elif after.get("exited_at"):
                found[table, key, "exit"] = line
            elif after.get("ended_at"):
                found[table, key, "end"] = line
    return found


def _entry(
    at: datetime,
    kind: Topic,
    icon: str,
    title: str,
    detail: str,
    line: ThreadLine | None,
    recorded: datetime | None = None,
) -> TimelineItem:
    return TimelineItem(at, kind, icon, title, detail, line.by if line else "", recorded or (line.at if line else None))


def _of_stay(record: Record, one: StayRecord, typed: _Typed) -> Iterator[TimelineItem]:
    stay = one.stay
    made = typed.get(("stays", stay.id, "made"))
    entry = words.label("entry_kind", stay.entry_kind)
    if made is not None and made.known.get("provisional"):
        entry = words.text("{entry} (provisional)").format(entry=entry)
    detail = words.text("Stay {number}").format(number=stay.stay_no)
    if stay.referral_source:
        source = words.label("referral_source", stay.referral_source)
        detail = words.text("Stay {number}, referred by: {source}").format(number=stay.stay_no, source=source)
    yield _entry(stay.admitted_at, "stay", "arrive", entry, detail, made, stay.recorded_at)
    yield from _of_nights(record, one, typed)
    for status in one.statuses:
        title = words.text("Status: {status}").format(status=words.label("victim_status", status.victim_status))
        by = words.label("status_decided_by", status.status_decided_by) if status.status_decided_by else ""
        told = words.text("Decided by: {body}").format(body=by) if by else ""
        line = typed.get(("victim_statuses", status.id, "made"))
        yield _entry(plain(status.decided_on), "status", "shield", title, told, line)
    yield from _families(record, one)
    if stay.exited_at is not None:
        yield _exit(one, typed)


def _exit(one: StayRecord, typed: _Typed) -> TimelineItem:
    stay = one.stay
    left = typed.get(("stays", stay.id, "exit"))
    at = stay.exited_at or stay.admitted_at
    if stay.is_void:
        left = typed.get(("stays", stay.id, "void"), left)
        reason = _reason(left) if left is not None else ""
        told = words.text("Stay {number} counts nowhere.").format(number=stay.stay_no)
        if reason:
            told = words.text("Stay {number} counts nowhere. Why: {reason}")
            told = told.format(number=stay.stay_no, reason=reason)
        return _entry(at, "stay", "close", words.text("Stay cancelled"), told, left, stay.exit_recorded_at)
    title = words.text("Exit: {reason}").format(reason=words.label("exit_reason", stay.exit_reason))
    destination = words.label("exit_destination", stay.exit_destination) if stay.exit_destination else ""
    detail = words.text("Destination: {place}").format(place=destination) if destination else ""
    return _entry(at, "stay", "leave", title, detail, left, stay.exit_recorded_at)


def _of_nights(record: Record, one: StayRecord, typed: _Typed) -> Iterator[TimelineItem]:
    former: Placement | None = None
    for placement in one.placements:
        line = typed.get(("placements", placement.id, "made"))
        title = _place_title(record, former, placement)
        detail = words.text("Reason: {reason}").format(reason=placement.override_reason)
        told = detail if placement.override_reason else _where(record, placement)
        goes_on = former is not None and former.end == placement.start
        yield _entry(placement.start, "stay", "move" if goes_on else "bed", title, told, line)
        former = placement
    for absence in one.absences:
        why = words.label("absence_type", absence.absence_type)
        line = typed.get(("absences", absence.id, "made"))
        title = words.text("Absence: {why}").format(why=why)
        is_held = placement_on(one.placements, absence.start.date()) is not None
        yield _entry(absence.start, "stay", "absence", title, words.text("The bed is kept.") if is_held else "", line)
        if absence.end is not None and absence.end != one.stay.exited_at:
            back = typed.get(("absences", absence.id, "end"), line)
            yield _entry(absence.end, "stay", "arrive", words.text("First night back"), why, back)


def _bed_of(record: Record, placement: Placement) -> Bed | None:
    return None if placement.bed is None else record.beds.get(placement.bed)


def _where(record: Record, placement: Placement) -> str:
    bed = _bed_of(record, placement)
    room = bed.room_on(placement.start.date()) if bed else placement.room
    return choices.place_text(placement.place, bed, record.rooms.get(room) if room else None)


def _short(record: Record, placement: Placement) -> str:
    bed = _bed_of(record, placement)
    return bed.code if bed else words.text("mat")


def _place_title(record: Record, former: Placement | None, placement: Placement) -> str:
    if former is None or former.end != placement.start:
        return words.text("Place given: {place}").format(place=_short(record, placement))
    sentence = words.text("Change of bed: {old} to {new}")
    return sentence.format(old=_short(record, former), new=_short(record, placement))


def _of_file(record: Record, with_case: bool) -> Iterator[TimelineItem]:
    """Lines of the journal that are no dated fact; who read what of the case, for who may see it."""
    titles = {
        "correct": ("pencil", words.text("Person corrected")),
        "correct_stay": ("pencil", words.text("Stay corrected")),
        "resume_stay": ("arrive", words.text("Back after the disappearance")),
        "bring_stay_back": ("undo", words.text("Stay brought back")),
        "undo": ("undo", words.text("Last act undone")),
        "not_same": ("two-people", words.text("Said to be another person")),
        "merge_persons": ("link", words.text("Two files of one person made one")),
        "undo_merge": ("undo", words.text("Two files parted again")),
        "hold": ("bookmark", words.text("Erasure suspended")),
        "lift_hold": ("undo", words.text("Erasure allowed again")),
    }
    if with_case:
        titles |= {
            "take_out_service": ("close", words.text("Service taken out")),
            "bring_service_back": ("undo", words.text("Service brought back")),
            "settle_flag": ("snooze", words.text("Alert set aside")),
            "bring_back_flag": ("flag", words.text("Alert shown again")),
            "interview_read": ("eye", words.text("Summary of an interview read")),
            "reason_read": ("eye", words.text("Reason of a decision read")),
            "assessment_read": ("eye", words.text("Assessment read")),
            "wishes_read": ("eye", words.text("Wishes read")),
            "bia_read": ("eye", words.text("Assessment of best interests read")),
            "guardian_read": ("eye", words.text("Guardian’s name shown")),
            "tracing_read": ("eye", words.text("Family tracing read")),
            "belongings_read": ("eye", words.text("List of belongings read")),
            "handed_to_read": ("eye", words.text("Name of the receiving adult shown")),
            "follow_up_read": ("eye", words.text("Note of a follow-up read")),
            "contact_risk_read": ("eye", words.text("Reason of a contact risk read")),
        }
    yield from _names_shown(record)
    for line in record.thread:
        if line.action in titles:
            icon, title = titles[line.action]
            reason = _reason(line) if line.action == "take_out_service" else ""
            yield TimelineItem(line.at, "file", icon, title, reason, line.by, line.at)


def _ages(record: Record) -> Iterator[TimelineItem]:
    """Each assessment of the age, with what was held before."""
    typed = [line for line in reversed(record.thread) if line.action == "assess_age"]
    birth = record.person.birth
    for one in birth.formers:
        before, after = (formats.age(of.age(one.until)) for of in (one.birth, birth))
        title = words.text("Age assessed anew: {after}, {before} before").format(before=before, after=after)
        basis = words.label("age_basis", one.basis) if one.basis else ""
        line = next((line for line in typed if one.text in line.details), None)
        yield _entry(plain(one.until), "file", "person", title, basis, line)


def _families(record: Record, one: StayRecord) -> Iterator[TimelineItem]:
    """Each family joined or left since the admission, and who joined or left that of the person."""
    typed = [line for line in reversed(record.thread) if line.action == "regroup"]
    joined = {time.membership.joined for time in one.families if time.is_head}
    for time in one.families:
        membership, code = time.membership, time.person.code
        begun, ended = words.text("In the care of {code}"), words.text("No longer in the care of {code}")
        if not time.is_head:
            begun, ended = words.text("{code} in care"), words.text("{code} no longer in care")
        days = [(membership.joined, begun, families.link(membership)), (membership.left, ended, "")]
        for day, title, detail in days:
            if day is not None and not (title is ended and time.is_head and day in joined):
                line = next((line for line in typed if day.isoformat() in line.details), None)
                yield _entry(plain(day), "stay", "two-people", title.format(code=code), detail, line)


def _names_shown(record: Record) -> Iterator[TimelineItem]:
    """Who asked for the name, once a day and person with how often."""
    read = [line for line in record.thread if line.action == "name_read"]
    for _, lines in groupby(read, key=lambda line: (line.at.date(), line.by)):
        of_day = list(lines)
        title = words.count("Name shown {n} time", "Name shown {n} times", len(of_day))
        yield TimelineItem(of_day[0].at, "file", "eye", title, "", of_day[0].by, of_day[0].at)


def _reason(line: ThreadLine) -> str:
    """Why it was done, where the journal says so."""
    return str(line.known.get("reason", ""))
