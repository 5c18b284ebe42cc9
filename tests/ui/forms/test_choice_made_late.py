"""A list makes what it opens when it is opened: made with the form, a dozen of them held up the window."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui.forms.choice_field import Choice, ChoiceBox, ChoiceField

SHORT: list[Choice] = [(str(n), f"Ligne {n}") for n in range(4)]
LONG: list[Choice] = [(str(n), f"Ligne {n}, dont le texte est bien plus large que la liste fermée") for n in range(60)]


def opened_parts(box: QComboBox) -> list[QFrame]:
    return [part for part in box.findChildren(QFrame) if part.metaObject().className() == "QComboBoxPrivateContainer"]


def typed_into(field: ChoiceField, qtbot: QtBot, text: str) -> QCompleter:
    line = field.combo.lineEdit()
    assert line is not None
    qtbot.keyClicks(line, text)
    found = line.completer()
    assert found is not None
    return found


both = pytest.mark.parametrize("choices", [SHORT, LONG], ids=["short", "searched"])


@both
def test_nothing_of_what_it_opens_is_made_with_it(qtbot: QtBot, choices: list[Choice]) -> None:
    outer, around, field = QWidget(), QWidget(), ChoiceField("Liste", choices)
    qtbot.addWidget(outer)
    QVBoxLayout(around).addWidget(field)
    QHBoxLayout(outer).addWidget(around)
    outer.ensurePolished()
    field.combo.sizeHint()
    assert opened_parts(field.combo) == []
    line = field.combo.lineEdit()
    assert line is None or line.completer() is None


@both
def test_what_is_opened_is_called_as_the_list_is(qtbot: QtBot, choices: list[Choice]) -> None:
    field = ChoiceField("Liste", choices)
    qtbot.addWidget(field)
    field.set_label("Autre liste")
    with qtbot.waitExposed(field):
        field.show()
    field.combo.showPopup()
    assert field.combo.view().isVisible()
    assert field.combo.view().property("role") == "popup"
    assert field.combo.view().accessibleName() == "Autre liste"
    field.combo.hidePopup()


def rows_seen(popup: QAbstractItemView) -> float:
    """Of the height that they are laid at, which is that of their style."""
    first, second = (popup.visualRect(popup.model().index(row, 0)) for row in (0, 1))
    assert second.y() - first.y() == popup.sizeHintForRow(0)
    return popup.viewport().height() / popup.sizeHintForRow(0)


@both
def test_it_shows_whole_rows_from_the_first_time_on(qtbot: QtBot, choices: list[Choice]) -> None:
    field = ChoiceField("Liste", choices)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    seen = []
    for _ in range(2):
        field.combo.showPopup()
        seen.append(rows_seen(field.combo.view()))
        field.combo.hidePopup()
    assert seen == [min(len(choices), 12)] * 2


def test_what_is_found_is_whole_from_the_first_time_on(qtbot: QtBot) -> None:
    field = ChoiceField("Liste", LONG)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.combo.setFocus()
    popup = typed_into(field, qtbot, "ligne").popup()
    assert popup is not None
    assert rows_seen(popup) == 12
    popup.hide()


def test_a_list_that_is_searched_finds_once_it_has_the_keys(qtbot: QtBot) -> None:
    field = ChoiceField("Liste", LONG)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.combo.setFocus()
    found = typed_into(field, qtbot, "ligne 59")
    popup = found.popup()
    assert popup is not None
    assert (popup.isVisible(), found.completionCount(), popup.accessibleName()) == (True, 1, "Liste")
    popup.hide()


def test_other_rows_are_found_after_them_while_it_has_the_keys(qtbot: QtBot) -> None:
    field = ChoiceField("Liste", LONG)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.combo.setFocus()
    field.set_choices([(str(n), f"Rangée {n}") for n in range(20)])
    assert typed_into(field, qtbot, "rangee 19").completionCount() == 1
    field.combo.hidePopup()


def test_a_closed_list_is_as_wide_whatever_it_holds(qtbot: QtBot) -> None:
    """As Qt has it for a list of eight letters, which looks at each row for it."""
    wide: set[QSize] = set()
    for choices in ([], SHORT, LONG[:5]):
        box, of_qt = ChoiceBox(choices), QComboBox()
        qtbot.addWidget(box)
        qtbot.addWidget(of_qt)
        of_qt.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        of_qt.setMinimumContentsLength(8)
        for each in (box, of_qt):
            each.ensurePolished()
        wide.add(box.sizeHint())
        assert box.sizeHint() == box.minimumSizeHint() == of_qt.minimumSizeHint()
    assert len(wide) == 1


def test_a_list_that_becomes_long_and_short_again_still_takes_its_rows(qtbot: QtBot) -> None:
    field = ChoiceField("Liste", SHORT, "2")
    qtbot.addWidget(field)
    field.set_choices(LONG)
    assert (field.value(), field.combo.isEditable()) == ("2", True)
    field.set_choices(SHORT)
    assert (field.value(), field.combo.isEditable()) == ("2", False)
    field.choose(None)
    assert field.combo.currentText() == ""
    assert field.combo.placeholderText() == "Choisir"
