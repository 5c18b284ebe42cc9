"""Help where the question is asked: a card below the field or in the card, by a click or F1."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.settings.own_sections import HelpSection
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.help_mark import LEAST
from shelter_desk.words.help import explanation, topics
from tests.operations.shelter import small_shelter
from tests.ui.window.windows import show_active


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


def narrow(qtbot: QtBot, width: int = 900) -> tuple[QScrollArea, LineField]:
    """A field of 150 pixels at the right of a page that scrolls."""
    page, inner = QScrollArea(), QWidget()
    page.setWidgetResizable(True)
    field = LineField("Night")
    field.explain("nuitee")
    field.setFixedWidth(150)
    column = QVBoxLayout(inner)
    column.addWidget(field, 0, Qt.AlignmentFlag.AlignRight)
    column.addWidget(LineField("Other"))
    column.addStretch(1)
    page.setWidget(inner)
    page.resize(width, 500)
    qtbot.addWidget(page)
    show_active(qtbot, page)
    field.line.setFocus()
    return page, field


@pytest.mark.parametrize("width", [900, 360])
def test_under_a_narrow_field_the_card_is_wide_and_inside_the_page(qtbot: QtBot, width: int) -> None:
    page, field = narrow(qtbot, width)
    qtbot.keyClick(field.line, Qt.Key.Key_F1)
    assert field.mark is not None
    card = field.mark.card
    assert card is not None
    inner: QWidget | None = page.widget()
    assert inner is not None
    assert card.width() == min(LEAST, inner.width() - 16)
    assert inner.rect().contains(card.geometry())
    assert card.text.height() >= card.text.heightForWidth(card.text.width())


def test_escape_closes_the_card_before_the_form(qtbot: QtBot) -> None:
    _, field = narrow(qtbot)
    qtbot.keyClick(field.line, Qt.Key.Key_F1)
    assert field.mark is not None
    assert field.mark.card is not None
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.mark.card.isHidden()


def test_the_card_goes_with_the_question(qtbot: QtBot) -> None:
    page, field = narrow(qtbot)
    qtbot.keyClick(field.line, Qt.Key.Key_F1)
    assert field.mark is not None
    assert field.mark.card is not None
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    assert page.focusWidget() is not field.line
    assert field.mark.card.isHidden()


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
