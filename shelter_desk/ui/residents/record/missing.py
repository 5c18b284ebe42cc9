"""What is not known yet of a resident, and where it is filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.consent.consents import RECORDING, SHELTERING
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import exits
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations import settings
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import exits as stay_exits
from shelter_desk.operations.stays.exits import Afterwards
from shelter_desk.operations.today import import_gaps
from shelter_desk.ui.residents.choices import last_stay
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats, import_memory


@dataclass(frozen=True, slots=True)
class MissingFact:
    """One answer that is missing. field: its machine key; face: the form that asks for it."""

    field: str
    title: str
    why: str = ""
    face: str = "correct"


def missing_of(desk: Desk, record: Record) -> list[MissingFact]:
    """What is missing in that record, as this role may know it."""
    today, one = desk.today(), last_stay(record)
    found = gaps(record, one, today, desk.may(Permission.SEE_NAMES), unasked(desk, record))
    missing = left_open(desk, record, found)
    if one is not None and desk.may(Permission.CASE_SEE):
        missing += after_exit(one.stay, stay_exits.of(desk, record.person.id), today, settings.kept(desk))
    return missing


def gaps(
    record: Record, stay: StayRecord | None, today: date, may_name: bool, unasked: Sequence[str] = ()
) -> list[MissingFact]:
    """What is missing in the person and in the last stay, most urgent first. unasked: purposes of consents."""
    named = {SHELTERING: words.text("Consent: the stay"), RECORDING: words.text("Consent: the data")}
    asked = [MissingFact(purpose, named[purpose], words.text("not asked yet"), "consent") for purpose in unasked]
    return [*_of_stay(record, stay, today), *asked, *_of_person(record, may_name)]


def left_open(desk: Desk, record: Record, found: Sequence[MissingFact]) -> list[MissingFact]:
    """The same with what imports left open, and what their files say there."""
    if not desk.may(Permission.CASE_SEE):
        return list(found)
    told = {one.column: one for one in import_gaps.of_person(desk, record.person.id)}
    made = [
        replace(gap, why=import_memory.gap_text(told.pop(gap.field).told)) if gap.field in told else gap
        for gap in found
    ]
    more = [
        MissingFact(one.column, import_memory.gap_column(one.list, one.column), import_memory.gap_text(one.told))
        for one in told.values()
    ]
    return [*more, *made]


def unasked(desk: Desk, record: Record) -> tuple[str, ...]:
    """The consents of somebody who is here that nobody asked for, for a role that may see them."""
    if not desk.may(Permission.ASSIST_SEE) or not any(one.stay.exited_at is None for one in record.stays):
        return ()
    found = consents.of(desk, record.person.id).standings
    waits = {one.purpose for one in found if one.why_not in ("absent", "non_demande")}
    return tuple(purpose for purpose in (SHELTERING, RECORDING) if purpose in waits)


def _of_person(record: Record, may_name: bool) -> Iterator[MissingFact]:
    person = record.person
    if may_name and not record.has_name:
        yield MissingFact("last_name", words.text("Name"), words.text("a usual name is enough"))
    if person.birth == Birth() or person.birth.age(date.max) is None:
        yield MissingFact("birth_date", words.text("Birth"), words.text("a year or an age is enough"))
    if not person.region_origin:
        yield MissingFact("region_origin", words.text("Region of origin"))
    if not person.languages:
        yield MissingFact("languages", words.text("Languages"))
    if not person.marital_status:
        yield MissingFact("marital_status", words.text("Marital status"))
    if not person.education_level:
        yield MissingFact("education_level", words.text("Schooling"))


def _of_stay(record: Record, one: StayRecord | None, today: date) -> Iterator[MissingFact]:
    if one is None or one.stay.is_void:
        return
    stay = one.stay
    if stay.exited_at is None and not any(p.end is None for p in one.placements):
        yield MissingFact("bed_code", words.text("Bed for tonight"), face="place")
    if record.person.birth.protected_as_minor(today) and not stay.child_status:
        yield MissingFact("child_status", words.text("Situation of the child"), words.text("asked of every minor"))
    if not stay.referral_source:
        yield MissingFact("referral_source", words.text("Referred by"))
    if (
        stay.exited_at is not None
        and not stay.exit_destination
        and stay.exit_reason not in ("deces", "fugue_disparition")
    ):
        yield MissingFact("exit_destination", words.text("Destination of the exit"))
    if stay.exited_at is None and stay.house_rules_explained is None:
        yield MissingFact("house_rules_explained", words.text("House rules explained"))
    if not one.statuses and stay.exited_at is None:
        yield MissingFact("victim_status", words.text("Status"), words.text("screening not written"), face="status")


def after_exit(stay: Stay, known: Afterwards, today: date, limits: Mapping[str, str]) -> list[MissingFact]:
    """What an exit left open: its form, deposits, follow-ups, the case (R-33)."""
    if stay.exited_at is None or stay.is_void:
        return []
    said, found = known.exits.get(stay.id), []
    n = len(exits.asked_later(stay, said))
    if n:
        open_ones = words.count("{n} answer open", "{n} answers open", n)
        found.append(MissingFact("exit_form", words.text("Form of the exit"), open_ones, "after_exit"))
    kept = [one.receipt_no for one in known.belongings.get(stay.id, ()) if one.returned_on is None]
    if kept:
        found.append(MissingFact("belongings", words.text("Deposit to hand back"), ", ".join(kept), "hand_back"))
    due = [one.due_on for one in known.follow_ups.get(stay.id, ()) if exits.is_overdue(one, today)]
    if due:
        since = words.text("since {day}").format(day=formats.day(due[0]))
        found.append(MissingFact("follow_up", words.text("Follow-up overdue"), since, "follow_up_held"))
    days = exits.days_open(stay, said, today, limits)
    if days:
        open_since = words.count("{n} day after the exit", "{n} days after the exit", days)
        found.append(MissingFact("case", words.text("Case to close"), open_since, "close_case"))
    return found


class GapsCard(Card):
    """How many answers are missing, each a row that opens the form that asks for it."""

    wanted = Signal(str, str)  # the form that asks for it, and the machine key of the field

    def __init__(self, gaps: Sequence[MissingFact], may: bool, parent: QWidget | None = None) -> None:
        badge = Badge(str(len(gaps)), "attention" if gaps else "ok")
        super().__init__(words.text("To complete"), badge=badge, parent=parent)
        self.rows: dict[str, Button] = {}
        if not gaps:
            self.body.addWidget(Label(words.text("Nothing is missing."), size="small", ink="ink2"))
        for gap in gaps:
            row = Button(gap.title, "action", "pencil", on_click=partial(self.wanted.emit, gap.face, gap.field))
            row.setEnabled(may)
            self.body.addWidget(row)
            self.rows[gap.field] = row
            if gap.why:
                self.body.addWidget(Label(gap.why, size="small", ink="ink2", wrap=True))
