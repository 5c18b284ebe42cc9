"""The first run, step by step."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from shelter_desk.ui.forms.key_groups import KeyGroups
from shelter_desk.ui.unlock.first_run.page import FirstRun
from shelter_desk.ui.unlock.first_run.step import FirstRunDraft, RoomsLine, kinds, planned
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.print import printing
from shelter_desk.ui.widgets.print.recovery_sheet import HIDDEN, RecoverySheet
from tests.ui.window.windows import focused, settle, show_active

KEY = "ABCD-EFGH-JKMN-PQRS-TUVW-XYZ2-3456-789A"


@pytest.fixture
def run(qtbot: QtBot, tmp_path: Path) -> FirstRun:
    made = FirstRun(tmp_path / "new", FirstRunDraft(shelter="Maison des Essais", town="Gao", user="Agent A"))
    qtbot.addWidget(made)
    show_active(qtbot, made)
    return made


def go_to(run: FirstRun, name: str) -> None:
    while run.here() is not getattr(run, name):
        before = run.here()
        run.go_on()
        assert run.here() is not before


def test_eight_dormitories_of_ten_beds_are_eighty_beds() -> None:
    rooms = planned([RoomsLine(8, "dortoir_f", 10)])
    assert [len(rooms), rooms[0].beds[0], rooms[7].beds[-1]] == [8, "1A", "8J"]


def test_rooms_are_numbered_through_the_lines() -> None:
    assert [room.code for room in planned([RoomsLine(2, "dortoir_f", 1), RoomsLine(1, "dortoir_h", 1)])] == [
        "1",
        "2",
        "3",
    ]


def test_no_two_beds_of_a_plan_have_one_code() -> None:
    codes = [
        bed for room in planned([RoomsLine(12, "dortoir_f", 40), RoomsLine(3, "transit", 26)]) for bed in room.beds
    ]
    assert len(set(codes)) == len(codes) == 12 * 40 + 3 * 26


def test_rooms_of_a_kind_are_told_apart_by_number() -> None:
    names = {room.name for room in planned([RoomsLine(1, "dortoir_f", 1), RoomsLine(1, "dortoir_f", 2)])}
    assert len(names) == 2


@pytest.mark.parametrize(("kind", "rules"), [("dortoir_h", ("m", "adultes")), ("dortoir_filles", ("f", "mineurs"))])
def test_a_dormitory_is_kept_for_those_it_is_named_after(kind: str, rules: tuple[str, str]) -> None:
    (room,) = planned([RoomsLine(1, kind, 1)])
    assert room.rules == rules


def test_only_rooms_people_sleep_in_are_offered() -> None:
    offered = {code for code, _ in kinds()}
    assert "dortoir_f" in offered
    assert "bureau" not in offered


def test_a_shelter_without_a_name_goes_no_further(run: FirstRun) -> None:
    go_to(run, "shelter")
    run.shelter.shelter.set_text("")
    run.go_on()
    assert (run.here(), run.shelter.shelter.state()) == (run.shelter, "blocked")


def test_no_shelter_is_typed_for_a_folder_that_a_service_copies(qtbot: QtBot, tmp_path: Path) -> None:
    run = FirstRun(tmp_path / "OneDrive - Bureau" / "new")
    qtbot.addWidget(run)
    show_active(qtbot, run)
    go_to(run, "start")
    run.draft.choice = "create"
    run.go_on()
    run.go_on()
    qtbot.waitUntil(lambda: run._alert is not None and run._alert.isVisible())
    alerts = [alert.sentence.text() for alert in run.findChildren(Alert) if alert.isVisible()]
    assert (run.here(), len(alerts)) == (run.start, 1)
    assert "OneDrive copie le dossier" in alerts[0]


def test_what_was_typed_is_still_there_after_going_back(run: FirstRun) -> None:
    go_to(run, "rooms")
    row = run.rooms.rows[0]
    row.rooms.set_number(8)
    row.kind.choose("dortoir_f")
    row.beds.set_number(10)
    go_to(run, "account")
    run.back()
    run.back()
    go_to(run, "account")
    assert run.draft.lines == [RoomsLine(8, "dortoir_f", 10)]


def test_another_language_keeps_what_was_typed(qtbot: QtBot, run: FirstRun) -> None:
    go_to(run, "shelter")
    run.shelter.shelter.set_text("Maison du Fleuve")
    run.back()
    run.back()
    with qtbot.waitSignal(run.language_wanted) as asked:
        run.language.choices["en"].click()
    assert asked.args is not None
    assert (asked.args[0], asked.args[1].shelter) == ("en", "Maison du Fleuve")


def test_half_a_line_of_rooms_goes_no_further(run: FirstRun) -> None:
    go_to(run, "rooms")
    run.rooms.rows[0].rooms.set_number(3)
    run.go_on()
    assert (run.here(), run.rooms.rows[0].kind.state()) == (run.rooms, "blocked")


def test_rooms_may_come_later(run: FirstRun) -> None:
    go_to(run, "rooms")
    run.rooms.later_button.click()
    assert (run.here(), run.draft.lines) == (run.account, [])


def test_two_passwords_that_differ_go_no_further(run: FirstRun) -> None:
    go_to(run, "account")
    run.account.password.set_text("rivière mangue vélo")
    run.account.again.set_text("rivière mangue")
    run.go_on()
    assert (run.here(), run.account.again.state()) == (run.account, "blocked")


def test_a_short_password_is_refused_beside_its_field_and_nothing_is_written(qtbot: QtBot, run: FirstRun) -> None:
    go_to(run, "account")
    for field in (run.account.password, run.account.again):
        field.set_text("court")
    run.go_on()
    settle(qtbot)
    assert run.account.password.state() == "blocked"
    assert not list(run._folder.glob("*.db"))


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(qtbot: QtBot, run: FirstRun) -> None:
    run._folder.parent.joinpath("new").write_text("a file in the way")
    go_to(run, "account")
    from shelter_desk.domain.errors import ReadOnly

    run._failed(ReadOnly("x"))
    assert run._alert is not None


def sheet_of(qtbot: QtBot) -> RecoverySheet:
    made = RecoverySheet(KEY)
    qtbot.addWidget(made)
    show_active(qtbot, made)
    return made


def test_the_key_is_hidden_while_it_is_typed_back(qtbot: QtBot) -> None:
    sheet = sheet_of(qtbot)
    before = [label.text() for label in sheet._shown]
    sheet.begin()
    assert (before, {label.text() for label in sheet._shown}) == (KEY.split("-"), {HIDDEN})


def test_typing_the_key_back_proves_it(qtbot: QtBot) -> None:
    sheet = sheet_of(qtbot)
    sheet.begin()
    for group in KEY.split("-"):
        qtbot.keyClicks(focused(), group.lower())
    assert sheet.is_proven()


def test_one_wrong_letter_proves_nothing(qtbot: QtBot) -> None:
    sheet = sheet_of(qtbot)
    sheet.begin()
    for group in [*KEY.split("-")[:7], "789B"]:
        qtbot.keyClicks(focused(), group)
    assert (sheet.is_proven(), sheet.typed.fields[7].property("state")) == (False, "blocked")


def test_looking_at_the_key_again_empties_what_was_typed(qtbot: QtBot) -> None:
    sheet = sheet_of(qtbot)
    sheet.begin()
    qtbot.keyClicks(focused(), "ABCD")
    sheet.show_key()
    assert sheet.typed.right() == 0


def test_a_whole_key_pasted_fills_every_group(qtbot: QtBot) -> None:
    groups = KeyGroups(KEY)
    qtbot.addWidget(groups)
    groups.show()
    QGuiApplication.clipboard().setText(KEY)
    groups.fields[0].setFocus()
    qtbot.keyClick(groups.fields[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert groups.right() == 8


def test_the_saved_sheet_is_a_pdf_without_a_name(qtbot: QtBot, tmp_path: Path) -> None:
    sheet = sheet_of(qtbot)
    files.answer_with(tmp_path / "document.pdf")
    sheet.save()
    written = (tmp_path / "document.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert b"Shelter" not in written


def test_the_sheet_is_printed_and_it_is_said_when(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    sheet = sheet_of(qtbot)
    printing.answer_with(lambda _parent: printer)
    try:
        sheet.print_button.click()
    finally:
        printing.answer_with(None)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert sheet._kept.isVisible()


def test_a_stick_that_cannot_be_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    sheet = sheet_of(qtbot)
    folder = tmp_path / "document.pdf"
    folder.mkdir()
    files.answer_with(folder / "missing" / "document.pdf")
    sheet.save()
    assert sheet._said.text() != ""
