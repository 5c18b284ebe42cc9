"""The real pages in the real window: keys go round, no piece of a page is ever a window of its own."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import PersonId
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.training import training
from shelter_desk.ui.assistance.page import AssistancePage, parts
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.page import Page
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.record import RecordView
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.settings.section_list import offers
from shelter_desk.ui.stock.items_part import ItemsPart
from shelter_desk.ui.stock.page import StockPage
from shelter_desk.ui.stock.page import parts as stock_parts
from shelter_desk.ui.stock.vouchers_part import VouchersPart
from shelter_desk.ui.tabbed_page import FormFace, PartsPage
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import QUICK
from tests.ui.window.windows import keep_preferences_in, settle, wait_for


class Shown(QObject):
    """Remembers the widgets that were shown as windows."""

    def __init__(self, expected: QWidget) -> None:
        super().__init__()
        self._expected = expected
        self.strays: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        appears = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if appears and watched is not self._expected and not isinstance(watched, QDialog | QMenu):
            self.strays.append(f"{type(watched).__name__} {watched.property('text') or ''}".strip())
        return False


@pytest.fixture
def strays(window: Window) -> Iterator[list[str]]:
    """What was shown as a window beside the window, from here on."""
    shown = Shown(window)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(shown)
    yield shown.strays
    application.removeEventFilter(shown)


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
    settle(qtbot)  # pytest-qt closed it already: the desk is backed up and closed out of sight


def page_of(window: Window) -> str:
    assert window.frame is not None
    return type(window.frame.stack.currentWidget()).__name__


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def shown_page(window: Window, key: str) -> Page:
    assert window.frame is not None
    window.frame.open(key)
    return window.frame.pages[key]


def record_of(window: Window, person: PersonId) -> RecordView:
    assert window.frame is not None
    window.frame.open_record(person)
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page.record


def is_on(window: Window, name: str) -> bool:
    return page_of(window) == name


def test_every_page_is_reached_by_its_key_from_every_other(window: Window, qtbot: QtBot) -> None:
    keys = {
        Qt.Key.Key_1: "TodayPage",
        Qt.Key.Key_3: "ResidentsPage",
        Qt.Key.Key_4: "AssistancePage",
        Qt.Key.Key_6: "StockPage",
        Qt.Key.Key_7: "ReportsPage",
        Qt.Key.Key_8: "IntakePage",
        Qt.Key.Key_9: "SettingsPage",
        Qt.Key.Key_2: "BedsPage",
    }
    for key, name in (*keys.items(), *reversed(keys.items())):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        wait_for(qtbot, partial(is_on, window, name))


def test_pages_are_reached_on_a_french_keyboard_without_shift(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Egrave, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, lambda: page_of(window) == "ReportsPage")
    qtbot.keyClick(window, Qt.Key.Key_QuoteDbl, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, lambda: page_of(window) == "ResidentsPage")
    qtbot.keyClick(window, Qt.Key.Key_Apostrophe, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, lambda: page_of(window) == "AssistancePage")


def test_no_piece_of_a_page_is_ever_a_window_of_its_own(window: Window, strays: list[str], qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_7, Qt.Key.Key_9, Qt.Key.Key_2):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.frame is not None
    window.frame.open_admission(None)
    settle(qtbot)
    assert strays == []


def test_no_piece_of_a_section_is_ever_a_window_of_its_own(window: Window, strays: list[str], qtbot: QtBot) -> None:
    page = shown_page(window, "settings")
    assert isinstance(page, SettingsPage)
    for section in offers():
        page.open(section.key)
    settle(qtbot)
    assert strays == []


def test_no_piece_of_the_assistance_is_ever_a_window_of_its_own(
    window: Window, strays: list[str], qtbot: QtBot
) -> None:
    page = shown_page(window, "assistance")
    assert isinstance(page, AssistancePage)
    for part in parts():
        page.open(part.key)
    settle(qtbot)
    assert strays == []


def test_no_part_of_equipment_is_ever_a_window_of_its_own(window: Window, strays: list[str], qtbot: QtBot) -> None:
    page = shown_page(window, "equipment")
    assert isinstance(page, PartsPage)
    for key in ("register", "receptions", "counts", "maintenance", "donors", "month"):
        page.open(key)
        assert page.face is page.faces[key]
    settle(qtbot)
    assert strays == []


def test_no_piece_of_the_stock_is_ever_a_window_of_its_own(window: Window, strays: list[str], qtbot: QtBot) -> None:
    page = shown_page(window, "stock")
    assert isinstance(page, StockPage)
    for part in stock_parts():
        page.open(part.key)
        for name in ("receive", "issue", "add", "begin"):
            opened = getattr(page.face, name, None)
            if opened is not None:
                opened()
                assert isinstance(page.face, FormFace)
                page.face.close_form()
    page.open("items")
    items = page.face
    assert isinstance(items, ItemsPart)
    items.open_item(items.rows.row(0).item.id)
    items.open_for_card("write_off")
    items.close_form()
    items.open_for_card("to_equipment")
    page.open("vouchers")
    vouchers = page.face
    assert isinstance(vouchers, VouchersPart)
    vouchers.open_voucher(vouchers.rows.row(0).id)
    settle(qtbot)
    assert strays == []


def test_no_piece_of_a_record_is_ever_a_window_of_its_own(window: Window, strays: list[str], qtbot: QtBot) -> None:
    for line in residents.listed(desk_of(window), "here")[:4]:
        record = record_of(window, line.person.id)
        for place in range(record.head.tabs.count()):
            record.head.tabs.setCurrentIndex(place)
        for form in ("service", "referral", "consent", "correct", "exit", "absence", "status", "place"):
            record.open_form(form)
    for form in ("guardian", "notify", "bia", "tracing"):
        record.open_form(form)
    settle(qtbot)
    assert strays == []


def test_no_piece_of_today_is_ever_a_window_of_its_own(window: Window, strays: list[str], qtbot: QtBot) -> None:
    page = shown_page(window, "today")
    assert isinstance(page, TodayPage)
    page.begin_catching_up()
    page.begin_roll_call()
    settle(qtbot)
    assert strays == []


def test_no_piece_of_the_bed_panel_is_ever_a_window_of_its_own(window: Window, strays: list[str], qtbot: QtBot) -> None:
    page = shown_page(window, "beds")
    assert isinstance(page, BedsPage)
    for _, of_room in beds.rooms(desk_of(window)):
        for bed in of_room:
            page.show_bed(bed.id)
    page.find_bed()
    settle(qtbot)
    assert strays == []


def test_the_window_stays_active_while_pages_change(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.isActiveWindow()


def test_locked_means_that_no_page_and_no_desk_is_left(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (window.desk, window.frame) == (None, None)
    settle(qtbot)  # the former desk is backed up and closed
    window.open(training.make(window._folder, "bamako", 3, 1, cost=QUICK).desk)
