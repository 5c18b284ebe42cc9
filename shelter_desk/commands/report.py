"""`report`: the activity report of a month or of any days, as a workbook or as one JSON document."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands import shelter
from shelter_desk.commands.shelter import DONE, REFUSED, opened, say
from shelter_desk.domain.errors import BadCall, NotAllowed
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import synthesis
from shelter_desk.domain.reports.report import Report, as_document
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import (
    comparing,
    dhis2,
    donor_workbooks,
    month_versions,
    narrative_files,
    reports,
    sent_before,
    year_targets,
)
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.sending import sendings
from shelter_desk.words.assistance import over_hidden
from shelter_desk.words.reports import dhis2 as dhis2_words
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports.reports import identity_line, main_figures

NAME = "report"
HELP = "write the activity report of a period"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    shelter.asks_period(parser)
    levels = ("interne", "convention", "partenaire", "public")
    parser.add_argument("--level", "--profile", dest="profile", choices=levels, default="partenaire")
    parser.add_argument("--agreement", default="", metavar="NO")
    parser.add_argument("--version", dest="report_version", type=int, metavar="N")
    parser.add_argument("--recipient", default="", metavar="NAME")
    parser.add_argument("--purpose", default="", metavar="TEXT")
    parser.add_argument("--words-read", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--narrative", type=Path, metavar="OUT.docx")
    parser.add_argument("--into", type=Path, metavar="DONOR.xlsx")
    parser.add_argument("--dhis2", type=Path, metavar="OUT.json")
    parser.add_argument("out", nargs="?", type=Path, metavar="OUT.xlsx")


def _may_be_told(asked: argparse.Namespace, report: Report) -> None:
    """Says on stderr where a quarter would tell the public more."""
    if asked.profile == "public" and report_words.asks_for_quarter(report):
        print(report_words.quarter_instead(), file=sys.stderr)


def run(asked: argparse.Namespace) -> int:
    """Compute the figures once and write them where asked; a control that fails is told and returns 3."""
    period = shelter.period(asked)
    if asked.into is not None and (asked.out is None or asked.out.suffix.lower() != asked.into.suffix.lower()):
        raise BadCall(f"OUT{asked.into.suffix}", "" if asked.out is None else asked.out.name)
    if asked.narrative is not None and (asked.into is not None or not period.is_month):
        raise BadCall("--month" if asked.into is None else "--into", "")
    if asked.narrative is not None and asked.narrative.suffix.lower() not in (".docx", ".pdf"):
        raise BadCall("--narrative", asked.narrative.name)
    gate = _gate(asked)
    written: list[str] = []
    with opened(asked) as desk:
        if not desk.may(Permission.REPORT_SEE) and desk.may(Permission.REPORT_SEE_FROZEN):
            return _show_closed(desk, period, asked)
        month = _month(desk, period, asked)
        _may_be_told(asked, month.report)
        sendings.check(desk, gate, asked.profile)
        report = reports.shown(
            month, asked.profile, sent_before.sent_to(desk, asked.profile, asked.recipient, month.version)
        )
        if report.holds:
            written = [*_write(desk, month, asked, gate)]
    if asked.json:
        print(json.dumps(as_document(report), ensure_ascii=False))
    else:
        for line in (*main_figures(report), *written):
            say(asked, line)
    for identity in report.failed:
        print(identity_line(identity), file=sys.stderr)
    return DONE if report.holds else REFUSED


def _month(desk: Desk, period: Period, asked: argparse.Namespace) -> Month:
    """The month, with other periods beside it where something of them is written."""
    month = month_versions.month(desk, period, asked.report_version)
    is_written = asked.out is not None or asked.narrative is not None
    if not is_written and not (asked.json and year_targets.targets(desk, synthesis.year_of(period))):
        return month
    return comparing.compared(desk, month)


def _write(desk: Desk, month: Month, asked: argparse.Namespace, gate: GateAnswers) -> Iterator[str]:
    """Every file that is asked for; what is said of it. Where words in one may not leave, none is written."""
    if asked.out is not None and asked.into is None:
        reports.check_words(desk, month, asked.profile, gate)
    if asked.narrative is not None:
        narrative_files.check_words(desk, month, asked.profile, gate)
    if asked.dhis2 is not None:
        made = dhis2.export(desk, month, asked.profile, asked.dhis2, gate)
        yield dhis2_words.written(made.path, made.metadata)
    if asked.narrative is not None:
        pdf = asked.narrative_pdf if asked.narrative.suffix.lower() == ".pdf" else None
        narrative_files.export(desk, month, asked.profile, asked.narrative, gate, pdf)
        yield words.text("The narrative is in {file}.").format(file=asked.narrative)
    if asked.into is not None:
        filled = _fill(desk, month, asked, gate)
        cells = words.count("{n} cell written", "{n} cells written", len(filled.targets))
        yield words.text("{cells} in {file}.").format(cells=cells, file=filled.path)
        yield words.text("The list of the cells written is in {file}.").format(file=filled.listed)
    elif asked.out is not None:
        reports.export(desk, month, asked.profile, asked.out, gate)
        yield words.text("The report is in {file}.").format(file=asked.out)


def _gate(asked: argparse.Namespace) -> GateAnswers:
    """For whom and what for. Raises BadCall where one is said without the other."""
    gate = GateAnswers(asked.recipient, asked.purpose, agreement=asked.agreement, words_read=asked.words_read)
    if gate.leaves and not gate.purpose.strip():
        raise BadCall("--purpose", "")
    if not gate.leaves and gate.purpose.strip():
        raise BadCall("--recipient", "")
    return gate


def _show_closed(desk: Desk, period: Period, asked: argparse.Namespace) -> int:
    """A closed month as a partner has it, for who reads nothing else: one document, and no workbook."""
    if not asked.json:
        raise BadCall("--json", "")
    if asked.profile != "partenaire" or any((asked.out, asked.narrative, asked.dhis2)):
        raise NotAllowed(Permission.REPORT_SEE)
    print(json.dumps(month_versions.partner_document(desk, period, asked.report_version), ensure_ascii=False))
    return DONE


def _fill(desk: Desk, month: Month, asked: argparse.Namespace, gate: GateAnswers) -> donor_workbooks.Filled:
    """A copy of the workbook of a donor with the figures that it asks for; what it cannot be given stays as it is."""
    book, pointed = donor_workbooks.look(desk, asked.into)
    known = donor_workbooks.references_for(desk, month, asked.profile, gate.recipient)
    targets = donor_workbooks.plan(known, book, pointed)
    wrong = over_hidden(donor_workbooks.over_hidden(book, targets))
    if wrong:
        print(wrong, file=sys.stderr)
    return donor_workbooks.fill(desk, month, asked.profile, book, pointed, asked.out, gate)
