"""A dialog opens in the middle of the window it belongs to, whichever part of the page asks."""

import pytest
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.frame.acts_dialog import ActsDialog
from shelter_desk.ui.guide.guide_window import GuideWindow
from shelter_desk.ui.reports.period_head import FreePeriod
from shelter_desk.ui.widgets.ask import Question
from tests.ui.today.today_scene import desk
from tests.ui.window.windows import show_active

__all__ = ["desk"]
NEAR = 24  # pixels that the frame of a window may take


def _made(desk: Desk, kind: str, part: QWidget) -> QDialog:
    if kind == "question":
        return Question(part, "Échanger les lits ?", "Vous pourrez annuler. " * 9, "Échanger", field_label="Motif")
    if kind == "acts":
        return ActsDialog(desk, lambda _seq: None, part.window())
    if kind == "period":
        return FreePeriod(desk.today(), Period(desk.today(), desk.today()), part)
    return GuideWindow(desk.role, part.window())


@pytest.mark.parametrize("kind", ["question", "acts", "period", "guide"])
def test_it_opens_in_the_middle_of_its_window(qtbot: QtBot, desk: Desk, kind: str) -> None:
    window = QWidget()
    part = QWidget()
    QVBoxLayout(window).addWidget(part)
    qtbot.addWidget(window)
    window.setGeometry(20, 40, 760, 700)
    show_active(qtbot, window)
    dialog = _made(desk, kind, part)
    qtbot.addWidget(dialog)
    dialog.show()
    away = dialog.frameGeometry().center() - window.frameGeometry().center()
    assert (abs(away.x()) <= NEAR, abs(away.y()) <= NEAR) == (True, True), away
