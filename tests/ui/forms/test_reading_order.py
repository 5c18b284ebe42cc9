"""The stop before a widget that is gone is its neighbour, not one far above it."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui.forms import reading_order
from shelter_desk.ui.widgets.layouts import in_column, in_row
from tests.ui.window.windows import settle, show_active


@pytest.mark.parametrize("gone", ["hidden", "off"])
def test_the_keys_go_to_the_neighbour_of_a_button_that_is_gone(qtbot: QtBot, gone: str) -> None:
    page, row = QWidget(), QWidget()
    above, first, second, below = (QPushButton(name) for name in ("Fermer", "Non", "Oui", "Suite"))
    in_row(first, second, within=row)
    in_column(above, row, below, within=page)
    qtbot.addWidget(page)
    show_active(qtbot, page)
    for one, expected in ((second, first), (below, second), (first, above), (above, below)):
        one.setVisible(gone != "hidden")
        one.setEnabled(gone != "off")
        settle(qtbot)
        assert reading_order.before(page, one) is expected
        one.show()
        one.setEnabled(True)
        settle(qtbot)
