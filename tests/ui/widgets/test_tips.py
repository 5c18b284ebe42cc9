"""What is said where the mouse rests is never read as a page: a name may hold anything."""

import pytest
from PySide6.QtGui import QTextDocumentFragment
from pytestqt.qtbot import QtBot

from shelter_desk.ui.widgets.label import ElidedLabel
from shelter_desk.ui.widgets.tips import plain

TAGGED = 'Riz <img src="//elsewhere/a.png"> & <b>sacs</b>'


@pytest.mark.parametrize("text", [TAGGED, "Awa Traoré", "2 < 3 & 4", ""])
def test_a_text_is_read_as_it_was_typed(text: str) -> None:
    tip = plain(text)
    shown = QTextDocumentFragment.fromHtml(tip).toPlainText() if tip != text else tip
    assert shown == text
    assert "<img" not in tip


def test_a_name_that_is_cut_short_is_shown_whole_and_not_fetched(qtbot: QtBot) -> None:
    label = ElidedLabel(TAGGED)
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.grab()
    assert label.toolTip() == plain(TAGGED) != TAGGED
