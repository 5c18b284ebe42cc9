"""Help where the question is asked: a card below the field or in the card, by a click or F1."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui.settings.help_section import HelpSection
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.fields import LineField
from shelter_desk.words.help import explanation, topics
from tests.operations.shelter import small_shelter


def explained_field(qtbot: QtBot) -> LineField:
    field = LineField("Night")
    field.explain("nuitee")
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    return field


def test_a_click_opens_the_card_and_another_closes_it(qtbot: QtBot) -> None:
    field = explained_field(qtbot)
    assert field.mark is not None
    qtbot.mouseClick(field.mark, Qt.MouseButton.LeftButton)
    assert field.mark.card is not None
    assert field.mark.card.text.text() == explanation("nuitee").text
    assert field.mark.card.isVisible()
    qtbot.mouseClick(field.mark, Qt.MouseButton.LeftButton)
    assert not field.mark.card.isVisible()


def test_f1_opens_the_card_of_the_question_the_focus_is_in(qtbot: QtBot) -> None:
    field = explained_field(qtbot)
    qtbot.keyClick(field.line, Qt.Key.Key_F1)
    assert field.mark is not None
    assert field.mark.card is not None
    assert field.mark.card.isVisible()


def test_the_mark_is_no_stop_between_two_questions(qtbot: QtBot) -> None:
    both = QWidget()
    column = QVBoxLayout(both)
    first, second = LineField("First"), LineField("Second")
    first.explain("nuitee")
    second.explain("tuteur")
    column.addWidget(first)
    column.addWidget(second)
    qtbot.addWidget(both)
    both.show()
    qtbot.waitExposed(both)
    first.line.setFocus()
    qtbot.keyClick(first.line, Qt.Key.Key_Tab)
    assert both.focusWidget() is second.line


def test_a_card_explains_its_own_term_from_any_field_in_it(qtbot: QtBot) -> None:
    card, field = Card("Guardian"), LineField("Name")
    card.body.addWidget(field)
    card.explain("tuteur")
    qtbot.addWidget(card)
    card.show()
    qtbot.waitExposed(card)
    qtbot.keyClick(field.line, Qt.Key.Key_F1)
    assert card.mark is not None
    assert card.mark.card is not None
    assert card.mark.card.accessibleName() == explanation("tuteur").title


def test_the_settings_list_every_card_and_the_arrows_go_through_them(qtbot: QtBot, tmp_path: Path) -> None:
    with small_shelter(tmp_path / "shelter") as desk:
        section = HelpSection(desk)
        qtbot.addWidget(section)
        section.show()
        qtbot.waitExposed(section)
        seen = set()
        for _ in topics():
            assert section.card is not None
            seen.add(section.card.accessibleName())
            qtbot.keyClick(section.list, Qt.Key.Key_Down)
    assert seen == {explanation(topic).title for topic in topics()}
