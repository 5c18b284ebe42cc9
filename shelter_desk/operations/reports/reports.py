"""The month: figures with the rows behind them, what to settle before closing, the workbook."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.errors import Damaged, NotAllowed
from shelter_desk.domain.ids import BedId, StayId, VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import closing, month_corrections, visas
from shelter_desk.domain.reports.closing import AcceptedPoint, Rectified
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.hiding import sent
from shelter_desk.domain.reports.hiding.sent import SentDocument
from shelter_desk.domain.reports.hiding.small_cells import shown as hidden
from shelter_desk.domain.reports.month import compute
from shelter_desk.domain.reports.points import Matter, Point
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.domain.reports.sendings import REPORT
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import leaving_words, sent_before, store_points
from shelter_desk.operations.sending import departures, sendings, signing
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.vault import clock_check, output_paths
from shelter_desk.storage import tables
from shelter_desk.storage.file import column_values
from shelter_desk.storage.reports import reports as stored_reports
from shelter_desk.storage.reports import sealed_words
from shelter_desk.storage.retention import altered_rows
from shelter_desk.system import collecting
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports.stock_names import names as stock_names

AFTER_EXIT = "fop_suivi_post"  # the follow-up after an exit is not out of place there


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """What the first sheet says beside the figures. beds: in the capacity on the last night.

    prepared_role: the function of who made it, "" of what was closed before it was kept.
    """

    shelter: str
    town: str
    prepared_by: str
    beds: int
    version: str
    training: bool
    made_at: datetime
    prepared_role: str = ""

    def told(self) -> dict[str, Any]:
        """As it is kept with a closed month, which has the moment of its own."""
        return {name: value for name, value in self.all().items() if name != "made_at"}

    def all(self) -> dict[str, Any]:
        """Every field by its name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Month:
    """A report with the facts behind it, so that each figure can show its rows.

    source: the facts, or what reads them when a row is first asked for.
    cover, version: of one that was closed, with which it is exported; None for a draft.
    replaced, reason: the report of the version that this one replaces, and why. corrections: small ones of months
    closed before, by profile, as they were kept with it; accepted: its points. unread: the words of an open one that
    somebody altered, which it is without.
    """

    report: Report
    source: ReportFacts | Callable[[], ReportFacts]
    cover: CoverFacts | None = None
    version: VersionId | None = None
    replaced: Report | None = None
    reason: str = ""
    corrections: Mapping[str, Any] = field(default_factory=dict)
    accepted: tuple[AcceptedPoint, ...] = ()
    unread: tuple[Damaged, ...] = ()

    @property
    def facts(self) -> ReportFacts:
        """What the figures were, or would be now, computed from."""
        return self.source() if callable(self.source) else self.source

    @property
    def stays(self) -> Mapping[StayId, Stay]:
        """The stays that figures name by id, those that do not touch the period too."""
        return {stay.id: stay for stay in (*self.facts.stays, *self.facts.aside)}

    def person_of(self, stay: StayId) -> Person:
        """Whose stay it is."""
        return self.facts.persons[self.stays[stay].person]

    def bed_code(self, bed: BedId) -> str:
        """The painted number of a bed that a figure names."""
        return next(one.code for one in self.facts.beds if one.id == bed)


@needs(Permission.REPORT_SEE)
def monthly(desk: Desk, period: Period) -> Month:
    """Read everything in one transaction and compute every figure once; nothing is hidden.

    A period that runs is that of its days up to yesterday. Raises PeriodNotBegun.
    """
    with collecting.held_back():
        facts = read(desk, period)
        return Month(compute(facts), facts)


@needs(Permission.REPORT_SEE)
def read(desk: Desk, period: Period) -> ReportFacts:
    """What the figures of a period are computed from, up to yesterday where it runs. Raises PeriodNotBegun."""
    return _read(desk, period)


def _read(desk: Desk, period: Period) -> ReportFacts:
    with desk.reading() as connection:
        facts = stored_reports.facts(connection, period.over_by(desk.today()))
        return replace(facts, names={**service_catalogue.names(connection), **stock_names(facts.store.items)})


