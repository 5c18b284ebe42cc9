"""Whatever the program hears of the mouse is done by keys as well: each place, and the test that does it so.

A widget that begins to hear the mouse is not in the list, and fails here until somebody says how it goes by keys.
"""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.lists.scene import Listed, listed

ROOT = Path(__file__).resolve().parents[3]
HEARD = ("mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent", "dropEvent", "contextMenuEvent")
HERE = "tests/ui/access/test_without_mouse.py"
SENT = "tests/ui/sending/test_sendings_page.py::test_a_file_is_proven_before_anything_was_sent"
FROM_FILE = "tests/walks/test_intake.py::test_an_import_from_the_file_to_its_undo_by_keyboard"
LISTS = f"{HERE}::test_a_list_is_sorted_and_filtered_by_keys"
HALL, TODAY, BEDS = "tests/ui/assistance/test_assistance.py", "tests/ui/today/test_roll_call.py", "tests/ui/beds"
ADMISSION = "tests/ui/access/test_admission_heard.py"
STORY = "tests/ui/reports/test_narrative_form.py"
BY_KEYS = {
    "sending/sendings_part.py:SendingsPart": SENT,
    "reports/page.py:ReportsPage": SENT,
    "imports/sides.py:FacesPage": FROM_FILE,
    "imports/file_view.py:DropPlace": FROM_FILE,
    "imports/laid.py:TickText": FROM_FILE,
    "lists/list_header.py:ListHeader": LISTS,
    "lists/table.py:TableView": LISTS,
    "assistance/sheet_table.py:SheetTable": f"{HALL}::test_space_ticks_a_service_and_space_again_takes_it_out",
    "assistance/quick_line.py:KindLine": f"{HALL}::test_a_bed_a_service_and_enter_write_a_line",
    "assistance/attendance.py:AttendanceList": f"{HALL}::test_everybody_is_ticked_and_one_key_writes_the_meal",
    "beds/calendar/grid.py:CalendarGrid": f"{BEDS}/test_calendar_acts.py::test_d_arrows_and_enter_move_somebody",
    "widgets/bed_tile.py:BedTile": f"{BEDS}/test_beds.py::test_d_and_enter_move_a_resident",
    "residents/admission/bed_offers.py:OfferRow": f"{ADMISSION}::test_an_admission_is_done_from_what_is_read_out_alone",
    "today/roll_call/roll_call_rows.py:RollList": f"{TODAY}::test_one_key_a_person_records_the_whole_roll",
    "reports/narrative/sentence_row.py:SentenceRow": (
        f"{STORY}::test_sentences_are_kept_changed_and_taken_away_by_keys_and_taken_back"
    ),
    "charts.py:OpenedChart": "tests/ui/window/test_theme.py::test_enter_opens_the_night_the_keys_are_on",
}


def hearing() -> set[str]:
    """Every class of the windows that hears the mouse for itself."""
    found = set()
    floor = ROOT / "shelter_desk" / "ui"
    for path in floor.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                names = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
                if names & set(HEARD):
                    found.add(f"{path.relative_to(floor).as_posix()}:{node.name}")
    return found


def test_each_place_that_hears_the_mouse_says_how_it_goes_by_keys() -> None:
    assert hearing() == set(BY_KEYS)


@pytest.mark.parametrize("proof", sorted(set(BY_KEYS.values())))
def test_what_goes_by_keys_is_tried(proof: str) -> None:
    path, _, name = proof.partition("::")
    assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8")


def menu_by_key(made: Listed) -> QMenu:
    """What the key of the menu opens over the list."""
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), made.table.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(made.table, asked)
    menu = made.foot.menu.menu
    assert menu is not None
    return menu


def choose(menu: QMenu, text: str) -> None:
    """Down to the line that says so, and Enter."""
    for _ in menu.actions():
        QTest.keyClick(menu, Qt.Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text() == text:
            QTest.keyClick(menu, Qt.Key.Key_Return)
            return
    raise AssertionError(f"{text} is not among {[one.text() for one in menu.actions()]}")


def test_a_list_is_sorted_and_filtered_by_keys(qtbot: QtBot) -> None:
    made = listed(qtbot)
    made.table.setFocus()
    made.table.go_to(0)
    menu = menu_by_key(made)
    choose(menu, "Trier par")
    inner = next(one.menu() for one in menu.actions() if one.text() == "Trier par")
    assert isinstance(inner, QMenu)
    offered = [one.text() for one in inner.actions()]
    choose(inner, "Utilisable")
    assert offered == ["Article", "Catégorie", "Utilisable", "Périme le"]
    assert made.names() == ["Couverture", "Shampooing", "Natte", "Savon", "Lait infantile"]
    QTest.keyClick(made.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    filters = made.foot.menu.menu
    assert filters is not None
    assert [one.text() for one in filters.actions()] == [one.heading for one in made.rows.columns]
    filters.close()
