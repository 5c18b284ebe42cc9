"""Something sealed is opened for a reason: one digit, kept in the journal, asked once for each record and session."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from shelter_desk.domain.errors import Missing, NotInList
from shelter_desk.operations.casefile import assessments
from shelter_desk.operations.casefile.assessments import AssessmentLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import sealed_access
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.file import journal
from shelter_desk.ui.forms import reading_reason
from shelter_desk.ui.forms.reading_reason import Answer, ReadingReason
from shelter_desk.ui.residents.casefile.vulnerability_tab import VersionView
from tests.operations.assessment_scene import desk, resident, some

__all__ = ["desk", "resident"]


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, resident: Admitted) -> VersionView:
    assessments.assess(desk, some(resident))
    line: AssessmentLine = assessments.of(desk, resident.person)[0]
    made = VersionView(desk, line, None, {}, resident.code)
    qtbot.addWidget(made)
    return made


def asked(answers: list[Answer | None]) -> list[str]:
    """Answer the questions to come in that order; what they were asked about."""
    said: list[str] = []

    def answer(dialog: ReadingReason) -> Answer | None:
        said.append(dialog.windowTitle())
        return answers[len(said) - 1]

    reading_reason.answer_with(answer)
    return said


def read_lines(desk: Desk) -> list[str]:
    with desk.reading() as connection:
        return [one.opened for one in journal.lines(connection) if one.action == "assessment_read"]


def test_the_reason_stands_in_the_journal_line_of_the_reading(view: VersionView, desk: Desk) -> None:
    asked([("decision", "")])
    view.read()
    assert not view.words.isHidden()
    (details,) = read_lines(desk)
    assert '"read_for": "decision"' in details.replace('":"', '": "')


def test_it_is_asked_once_for_a_record_and_session(view: VersionView, desk: Desk, resident: Admitted) -> None:
    said = asked([("suivi", "")])
    for _ in range(3):
        view.read()
    assert (len(said), len(read_lines(desk))) == (1, 2)
    assert sealed_access.is_said(desk, resident.code)
    assert not sealed_access.is_said(desk, "another")


def test_who_turns_back_opens_nothing(view: VersionView, desk: Desk) -> None:
    asked([None])
    view.read()
    assert (view.words.isHidden(), read_lines(desk)) == (True, [])


def shown(qtbot: QtBot) -> ReadingReason:
    dialog = ReadingReason("7K3-QMX-E")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


@pytest.mark.parametrize(("key", "reason"), [(Qt.Key.Key_1, "suivi"), (Qt.Key.Key_3, "referencement")])
def test_one_digit_is_enough(qtbot: QtBot, key: Qt.Key, reason: str) -> None:
    dialog = shown(qtbot)
    qtbot.keyClick(dialog, key)
    assert (dialog.result(), dialog.reason) == (QDialog.DialogCode.Accepted, reason)


def test_a_check_is_told_in_words(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_5)
    qtbot.keyClick(dialog.told, Qt.Key.Key_Return)
    waits = dialog.isVisible()
    qtbot.keyClicks(dialog.told, "audit 2026")
    qtbot.keyClick(dialog.told, Qt.Key.Key_Return)
    assert (waits, dialog.result()) == (True, QDialog.DialogCode.Accepted)


def test_a_check_without_words_and_an_unknown_reason_are_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Missing):
        sealed_access.say(desk, "7K3-QMX-E", "controle", " ")
    with pytest.raises(NotInList):
        sealed_access.say(desk, "7K3-QMX-E", "curiosite")
    assert not sealed_access.is_said(desk, "7K3-QMX-E")
