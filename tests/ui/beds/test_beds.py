"""The plan of the beds, used by keys and clicks on a real shelter."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations import desk as desks
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences, roll_call, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.storage.file import journal
from shelter_desk.ui.beds import head, mover
from shelter_desk.ui.beds.bed_views import ReasonFace
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.beds.tiles import mat_key, stay_key
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats
from tests.operations import shelter
from tests.ui.beds.beds_scene import Open, code_in, drop, face_of, key, press, sleeper, tile


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with shelter.small_shelter(tmp_path) as made:
        yield made


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Open:
    """Opens the page once the shelter is as a test wants it."""

    kept: list[BedsPage] = []  # qtbot holds windows weakly

    def show() -> BedsPage:
        page = BedsPage(desk)
        kept.append(page)
        page.resize(1270, 696)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        return page

    return show


@pytest.fixture
def answers() -> Iterator[list[str | None]]:
    """What the next questions are answered; the questions asked are kept in `asked`."""
    given: list[str | None] = []
    ask.answer_with(lambda _: given.pop(0))
    yield given
    ask.answer_with(None)


def test_arrows_go_to_the_bed_that_lies_next(opened: Open) -> None:
    page = opened()
    page.plan.go_to(key(page.desk, "1A"))
    press(page, Qt.Key.Key_Right)
    assert tile(page, "1B").hasFocus()


def test_down_goes_to_the_room_below(opened: Open) -> None:
    page = opened()
    page.plan.go_to(key(page.desk, "1A"))
    press(page, Qt.Key.Key_Down)
    assert tile(page, "2A").hasFocus()


def test_enter_opens_the_panel_of_the_bed(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1B")
    page = opened()
    page.plan.go_to(key(desk, "1B"))
    press(page, Qt.Key.Key_Return)
    face = face_of(page, ResidentFace)
    assert isinstance(face, ResidentFace)
    assert face.one.person.code == admitted.code


def test_escape_closes_the_panel_and_goes_back_to_the_bed(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1B")
    page = opened()
    page.open_panel(key(desk, "1B"))
    press(page, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    assert tile(page, "1B").hasFocus()


def test_d_and_enter_move_a_resident(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    page = opened()
    page.plan.go_to(key(desk, "1A"))
    press(page, Qt.Key.Key_D)
    press(page, Qt.Key.Key_Return)
    assert code_in(desk, "1B") == admitted.code
    assert code_in(desk, "1A") == ""


def test_a_move_is_told_with_what_undoes_it(qtbot: QtBot, desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    page = opened()
    page.act("move", key(desk, "1A"))
    with qtbot.waitSignal(page.told) as told:
        page.mover.choose(key(desk, "1C"))
    said = told.args[0]
    assert isinstance(said, Told)
    assert said.done is not None
    desks.undo(desk, said.done)
    assert code_in(desk, "1A") == admitted.code


def test_an_undo_is_seen_on_the_plan(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    page = opened()
    done = stays.move(desk, admitted.stay, Spot("lit", shelter.bed(desk, "1C").id), desk.now())
    page.changed(done.changes)
    desks.undo(desk, done)
    page.changed(done.changes)
    assert tile(page, "1A").look.line2 == admitted.code


def test_escape_gives_a_move_up(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    page = opened()
    page.plan.go_to(key(desk, "1A"))
    press(page, Qt.Key.Key_D)
    press(page, Qt.Key.Key_Escape)
    assert page.mover.moving is None
    assert tile(page, "1A").look.state == "occupied"
    assert code_in(desk, "1A") == admitted.code


def test_arrows_pass_over_beds_that_cannot_be_chosen(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    shelter.admit(desk, "1B")
    shelter.admit(desk, "1C")
    page = opened()
    page.act("move", key(desk, "1C"))
    page.plan.go_to(key(desk, "1D"))
    press(page, Qt.Key.Key_Left)
    assert not any(tile(page, code).hasFocus() for code in ("1A", "1B", "1C"))


def test_a_bed_that_is_taken_is_sunken_while_somebody_is_moved(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    shelter.admit(desk, "1B")
    page = opened()
    page.act("move", key(desk, "1A"))
    assert (tile(page, "1B").look.state, tile(page, "1D").look.state) == ("unfit", "target")


def test_e_and_enter_swap_two_residents_once_confirmed(desk: Desk, opened: Open, answers: list[str | None]) -> None:
    one, other = shelter.admit(desk, "1A"), shelter.admit(desk, "1B")
    answers.append("")
    page = opened()
    page.plan.go_to(key(desk, "1A"))
    press(page, Qt.Key.Key_E)
    press(page, Qt.Key.Key_Return)
    assert (code_in(desk, "1A"), code_in(desk, "1B")) == (other.code, one.code)


def test_a_swap_that_is_not_confirmed_changes_nothing(desk: Desk, opened: Open, answers: list[str | None]) -> None:
    one = shelter.admit(desk, "1A")
    shelter.admit(desk, "1B")
    answers.append(None)
    page = opened()
    page.act("swap", key(desk, "1A"))
    page.mover.choose(key(desk, "1B"))
    assert code_in(desk, "1A") == one.code


def test_a_tile_dropped_on_a_free_bed_moves(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    page = opened()
    drop(page, "1A", "1D")
    assert code_in(desk, "1D") == admitted.code


def test_a_drop_of_somebody_away_says_so(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A", days=5)
    absences.be_away(desk, admitted.stay, "hopital", shelter.days_ago(2).date())
    page = opened()
    told: list[Told] = []
    page.told.connect(told.append)
    drop(page, "1A", "1D")
    assert code_in(desk, "1D") == admitted.code
    since = formats.day(shelter.days_ago(2).date())
    assert [(one.state, f"Hors du centre depuis le {since}" in one.sentence) for one in told] == [("attention", True)]
    assert told[0].done is not None


def test_a_swap_asked_by_a_drop_says_who_is_away(desk: Desk, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    shelter.admit(desk, "1A")
    other = shelter.admit(desk, "1B", days=5)
    absences.be_away(desk, other.stay, "hopital", shelter.days_ago(2).date())
    asked: list[str] = []
    monkeypatch.setattr(mover, "ask", lambda _window, _question, told, *_more, **_rest: asked.append(told))
    drop(opened(), "1A", "1B")
    assert [other.code in one.rpartition("Hors du centre")[2] for one in asked] == [True]


def test_a_tile_dropped_on_somebody_asks_to_swap(desk: Desk, opened: Open, answers: list[str | None]) -> None:
    one, other = shelter.admit(desk, "1A"), shelter.admit(desk, "1B")
    answers.append("")
    page = opened()
    drop(page, "1A", "1B")
    assert (code_in(desk, "1A"), code_in(desk, "1B")) == (other.code, one.code)


def test_a_drop_waits_for_the_end_of_its_drag(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    page = opened()
    tile(page, "1A").drag_begun.emit(key(desk, "1A"))
    drop(page, "1A", "1D")
    before = code_in(desk, "1D")
    tile(page, "1A").drag_over.emit()
    assert (before, code_in(desk, "1D")) == ("", admitted.code)


def test_a_room_for_the_other_sex_asks_the_manager_for_a_reason(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "2A", sex="m")
    page = opened()
    page.act("move", key(desk, "2A"))
    page.mover.choose(key(desk, "1A"))
    assert isinstance(page.panel.face, ReasonFace)
    assert code_in(desk, "1A") == ""


def test_without_a_reason_the_rule_is_not_set_aside(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "2A", sex="m")
    page = opened()
    page.act("move", key(desk, "2A"))
    page.mover.choose(key(desk, "1A"))
    face = face_of(page, ReasonFace)
    assert isinstance(face, ReasonFace)
    face.verb.click()
    assert face.reason.state() == "blocked"
    assert code_in(desk, "1A") == ""


def test_the_reason_is_kept_with_the_bed(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "2A", sex="m")
    page = opened()
    page.act("move", key(desk, "2A"))
    page.mover.choose(key(desk, "1A"))
    face = face_of(page, ReasonFace)
    assert isinstance(face, ReasonFace)
    face.reason.set_text("Inondation")
    face.verb.click()
    one = sleeper(desk, "1A")
    assert one is not None
    assert one.placement is not None
    assert (one.placement.override_rule, one.placement.override_reason) == ("R-06", "Inondation")


def test_who_may_not_set_rules_aside_cannot_choose_that_room(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "2A", sex="m")
    desk.role = Role.CASE_WORKER
    page = opened()
    page.act("move", key(desk, "2A"))
    assert tile(page, "1A").look.state == "unfit"


def test_somebody_can_be_moved_to_a_mat(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    page = opened()
    room = shelter.bed(desk, "1A").room
    page.act("move", key(desk, "1A"))
    page.mover.choose(mat_key(room))
    page.close_panel()
    assert page.plan.tiles[stay_key(admitted.stay)].look.state == "extra"


def test_somebody_without_a_known_bed_is_on_the_plan(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk)
    page = opened()
    assert page.plan.tiles[stay_key(admitted.stay)].look.line2 == admitted.code


def test_a_family_room_with_a_family_is_free_for_nobody_else(desk: Desk, opened: Open) -> None:
    page = opened()
    before = page.strip.chips.chips["families"].count()
    shelter.admit(desk, "4A")
    page.refresh()
    assert (before, page.strip.chips.chips["families"].count()) == (2, 0)


def test_a_chip_dims_the_rooms_for_others(opened: Open) -> None:
    page = opened()
    QTest.mouseClick(page.strip.chips.chips["men"], Qt.MouseButton.LeftButton)
    assert [card.look.dimmed for card in page.plan.cards] == [True, False, True, True]


def two_on_mats(desk: Desk) -> None:
    """Two women on mats in the full room 1; the eight other beds are free."""
    for code in ("1A", "1B", "1C", "1D"):
        shelter.admit(desk, code)
    for _ in range(2):
        stays.move(desk, shelter.admit(desk).stay, Spot("appoint", None, shelter.bed(desk, "1A").room), desk.now())


def test_more_persons_than_beds_are_never_set_against_free_ones(desk: Desk, opened: Open) -> None:
    two_on_mats(desk)
    page = opened()
    free = bed_board.board(desk, desk.today()).free
    assert (free, page.strip.chips.over.isVisible(), page.strip.chips.over.text()) == (
        8,
        True,
        "2 personnes en surcapacité",
    )


def test_the_list_of_the_night_says_how_many_are_too_many(desk: Desk) -> None:
    two_on_mats(desk)
    assert "8 lits libres sur 12 utilisables. 2 personnes en surcapacité." in head.night_list_html(
        bed_board.board(desk, desk.today()), training=False, sigle=""
    )


def test_a_past_night_is_only_looked_at(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A", days=10)
    page = opened()
    page.head.night.go_before()
    page.act("move", key(desk, "1A"))
    assert page.mover.moving is None
    assert not page.head.find_button.isEnabled()


def test_a_past_night_shows_who_slept_there_then(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A", days=10)
    stays.move(desk, admitted.stay, Spot("lit", shelter.bed(desk, "1B").id), desk.now())
    page = opened()
    page.head.night.go_before()
    assert tile(page, "1A").look.line2 == admitted.code


def test_the_night_reception_goes_back_as_far_as_the_roll_is_called(desk: Desk, opened: Open) -> None:
    desk.role = Role.RECEPTION
    page, first = opened(), roll_call.nights_to_call(desk)[0]
    page.head.night.go_to(shelter.days_ago(40).date())
    assert (page.night, page.head.night.before.isEnabled()) == (first, False)
    assert page.board is not None
    assert page.board.night == first


def test_letters_typed_in_a_field_do_nothing_else(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    page = opened()
    page.open_panel(key(desk, "1A"))
    page.head.night.line.setFocus()
    press(page, Qt.Key.Key_D)
    assert page.mover.moving is None


def test_a_night_typed_is_shown(desk: Desk, opened: Open) -> None:
    page = opened()
    page.head.night.line.setFocus()
    wanted = shelter.days_ago(3).date()
    page.head.night.line.setText(f"{wanted:%d/%m/%Y}")
    press(page, Qt.Key.Key_Return)
    assert page.night == wanted


def test_the_list_of_the_night_holds_codes_and_no_name(desk: Desk) -> None:
    admitted = shelter.admit(desk, "1A", names=Names("Kassogué", "Awa"))
    sheet = head.night_list_html(bed_board.board(desk, desk.today()), training=False, sigle="C7")
    assert admitted.code in sheet
    assert "Kassogu" not in sheet


def test_the_search_opens_a_bed_on_the_plan(desk: Desk, opened: Open) -> None:
    page = opened()
    page.show_bed(shelter.bed(desk, "2C").id)
    assert page.chosen == key(desk, "2C")
    assert page.panel.isVisible()


def test_a_stay_over_its_limit_wears_a_triangle(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A", days=3)
    shelter.admit(desk, "1B", days=40)
    page = opened()
    assert (tile(page, "1A").look.icon, tile(page, "1B").look.icon) == (None, "triangle")


def test_on_a_narrow_page_the_panel_covers_the_plan_and_leaves_it_for_a_move(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    page = opened()
    page.resize(800, 696)
    page.open_panel(key(desk, "1A"))
    covered = not page.plan.isVisible()
    page.act("move", page.chosen)
    assert covered
    assert page.plan.isVisible()
    assert page.plan.columns() == 1


def test_nothing_can_be_dragged_on_a_past_night(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A", days=5)
    page = opened()
    tonight = tile(page, "1A").draggable
    page.head.night.go_before()
    assert (tonight, tile(page, "1A").draggable) == (True, False)


def test_escape_in_the_reason_gives_the_move_up(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "2A", sex="m")
    page = opened()
    page.act("move", key(desk, "2A"))
    page.mover.choose(key(desk, "1A"))
    press(page, Qt.Key.Key_Escape)
    assert not isinstance(page.panel.face, ReasonFace)
    assert (page.mover.moving, code_in(desk, "1A")) == (None, "")


def test_the_list_of_the_night_is_printed(qtbot: QtBot, desk: Desk, opened: Open, tmp_path: Path) -> None:
    shelter.admit(desk, "1A")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "list.pdf"))
    page = opened()
    printing.answer_with(lambda _: printer)
    try:
        with qtbot.waitSignal(page.told):
            page.head.print_button.click()
    finally:
        printing.answer_with(None)
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    with desk.reading() as connection:
        *_, last = journal.lines(connection)
    assert (last.action, last.subject) == ("night_list_printed", desk.today().isoformat())
