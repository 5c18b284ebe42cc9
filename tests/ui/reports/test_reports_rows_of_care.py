"""Every figure of a house with care can be opened: its rows are told, and add up where they should."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.ids import PlaceRequestId
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.tables.t12_incidents import Lesson
from shelter_desk.domain.stays.place_requests import Group, PlaceRequest
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.reports import drilldown
from shelter_desk.ui.reports.figure_rows import FigureRows
from shelter_desk.ui.reports.table_sheet import ReportTab, lessons_card
from tests.domain.reports.rich import rich_report, shelter_facts
from tests.domain.reports.shelters import NOVEMBER, Shelter, golden


@pytest.fixture(name="month", scope="module")
def _month() -> Month:
    facts = shelter_facts()
    return Month(compute(facts), facts)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_rows_behind_every_figure_can_be_told(month: Month, language: words.Language) -> None:
    with words.speaking(language):
        opened = [drilldown.opened(month, ref) for ref in month.report.figures]
    assert [one.ref for one in opened if not one.title or one.ref[0] in one.title] == []


def test_the_rows_behind_the_delay_say_hours() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person(), datetime(2026, 11, 10, 16, 35), recorded_at=datetime(2026, 11, 12, 16, 35))
    facts = shelter.facts()
    with words.speaking("en"):
        opened = drilldown.opened(Month(compute(facts), facts), ("t2.typing_delay", ()))
    assert [(one.amount, one.about) for one in opened.lines] == [(48, "typed on 12/11")]
    assert opened.heads[1] == "Hours"


def test_the_requests_behind_a_figure_are_told_by_their_number_and_what_became_of_them() -> None:
    women = (Group("f", "a18_59", 2),)
    waits = PlaceRequest(PlaceRequestId(7), "DP-2026-0007", NOVEMBER.first, "ong", women, "immediat")
    refused = replace(waits, id=PlaceRequestId(8), request_no="DP-2026-0008", outcome="refusee", reason="complet")
    facts = replace(golden().facts(), requests=(waits, replace(refused, decided_on=NOVEMBER.last)))
    month = Month(compute(facts), facts)
    with words.speaking("fr"):
        found = drilldown.opened(month, ("t2.requested_asked", ()))
    assert [(one.code, one.amount, one.about) for one in found.lines] == [
        ("DP-2026-0007", 2, "En attente"),
        ("DP-2026-0008", 2, "Refusée, Plus de place libre"),
    ]
    assert (found.total, found.counted) == (4, "2 demandes")


def test_each_session_is_told_with_its_day_and_its_theme(month: Month) -> None:
    rows = FigureRows()
    with words.speaking("en"):
        rows.show(next(one for one in tables(month.report) if one.name == "t9.list"), month.report)
    first = month.report.sessions[0]
    assert rows.texts[0][0] == first.held_on.strftime("%d/%m/%Y")
    assert len(rows.texts) == len(month.report.sessions)


def test_a_cell_of_words_opens_nothing(month: Month) -> None:
    rows = FigureRows()
    rows.show(next(one for one in tables(month.report) if one.name == "t9.list"), month.report)
    assert rows.ref(rows.index(0, 0)) is None


def test_incidents_open_and_closed_stand_by_type_in_the_house_alone() -> None:
    report = rich_report()
    named = [table.name for table in tables(report)]
    assert ("t12.balance" in named, "t12.balance" in [one.name for one in tables(shown(report, "partenaire"))]) == (
        True,
        False,
    )


def test_lessons_stand_below_the_figures_until_there_is_none(qtbot: QtBot) -> None:
    sheet = ReportTab()
    qtbot.addWidget(sheet)
    sheet.show_tables([one for one in tables(rich_report()) if one.name.startswith("t12")], rich_report())
    with words.speaking("en"):
        sheet.tell(lessons_card([Lesson(date(2026, 11, 9), "vol", "Un casier par personne")]))
    assert sheet.told is not None
    texts = [one.text() for one in sheet.told.findChildren(QLabel)]
    assert {"09/11/2026 · Theft", "Un casier par personne"} <= set(texts)
    sheet.tell(lessons_card([]))
    assert sheet.told is None
