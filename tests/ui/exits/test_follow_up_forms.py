"""A form that is left or closed: what is typed is not lost without a question."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.detail_view import DetailStep
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.ask import Question
from tests.ui.residents.residents_scene import desk
from tests.ui.window.windows import show_active

__all__ = ["desk"]
ESCAPE = Qt.Key.Key_Escape


class Answers:
    """What the person says, and how often it was asked."""

    def __init__(self) -> None:
        self.leaves = False
        self.asked = 0

    def __call__(self, _question: Question) -> str | None:
        self.asked += 1
        return "" if self.leaves else None


@pytest.fixture
def answers() -> Iterator[Answers]:
    made = Answers()
    ask.answer_with(made)
    yield made
    ask.answer_with(None)


class OneLine(ActForm):
    """A form with one field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Essai", "Enregistrer")
        self.name = LineField("Nom", key="name")
        self.body.addWidget(self.name)


class OneStep(DetailStep):
    """A step with one field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.name = LineField("Nom")
        self.fields = {"name": self.name}
        self.body.addWidget(self.name)
        self.add_foot()


@pytest.fixture(params=["form", "step"])
def form(request: pytest.FixtureRequest, qtbot: QtBot, desk: Desk) -> OneLine | OneStep:
    made = OneLine(desk) if request.param == "form" else OneStep(desk)
    qtbot.addWidget(made)
    show_active(qtbot, made)
    made.begin()
    return made


def test_a_form_nobody_typed_into_is_left_without_a_question(
    qtbot: QtBot, form: OneLine | OneStep, answers: Answers
) -> None:
    with qtbot.waitSignal(form.left):
        qtbot.keyClick(form.name.line, ESCAPE)
    assert answers.asked == 0


def test_escape_asks_before_what_was_typed_is_lost(qtbot: QtBot, form: OneLine | OneStep, answers: Answers) -> None:
    qtbot.keyClicks(form.name.line, "Awa")
    with qtbot.assertNotEmitted(form.left):
        qtbot.keyClick(form.name.line, ESCAPE)
    assert (answers.asked, form.name.text()) == (1, "Awa")
    answers.leaves = True
    with qtbot.waitSignal(form.left):
        qtbot.keyClick(form.name.line, ESCAPE)


def test_close_asks_once_before_what_was_typed_is_lost(qtbot: QtBot, form: OneLine | OneStep, answers: Answers) -> None:
    qtbot.keyClicks(form.name.line, "Awa")
    with qtbot.assertNotEmitted(form.closed):
        form.close_button.click()
    assert (answers.asked, form.name.text()) == (1, "Awa")
    answers.leaves = True
    with qtbot.waitSignal(form.closed):
        form.close_button.click()
    assert answers.asked == 2


def test_close_of_a_form_nobody_typed_into_asks_nothing(
    qtbot: QtBot, form: OneLine | OneStep, answers: Answers
) -> None:
    with qtbot.waitSignal(form.closed):
        form.close_button.click()
    assert answers.asked == 0