@needs(Permission.REPORT_VISA)
def to_sign(desk: Desk, period: Period) -> Report:
    """The tables of a period that the role of who sits here signs, as they are now.

    Raises NotAllowed for a role that signs none, PeriodNotBegun.
    """
    part = visas.part_of(desk.role)
    if part is None:
        raise NotAllowed(Permission.REPORT_VISA.value)
    with collecting.held_back():
        return visas.of_part(compute(_read(desk, period)), part)


@needs(Permission.REPORT_SEE)
def points(desk: Desk, facts: ReportFacts) -> tuple[Point, ...]:
    """What to settle before the period is closed, its red flags, store and equipment too; takes longer than figures."""
    flagged = (Point("flag", one.stay, one.person, one.code, flag=one) for one in flags.of_month(desk, facts.period))
    of_store = store_points.of_store(desk, facts)
    return (*_points(facts), *flagged, *_of_services(facts, desk.today()), *of_store)


def shown(month: Month, profile: Profile, sent: Iterable[SentDocument] = ()) -> Report:
    """The figures as this level is given them (field 6.6), proven together with what its recipient has already."""
    return hidden(month.report, profile, sent)


def _points(facts: ReportFacts) -> Iterator[Point]:
    """What a reader of the report would ask about, stay by stay."""
    for stay in facts.stays:
        if not stay.counts:
            continue
        person = facts.persons[stay.person]
        for matter, nights in _matters(facts, stay, person):
            yield Point(matter, stay.id, stay.person, person.code, nights)


def _matters(facts: ReportFacts, stay: Stay, person: Person) -> Iterator[tuple[Matter, int]]:
    period = facts.period
    last = min(period.last, stay.exited_at.date()) if stay.exited_at else period.last
    covered = period.nights_of(stay.admitted_at, stay.exited_at)
    placed = sum(period.nights_of(p.start, p.end or stay.exited_at) for p in facts.placements.get(stay.id, ()))
    if placed < covered:
        yield "unplaced", covered - placed
    left_here = stay.exited_at is not None and stay.exited_at.date() in period
    if left_here and not stay.exit_destination:
        yield "no_destination", 0
    if left_here and not stay.exit_reason:
        yield "no_exit_reason", 0
    if person.birth.taken is None:
        yield "no_birth", 0
    if person.birth.is_minor(last) and not stay.child_status:
        yield "no_child_status", 0
    if stay.admitted_at.date() in period and not stay.referral_source:
        yield "no_source", 0


def _of_services(facts: ReportFacts, today: date) -> Iterator[Point]:
    """Services of the month that are planned though their day is over, or held after the exit."""
    stays = {stay.id: stay for stay in (*facts.stays, *facts.aside)}
    for one in facts.services:
        stay = stays[one.stay]
        person = facts.persons[stay.person]
        left = stay.exited_at.date() if stay.exited_at is not None else None
        if one.status == "prevu" and one.service_on < today:
            yield Point("planned_past", stay.id, person.id, person.code, day=one.service_on, row=one.id)
        elif one.counts and left is not None and one.service_on > left and one.service_type != AFTER_EXIT:
            yield Point("after_exit", stay.id, person.id, person.code, day=one.service_on, row=one.id)


@needs(Permission.REPORT_SEE)
def first_day(desk: Desk) -> date | None:
    """The day of the first admission, None before there is one."""
    with desk.reading() as connection:
        return stored_reports.first_day(connection)


@needs(Permission.REPORT_SEE)
def file_name(desk: Desk, report: Report, level: Profile) -> str:
    """`rapport_MMB_2026-10_v1_partenaire.xlsx`, with the short name that papers bear where there is one; a month that
    is open has no version, and one that runs says so.
    """
    version = f"rectificatif-{report.rectified}" if report.rectified else f"v{report.version}" * bool(report.version)
    sigle = codes.folded(settings.read(desk).sigle).upper()
    said = "rapport", sigle, report_words.in_file_name(report.period), version, level
    return "_".join(part for part in said if part) + ".xlsx"


