"""No machine key and no English reaches a person: in the window, in the workbook of a report, in refusals."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QHeaderView, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.resources import folder as folder_of
from shelter_desk.operations.reports import reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.training import training
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.record_tabs import tabs
from shelter_desk.ui.settings.section_list import offers
from shelter_desk.ui.window import Window
from shelter_desk.words import field_labels
from tests.operations.shelter import QUICK
from tests.ui.window.windows import keep_preferences_in, settle
from tests.words.french.english import english_in, not_french

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"(?<![\w{.])[a-z]+(?:_[a-z0-9]+)+(?![\w}])|\b[A-Z]_?[a-z]+(?:[A-Z][a-z]+){2,}\b")
NAMED = ("Missing", "NotInList", "BadNumber")
LISTS = sorted(path.stem for path in (folder_of("resources") / "codes").glob("*.csv"))
ROWS = 60  # of each list, as many as a person sees


FEWEST = 5  # texts of a page that is shown at all


def keys_in(texts: Iterable[str]) -> list[str]:
    return sorted({found for text in texts for found in KEY.findall(re.sub("<[^>]*>", " ", text))})


def wrong_in(texts: Iterable[str]) -> list[str]:
    """The keys, and what is not French."""
    every = list(texts)
    return keys_in(every) + not_french(every)


def _wrong_in_cells(texts: list[str]) -> list[str]:
    """As for the window, but that a sheet tells the number of a control."""
    return keys_in(texts) + english_in(texts)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exercise")
    training.make(place, "bamako", 3, 1, cost=QUICK).desk.close()
    return place


@pytest.fixture
def window(folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    shown = Window(folder, training.USER)
    qtbot.addWidget(shown)
    shown.show()
    shown.open(training.make(folder, "bamako", 3, 1, cost=QUICK).desk)
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    settle(qtbot)


def texts_of(widget: QWidget | None) -> Iterator[str]:
    """What is written on it and on everything it shows."""
    for one in (widget, *widget.findChildren(QWidget)) if widget is not None else ():
        if not one.isVisible():
            continue
        yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription())
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        elif isinstance(one, QLineEdit):
            yield from (one.text(), one.placeholderText())
        elif isinstance(one, QComboBox):
            yield from (one.itemText(at) for at in range(one.count()))
        elif isinstance(one, QAbstractItemView) and not isinstance(one, QHeaderView):
            yield from _cells(one)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount(view.rootIndex()) if isinstance(model, QAbstractTableModel) else 1):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(view.rootIndex()), ROWS)):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                said = model.index(row, column).data(role)
                yield said if isinstance(said, str) else ""


def test_no_page_shows_a_key_or_english(window: Window, qtbot: QtBot) -> None:
    assert window.frame is not None
    found = {}
    for place in [*(one for one, _ in window.frame.places()), *(f"settings/{one.key}" for one in offers())]:
        window.frame.open_part(place)
        settle(qtbot)
        texts = [text for text in texts_of(window.frame.stack.currentWidget()) if text]
        assert len(texts) > FEWEST, place
        if wrong := wrong_in(texts):
            found[place] = wrong
    assert found == {}


def test_no_record_shows_a_key_or_english(window: Window, qtbot: QtBot) -> None:
    assert window.frame is not None
    assert window.desk is not None
    found = {}
    here = residents.listed(window.desk, "here")
    children = [one for one in here if (one.person.birth.age(window.desk.today()) or 99) < 18]
    for one in (*here[:6], *children[:2]):
        window.frame.open_record(one.person.id)
        page = window.frame.pages["residents"]
        assert isinstance(page, ResidentsPage)
        for tab in tabs():
            page.record.show_tab(tab)
            settle(qtbot)
            if wrong := wrong_in(texts_of(page.record)):
                found[one.person.code, tab] = wrong
    assert found == {}


@pytest.mark.parametrize("profile", ["interne", "partenaire", "public"])
def test_no_sheet_of_a_report_shows_a_key_or_english(folder: Path, tmp_path: Path, profile: Profile) -> None:
    with training.make(folder, "bamako", 3, 1, cost=QUICK).desk as desk:
        month = reports.monthly(desk, training.last_full_month(desk))
        reports.export(desk, month, profile, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    found = {
        sheet.title: wrong
        for sheet in book
        if sheet.title != "17_Chiffres"  # the figures by the names that other programs ask for
        and (
            wrong := _wrong_in_cells(
                [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
            )
        )
    }
    assert found == {}


def _fields_refused() -> Iterator[str]:
    """Every field that the code names in a refusal."""
    for path in (ROOT / "shelter_desk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name in NAMED and isinstance(node, ast.Call) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.islower():
                    yield first.value


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_field_that_is_refused_has_a_name(language: words.Language) -> None:
    with words.speaking(language):
        assert sorted({key for key in _fields_refused() if field_labels.label(key) == key}) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_code_of_a_list_has_a_name(language: words.Language) -> None:
    with words.speaking(language):
        named = {(name, one.code): words.label(name, one.code) for name in LISTS for one in codes.codes(name)}
    assert {at: label for at, label in named.items() if keys_in([label])} == {}
