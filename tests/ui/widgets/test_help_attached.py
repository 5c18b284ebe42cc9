"""Every help card hangs on a question of the window, and F1 opens it where the focus is."""

import ast
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

import shelter_desk.ui
from shelter_desk.system import clock
from shelter_desk.ui.exits.exit_more import ChildHandover
from shelter_desk.ui.reports.export_dialog import ExportDialog
from shelter_desk.ui.reports.table_sheet import Block
from shelter_desk.ui.residents.admission.birth_field import BirthField
from shelter_desk.ui.residents.interviewing.answers import AnswerLines
from shelter_desk.ui.today.roll_call.roll_call_head import RollCallHead
from shelter_desk.ui.widgets.help_mark import Explained, HelpMark
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.help import topics
from tests.operations.shelter import small_shelter


@cache
def attached() -> set[str]:
    """The topics that a module of the window names where it makes a mark."""
    found: set[str] = set()
    for path in Path(shelter_desk.ui.__path__[0]).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        makers = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and _makes_a_mark(one)]
        tables = [
            one
            for one in ast.walk(tree)
            if isinstance(one, ast.Assign | ast.AnnAssign) and "EXPLAINED" in ast.dump(one)
        ]
        for maker in [*makers, *tables]:
            found |= {
                one.value for one in ast.walk(maker) if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
    return found


def _makes_a_mark(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in ("explain", "HelpMark", "Explained")


@pytest.mark.parametrize("topic", topics())
def test_every_card_hangs_on_a_question(topic: str) -> None:
    assert topic in attached()


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    widget.resize(900, 500)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def opened(widget: QWidget) -> set[str]:
    """The topics of the cards that are open in it."""
    marks = widget.findChildren(HelpMark)
    return {one.topic for one in marks if one.card is not None and one.card.isVisible()}


def test_f1_opens_the_five_answers_from_any_line(qtbot: QtBot) -> None:
    answers = AnswerLines(["sign_documents", "sign_debt"])
    asked = shown(qtbot, Explained(Label("The five answers", wrap=True), "reponses", answers))
    qtbot.keyClick(list(answers.lines.values())[1], Qt.Key.Key_F1)
    assert opened(asked) == {"reponses"}
    qtbot.keyClick(list(answers.lines.values())[1], Qt.Key.Key_F1)
    assert opened(asked) == set()


def test_f1_in_the_first_table_explains_the_night_and_the_occupancy(qtbot: QtBot) -> None:
    block = shown(qtbot, Block("t1", None))
    assert isinstance(block, Block)
    qtbot.keyClick(block.table, Qt.Key.Key_F1)
    assert opened(block) == {"nuitee", "occupation"}
    assert Block("t3", None).findChildren(HelpMark) == []


def test_f1_in_the_export_says_what_leaves_at_which_level(qtbot: QtBot, tmp_path: Path) -> None:
    with small_shelter(tmp_path / "shelter") as desk:
        dialog = shown(qtbot, ExportDialog(desk, "Exporter", 5))
    assert isinstance(dialog, ExportDialog)
    qtbot.keyClick(dialog.cards["public"], Qt.Key.Key_F1)
    assert opened(dialog) == {"ce_qui_sort"}
    assert dialog.result() == 0


def test_the_estimated_age_is_explained_where_it_is_asked(qtbot: QtBot) -> None:
    field = shown(qtbot, BirthField(clock.today()))
    assert isinstance(field, BirthField)
    field.how.choose("estimated")
    qtbot.keyClick(field.age, Qt.Key.Key_F1)
    assert field.age.mark is not None
    assert field.age.mark.card is not None
    assert field.age.mark.card.isVisible()


def test_the_handover_of_a_child_is_explained_at_the_decision(qtbot: QtBot) -> None:
    handover = shown(qtbot, ChildHandover([]))
    assert isinstance(handover, ChildHandover)
    qtbot.keyClick(handover.decision, Qt.Key.Key_F1)
    assert opened(handover) == {"sortie_mineur"}


def test_a_click_in_the_head_of_the_roll_call_explains_it(qtbot: QtBot) -> None:
    head = shown(qtbot, RollCallHead())
    assert isinstance(head, RollCallHead)
    qtbot.mouseClick(head.mark, Qt.MouseButton.LeftButton)
    assert opened(head) == {"appel_du_soir"}
    assert any(one.isVisible() and one.text() for one in head.findChildren(QLabel))
