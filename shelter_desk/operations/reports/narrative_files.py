"""The narrative of a month as a file that leaves, or stays: Word or PDF, at a level, through the gate."""

from collections.abc import Callable
from pathlib import Path

from shelter_desk.domain.reports.hiding import sent
from shelter_desk.domain.reports.refusals import NotAMonth, NothingSaid
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.domain.reports.sendings import NARRATIVE
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import comparing, leaving_words, reports, sent_before
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.sending import departures, sendings
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.vault import clock_check, output_paths
from shelter_desk.words.reports import narrative as narrative_words
from shelter_desk.words.reports.narrative import NarrativePage


@needs(Permission.REPORT_SEE)
def file_name(desk: Desk, report: Report, level: Profile) -> str:
    """`narratif_MMB_2026-10_v1_partenaire.docx`, made as the name of the workbook."""
    return reports.file_name(desk, report, level).replace("rapport", "narratif", 1).replace(".xlsx", ".docx")


@needs(Permission.REPORT_SEE)
def page(desk: Desk, month: Month, profile: Profile, recipient: str = "") -> NarrativePage:
    """The narrative as that level is told it, and that recipient after what they have already."""
    month = comparing.compared(desk, month)
    return _page(desk, month, _given(desk, month, profile, recipient))


def _given(desk: Desk, month: Month, profile: Profile, recipient: str) -> Report:
    return reports.shown(month, profile, sent_before.sent_to(desk, profile, recipient, month.version))


def _page(desk: Desk, month: Month, given: Report) -> NarrativePage:
    return narrative_words.page(given, reports.cover_of(desk, month), training=desk.is_training)


@needs(Permission.REPORT_EXPORT)
def check_words(desk: Desk, month: Month, profile: Profile, gate: GateAnswers) -> None:
    """Read once more what somebody typed of it. Raises WordsUnread, Damaged."""
    if month.version is None:
        reports.check_words_unaltered(desk, month.report.period.whole)
    if month.report.narrative_words:
        given = _given(desk, month, profile, gate.recipient)
        leaving_words.check(desk, gate, profile, given.narrative_words, given.small_cell_k)


@needs(Permission.REPORT_EXPORT)
def export(
    desk: Desk,
    month: Month,
    profile: Profile,
    path: Path,
    gate: GateAnswers = NOTHING_SAID,
    pdf: Callable[[NarrativePage], bytes] | None = None,
) -> None:
    """Write the narrative as this profile is told it: what `pdf` makes of it, else a Word file.

    Who took it, and for whom, is kept with its sum and with the figures that its reader may have seen. Raises
    NotAMonth, NothingSaid, and as `reports.export`.
    """
    if not month.report.period.is_month:
        raise NotAMonth
    output_paths.check(path)
    clock_check.check(desk)
    gate = sendings.check(desk, gate, profile)
    month = comparing.compared(desk, month)
    given = _given(desk, month, profile, gate.recipient)
    leaving_words.check(desk, gate, profile, given.narrative_words, given.small_cell_k)
    told = _page(desk, month, given)
    if not told.parts:
        raise NothingSaid(month.report.period.first)
    from shelter_desk.excel.reports import narrative_docx

    made = narrative_docx.content(told) if pdf is None else pdf(told)
    content = {"document": sent.kept(given), "cells": {}}
    period = month.report.period
    leaving = LeavingFile(NARRATIVE, profile, path.name, made, period, version=month.version, content=content)
    days = {"first": period.first.isoformat(), "last": period.last.isoformat(), "profile": profile}
    departures.write(desk, "narrative_exported", leaving, gate, path, details=days)
