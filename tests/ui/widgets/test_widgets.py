"""The parts of pages, used by keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.lists.two_line_list import TwoLine, TwoLineList, TwoLineRows
from shelter_desk.ui.widgets import ask, files
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.bed_tile import BedTile, TileLook
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.chips import Chip, ChipBar
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.option_card import OptionCard, ProposalCard
from shelter_desk.ui.widgets.overlay import TrainingOverlay
from shelter_desk.ui.widgets.panel import SidePanel
from shelter_desk.ui.widgets.progress import Progress
from shelter_desk.ui.widgets.segments import Segments, Switch, Tabs


def shown(qtbot: QtBot, widget: QWidget) -> None:
    """On screen and active, so that keys and focus go where they go for a person."""
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()


def test_arrows_move_between_segments(qtbot: QtBot) -> None:
    segments = Segments([("plan", "Plan", "plan"), ("days", "Calendrier", "calendar-bars")], "plan")
    shown(qtbot, segments)
    with qtbot.waitSignal(segments.chosen) as told:
        QTest.keyClick(segments.segment("plan"), Qt.Key.Key_Right)
    assert (told.args, segments.value()) == (["days"], "days")


def test_a_click_on_a_segment_chooses_it_once(qtbot: QtBot) -> None:
    segments = Segments([("f", "Féminin"), ("m", "Masculin")])
    shown(qtbot, segments)
    told: list[str] = []
    segments.chosen.connect(told.append)
    QTest.mouseClick(segments.segment("m"), Qt.MouseButton.LeftButton)
    assert told == ["m"]


def test_segments_can_be_emptied(qtbot: QtBot) -> None:
    segments = Segments([("f", "Féminin"), ("m", "Masculin")], "f")
    qtbot.addWidget(segments)
    segments.choose(None)
    assert segments.value() is None


def test_one_filter_chip_is_on_at_a_time(qtbot: QtBot) -> None:
    bar = ChipBar([("all", "Tous", 32), ("f", "Femmes", 2)])
    shown(qtbot, bar)
    with qtbot.waitSignal(bar.chosen) as told:
        QTest.mouseClick(bar.chip("f"), Qt.MouseButton.LeftButton)
    assert (told.args, bar.on()) == (["f"], ["f"])


def test_a_chip_says_its_count_to_readers_of_screens(qtbot: QtBot) -> None:
    chip = Chip("Femmes", 2)
    qtbot.addWidget(chip)
    chip.set_count(3)
    assert chip.accessibleName() == "Femmes 3"


def test_space_turns_a_switch(qtbot: QtBot) -> None:
    switch = Switch("Masquer les noms")
    shown(qtbot, switch)
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()


def test_an_icon_button_has_a_name(qtbot: QtBot) -> None:
    button = IconButton("print", "Imprimer", shortcut_text="Ctrl+P")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Imprimer", "Imprimer (Ctrl+P)")


def test_a_button_is_as_wide_as_its_icon_text_and_key(qtbot: QtBot) -> None:
    plain, full = Button("Admettre", "primary"), Button("Admettre", "primary", "check", "Ctrl+Entrée")
    qtbot.addWidget(plain)
    qtbot.addWidget(full)
    assert full.sizeHint().width() > plain.sizeHint().width() + 28


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_chooses_the_bed_that_has_the_focus(qtbot: QtBot, key: Qt.Key) -> None:
    tile = BedTile(TileLook("1F", "7K3-QMX-E", "45 nuits", mark="F"))
    shown(qtbot, tile)
    with qtbot.waitSignal(tile.chosen) as told:
        QTest.keyClick(tile, key)
    assert told.args == ["1F"]


def test_a_tile_is_wide_enough_for_any_code(qtbot: QtBot) -> None:
    tile = BedTile(TileLook("1F", "7K3-QMX-E"))
    qtbot.addWidget(tile)
    code = tokens.metrics(bold=True).horizontalAdvance("WNP-M53-3")
    assert tile.sizeHint().width() >= code + 16


def test_escape_closes_the_side_panel(qtbot: QtBot) -> None:
    panel = SidePanel("Lit 1F")
    button = Button("Déplacer…", "action", "move", "D")
    panel.body.addWidget(button)
    shown(qtbot, panel)
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(button, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_an_empty_page_offers_its_first_step(qtbot: QtBot) -> None:
    empty = Empty("send", "Aucun référencement", "Ici se suivent les demandes.", "Référer une personne")
    shown(qtbot, empty)
    assert empty.button is not None
    with qtbot.waitSignal(empty.started) as started:
        QTest.keyClick(empty.button, Qt.Key.Key_Space)
    assert started.signal_triggered


def test_stopping_is_asked_once(qtbot: QtBot) -> None:
    progress = Progress("Sauvegarde")
    shown(qtbot, progress)
    told: list[int] = []
    progress.stopped.connect(lambda: told.append(1))
    QTest.mouseClick(progress.stop, Qt.MouseButton.LeftButton)
    QTest.mouseClick(progress.stop, Qt.MouseButton.LeftButton)
    assert told == [1]


def test_progress_counts_what_is_done(qtbot: QtBot) -> None:
    progress = Progress("Sauvegarde")
    qtbot.addWidget(progress)
    progress.refresh("Relecture", 3, 12)
    assert progress.count.text() == words.text("{done} of {total}").format(done=3, total=12)


def rows() -> TableRows[tuple[str, int]]:
    made: TableRows[tuple[str, int]] = TableRows(
        [
            TableColumn("Code", lambda row: row[0], lambda row: row[0], bold=True),
            TableColumn("Nuits", lambda row: str(row[1]), lambda row: row[1], "right"),
        ]
    )
    made.show([("BVT-24B-D", 7), ("6VM-M77-P", 11), ("BX6-9DQ-9", 5)])
    return made


def test_numbers_are_sorted_as_numbers(qtbot: QtBot) -> None:
    table = TableView(rows())
    qtbot.addWidget(table)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [row[1] for row in table.rows.rows()] == [5, 7, 11]


def test_the_chosen_row_stays_chosen_when_the_table_is_sorted(qtbot: QtBot) -> None:
    table = TableView(rows())
    qtbot.addWidget(table)
    table.go_to(1)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert table.current() == ("6VM-M77-P", 11)


def test_what_a_filter_leaves_stands_in_the_order_of_the_arrow(qtbot: QtBot) -> None:
    table = TableView(rows())
    qtbot.addWidget(table)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    table.rows.show([("BVT-24B-D", 7), ("6VM-M77-P", 11)])
    assert [row[1] for row in table.rows.rows()] == [11, 7]
    table.rows.show([("BX6-9DQ-9", 5), ("BVT-24B-D", 7), ("6VM-M77-P", 11)])
    assert [row[1] for row in table.rows.rows()] == [11, 7, 5]


def test_without_an_arrow_the_rows_stand_as_they_were_given(qtbot: QtBot) -> None:
    table = TableView(rows())
    qtbot.addWidget(table)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert [row[1] for row in table.rows.rows()] == [7, 11, 5]


def test_a_column_that_has_no_order_takes_no_arrow(qtbot: QtBot) -> None:
    made = rows()
    made.columns.append(TableColumn("Note", lambda _row: ""))
    made.show(made.rows())
    table = TableView(made)
    qtbot.addWidget(table)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    head = table.horizontalHeader()
    assert (head.sortIndicatorSection(), head.sortIndicatorOrder()) == (1, Qt.SortOrder.DescendingOrder)
    assert [row[1] for row in table.rows.rows()] == [11, 7, 5]


def test_ctrl_c_copies_the_chosen_rows_as_a_table(qtbot: QtBot) -> None:
    table = TableView(rows())
    shown(qtbot, table)
    table.go_to(0)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Code\tNuits\nBVT-24B-D\t7\n6VM-M77-P\t11"


def test_enter_opens_the_row_of_a_table(qtbot: QtBot) -> None:
    table = TableView(rows())
    shown(qtbot, table)
    table.go_to(2)
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [("BX6-9DQ-9", 5)]


def test_arrows_choose_in_a_list_of_two_lines(qtbot: QtBot) -> None:
    lines = TwoLineRows(lambda code: TwoLine(code, "27 ans", "F", minor=True, badge="Présente", badge_state="ok"))
    lines.show(["7K3-QMX-E", "H2R-8DE-H"])
    view = TwoLineList(lines)
    shown(qtbot, view)
    view.go_to(0)
    with qtbot.waitSignal(view.chosen) as told:
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert told.args == ["H2R-8DE-H"]


def test_the_last_of_very_many_rows_is_brought_into_sight(qtbot: QtBot) -> None:
    lines = TwoLineRows(TwoLine)
    view = TwoLineList(lines)
    shown(qtbot, view)
    lines.show([str(number) for number in range(24_000)])
    view.go_to(23_999)
    seen = view.visualRect(view.currentIndex())
    assert (view.current(), view.viewport().rect().contains(seen)) == ("23999", True)


def test_a_row_of_two_lines_is_read_when_it_is_first_seen(qtbot: QtBot) -> None:
    read: list[int] = []

    def line(number: int) -> TwoLine:
        read.append(number)
        return TwoLine(str(number))

    lines = TwoLineRows(line)
    lines.show(range(24_000))
    view = TwoLineList(lines)
    shown(qtbot, view)
    view.repaint()
    assert 0 < len(read) < 100


def test_a_row_of_two_lines_is_chosen_but_never_edited(qtbot: QtBot) -> None:
    lines = TwoLineRows(TwoLine)
    lines.show(["7K3-QMX-E"])
    chosen = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
    assert lines.flags(lines.index(0, 0)) == chosen


def test_a_question_is_answered_by_its_verb(qtbot: QtBot) -> None:
    question = ask.Question(None, "Effacer ?", "Tout part.", "Effacer", field_label="Motif")
    shown(qtbot, question)
    assert question.field is not None
    QTest.keyClicks(question.field, "doublon")
    with qtbot.waitSignal(question.accepted):
        QTest.mouseClick(question.verb, Qt.MouseButton.LeftButton)
    assert question.answer() == "doublon"


def test_enter_does_not_do_what_is_dangerous(qtbot: QtBot) -> None:
    question = ask.Question(None, "Effacer ?", "Tout part.", "Effacer", danger=True)
    shown(qtbot, question)
    with qtbot.waitSignal(question.rejected) as closed:
        QTest.keyClick(question, Qt.Key.Key_Return)
    assert closed.signal_triggered


def test_enter_does_what_the_button_with_the_focus_says(qtbot: QtBot) -> None:
    question = ask.Question(None, "Effacer ?", "Tout part.", "Effacer", danger=True)
    shown(qtbot, question)
    with qtbot.waitSignal(question.accepted) as done:
        QTest.keyClick(question.verb, Qt.Key.Key_Return)
    assert done.signal_triggered


def test_a_required_reason_keeps_the_verb_off_until_it_is_typed(qtbot: QtBot) -> None:
    question = ask.Question(None, "Changer ?", "Le lit change.", "Changer", field_label="Motif", required=True)
    shown(qtbot, question)
    before = question.verb.isEnabled()
    assert question.field is not None
    QTest.keyClicks(question.field, "fuite")
    assert (before, question.verb.isEnabled()) == (False, True)


def test_tests_answer_questions_through_one_function(qtbot: QtBot) -> None:
    ask.answer_with(lambda question: question.windowTitle())
    try:
        assert ask.ask(None, "Effacer ?", "Tout part.", "Effacer") == "Effacer ?"
    finally:
        ask.answer_with(None)


def test_a_closed_window_of_files_gives_no_file(qtbot: QtBot) -> None:
    files.answer_with(None)
    assert files.choose_to_open(None, "Ouvrir", "Excel (*.xlsx)") is None


def test_the_training_word_lets_the_mouse_through(qtbot: QtBot) -> None:
    window = QWidget()
    button = Button("Admettre", parent=window)
    button.move(20, 20)
    shown(qtbot, window)
    TrainingOverlay(window).show()
    assert window.childAt(button.geometry().center()) is button


def test_a_badge_says_its_state_in_a_word(qtbot: QtBot) -> None:
    badge = Badge("Complet")
    qtbot.addWidget(badge)
    badge.say("2 libres", "ok")
    assert (badge.text(), badge.state()) == ("2 libres", "ok")


def test_arrows_move_between_tabs(qtbot: QtBot) -> None:
    tabs = Tabs([("t1", "Capacité"), ("t2", "Mouvements")])
    shown(qtbot, tabs)
    with qtbot.waitSignal(tabs.chosen) as told:
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert (told.args, tabs.value()) == (["t2"], "t2")


def test_one_proposal_is_chosen_at_a_time(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    first = OptionCard(ProposalCard("1E", "1E", "Dortoir femmes", "Motif à écrire.", "Avec motif", "attention"))
    second = OptionCard(ProposalCard("3D", "3D", "Mère-enfant", "Même sexe.", "Convient", "ok"))
    column.addWidget(first)
    column.addWidget(second)
    shown(qtbot, window)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert (first.isChecked(), second.isChecked()) == (False, True)


def test_tab_leads_to_the_proposal_that_was_chosen_by_the_program(qtbot: QtBot) -> None:
    window, before = QWidget(), QLineEdit()
    column = QVBoxLayout(window)
    cards = [OptionCard(ProposalCard(code, code, "", "")) for code in "abc"]
    column.addWidget(before)
    for card in cards:
        column.addWidget(card)
    cards[0].setChecked(True)
    cards[1].setChecked(True)
    shown(qtbot, window)
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert (cards[1].hasFocus(), cards[0].isChecked()) == (True, False)


def test_a_flow_keeps_its_margins(qtbot: QtBot) -> None:
    box, row = QWidget(), Flow()
    row.setContentsMargins(16, 8, 16, 12)
    inside = QLabel("x")
    row.add(inside)
    box.setLayout(row)
    qtbot.addWidget(box)
    box.resize(200, 100)
    box.show()
    qtbot.waitExposed(box)
    assert (inside.x(), inside.y()) == (16, 8)
    assert row.heightForWidth(200) == 8 + inside.height() + 12
    assert row.minimumSize().width() >= 32 + inside.minimumSizeHint().width()
