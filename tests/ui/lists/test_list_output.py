"""A list leaves as it is displayed: into a workbook, or to paper."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Wanted
from shelter_desk.ui.lists import listed_table
from shelter_desk.ui.lists.column_filters import ColumnFilter
from shelter_desk.ui.lists.list_foot import ListFoot
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets import files
from tests.operations.shelter import small_shelter
from tests.ui.lists.scene import Listed, listed


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def with_output(qtbot: QtBot, desk: Desk, *, of_persons: bool = False) -> tuple[Listed, ListFoot, list[Told]]:
    made = listed(qtbot)
    foot = ListFoot(made.table, desk=desk, title="Articles : tous", of_persons=of_persons)
    foot.setParent(made)
    told: list[Told] = []
    foot.told.connect(told.append)
    return made, foot, told


def test_the_workbook_has_what_is_displayed_with_days_and_numbers(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    made, foot, told = with_output(qtbot, desk)
    made.table.order_columns([0, 3, 2, 1, 4], {4})
    made.rows.filter(1, ColumnFilter(without=frozenset({"Couchage"})))
    made.rows.sort(0)
    files.answer_with(tmp_path / "liste.xlsx")
    assert foot.output is not None
    foot.output.export()
    sheet = openpyxl.load_workbook(tmp_path / "liste.xlsx")["Articles   tous"]
    rows = [tuple(row[:4]) for row in sheet.iter_rows(values_only=True) if row[1] is not None]
    assert rows[0] == ("Article", "Périme le", "Utilisable", "Catégorie")
    days = [(row[0], row[1].date() if row[1] is not None else None, row[2]) for row in rows[1:]]
    assert days[0] == ("Lait infantile", date(2026, 12, 12), 1400)
    assert [one[0] for one in days] == ["Lait infantile", "Savon", "Shampooing"]
    assert told[0].state == "ok"


def test_what_stands_behind_numbers_goes_into_the_heading(qtbot: QtBot, desk: Desk) -> None:
    heading, values = listed_table._typed("Couverture", ["1 jour", "20 jours", "—"], counts=True)
    assert (heading, values) == ("Couverture (jours)", [1, 20, None])
    assert listed_table._typed("Compté le", ["—", "03/12/2026"], counts=False)[1] == [None, date(2026, 12, 3)]
    assert listed_table._typed("Reste", ["1 pièce", "2,5 kg"], counts=True) == ("Reste", ["1 pièce", "2,5 kg"])
    assert listed_table._typed("Reste", ["1 200,5"], counts=True) == ("Reste", ["1 200,5"])
    assert listed_table._typed("Reste", ["1\u202f200,5"], counts=True) == ("Reste", [1200.5])


def test_a_list_is_printed_across_the_paper_and_the_journal_says_so(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    made, foot, told = with_output(qtbot, desk)
    made.rows.show([("Savon", "Hygiène", n, "pièce", "—") for n in range(120)])
    files.answer_with(tmp_path / "liste.pdf")
    assert foot.output is not None
    foot.output.print_it()
    content = (tmp_path / "liste.pdf").read_bytes()
    assert (content[:5], told[0].state) == (b"%PDF-", "ok")
    (line,) = journal.lines(desk, journal.numbers(desk, Wanted())[:1])
    assert (line.action, line.subject) == ("list_printed", "Articles : tous")


def test_who_may_not_send_exports_no_list_of_persons(qtbot: QtBot, desk: Desk) -> None:
    desk.role = Role.CASE_WORKER
    _made, of_persons, _told = with_output(qtbot, desk, of_persons=True)
    _other, without, _said = with_output(qtbot, desk)
    assert ("Exporter…" in of_persons.buttons, "Exporter…" in without.buttons) == (False, True)


def test_a_list_of_persons_asks_to_whom_it_goes(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    _made, foot, told = with_output(qtbot, desk, of_persons=True)
    files.answer_with(tmp_path / "liste.xlsx")
    assert foot.output is not None
    foot.output.export()
    gate = foot.output.gate
    assert gate is not None
    gate.fields.stay_here()
    gate.go()
    assert (told[0].state, (tmp_path / "liste.xlsx").is_file()) == ("ok", True)