@needs(Permission.REPORT_SEE)
def cover_of(desk: Desk, month: Month) -> CoverFacts:
    """What the first sheet says: as it was closed, else as it is now."""
    from shelter_desk import __version__

    if month.cover is not None:
        return month.cover
    facts = month.facts
    beds = len([bed for bed in facts.beds if not bed.is_extra and bed.in_service(facts.period.last)])
    return CoverFacts(
        facts.shelter, facts.town, desk.user_name, beds, __version__, desk.is_training, desk.now(), desk.role.value
    )


def _rectified(month: Month, profile: Profile, now: Report) -> Rectified | None:
    """What the sheet of a version that replaces another says, to this reader."""
    if month.replaced is None:
        return None
    moved = closing.corrections(hidden(month.replaced, profile), now)
    return Rectified(month.replaced, month.reason, moved)


@needs(Permission.REPORT_SEE)
def check_words_unaltered(desk: Desk, period: Period) -> None:
    """What was written about an open month is what the journal says: what somebody put back past the program neither
    leaves nor is closed. Raises Damaged; who writes these words anew goes on.
    """
    if desk.is_training:  # which is filled without lines
        return
    with desk.reading() as connection:
        for name, column in sealed_words.COLUMNS.items():
            of = tables.metadata.tables[name].c
            which = of.first_day == period.first.isoformat(), of.last_day == period.last.isoformat()
            for key in altered_rows.of_table(connection, name, *which):
                raise column_values.damaged(name, column, key)


@needs(Permission.REPORT_EXPORT)
def check_words(desk: Desk, month: Month, profile: Profile, gate: GateAnswers) -> None:
    """Read once more what the house says in this workbook, why it replaces another too. Raises WordsUnread, Damaged."""
    report = month.report
    if month.version is None:
        check_words_unaltered(desk, report.period.whole)
    if report.comments or report.text or report.narrative_words or report.targets or month.reason:
        report = shown(month, profile)
        leaving_words.check(desk, gate, profile, (*report.words_given, month.reason), report.small_cell_k)


@needs(Permission.REPORT_EXPORT)
def export(desk: Desk, month: Month, profile: Profile, path: Path, gate: GateAnswers = NOTHING_SAID) -> None:
    """Write the workbook as this profile may see it; who took what, and for whom, is kept with its sum.

    Raises ClockWrong, DiskFull, ReadOnly, WordsUnread, and as `sendings.check`.
    """
    output_paths.check(path)
    clock_check.check(desk)  # nothing leaves that the journal could not tell
    gate = sendings.check(desk, gate, profile)
    check_words(desk, month, profile, gate)
    from shelter_desk.excel.reports import report as workbook

    shown_there = shown(month, profile, sent_before.sent_to(desk, profile, gate.recipient, month.version))
    with collecting.held_back():
        seed = signing.signer(desk)
        cover = workbook.ReportCover(**cover_of(desk, month).all(), key=signing.public_of(seed))
        replaced = _rectified(month, profile, shown_there)
        earlier = month_corrections.read(month.corrections.get(profile, ()))
        made = signing.signed(seed, workbook.content(shown_there, cover, replaced, earlier, month.accepted))
    write_sending(desk, "report_exported", month, profile, path, gate, shown_there, made)


def write_sending(
    desk: Desk,
    action: str,
    month: Month,
    profile: Profile,
    path: Path,
    gate: GateAnswers,
    given: Report,
    written: bytes,
    *,
    kind: str = REPORT,
    beside: Mapping[Path, bytes] | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write what was made of a month. beside, details: as of `departures.write`.

    given: what its reader is given, where what went before counted too.
    """
    from shelter_desk.excel.reports import written_cells

    period = month.report.period
    content = {"document": sent.kept(given), "cells": written_cells.written(written)}
    leaving = LeavingFile(kind, profile, path.name, written, period, version=month.version, content=content)
    days = {"first": period.first.isoformat(), "last": period.last.isoformat(), "profile": profile}
    departures.write(desk, action, leaving, gate, path, beside=beside, details={**days, **(details or {})})
