"""Every form over a record by keyboard alone: Tab as it is read, the verb, then Close; Ctrl+Enter, Escape."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations import drafts
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.interviewing.interview_form import InterviewForm
from shelter_desk.ui.window import Window
from tests.ui.forms.every_form_scene import NAMES, opened
from tests.ui.residents.record_walk import CONTROL, desk_of, page_of, window
from tests.ui.window.windows import focused, settle

__all__ = ["window"]
OFFICE = 1366  # pixels of the screen of an office
MOST = 120  # stops, more than any form has
every_form = pytest.mark.parametrize("name", NAMES)
# the interview goes stage by stage, with an order of its own: tests/ui/residents/interviewing/test_interview.py
read_in_order = pytest.mark.parametrize("name", [name for name in NAMES if name != "interview"])


def place(form: ActForm, widget: QWidget) -> QRect:
    """Where it stands in the form, however far that is scrolled."""
    areas = (area.widget() for area in form.findChildren(QScrollArea))
    around: QWidget = next((inner for inner in areas if inner is not None and inner.isAncestorOf(widget)), form)
    return QRect(widget.mapTo(around, QPoint(0, 0)), widget.size())


def is_read_after(form: ActForm, one: QWidget, other: QWidget) -> bool:
    """Whether the other stands below this one, or right of it on the same line."""
    first, second = place(form, one), place(form, other)
    if second.top() >= first.bottom():
        return True
    return second.bottom() > first.top() and second.left() >= first.left()


def put_something(qtbot: QtBot, widget: QWidget) -> None:
    """What a person does at a stop: type, choose with an arrow, tick."""
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        qtbot.keyClicks(widget, "1")
    elif isinstance(widget, QComboBox):
        qtbot.keyClick(widget, Qt.Key.Key_Down)
        completer = widget.completer() if widget.isEditable() else None
        popup = completer.popup() if completer is not None else None
        if popup is not None and popup.isVisible():
            popup.hide()
    elif isinstance(widget, QAbstractButton) and widget.isCheckable():
        qtbot.keyClick(widget, Qt.Key.Key_Space)


def walk(qtbot: QtBot, form: ActForm, key: Qt.Key = Qt.Key.Key_Tab, fills: bool = False) -> list[QWidget]:
    """Where Tab stops from here on, until it leaves the form or comes round."""
    passed: list[QWidget] = []
    for _ in range(MOST):
        now = QApplication.focusWidget()
        if now is None or now in passed or not form.isAncestorOf(now):
            return passed
        passed.append(now)
        if fills:
            put_something(qtbot, now)
            now.setFocus()  # a stage of the interview leads into its first field
        shift = Qt.KeyboardModifier.ShiftModifier if key == Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier
        qtbot.keyClick(now, key, shift)
    raise AssertionError("Tab never leaves the form")


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"


@read_in_order
def test_tab_goes_down_the_form_as_it_is_read_to_the_verb_and_close_and_ctrl_enter_does_the_verb(
    qtbot: QtBot, window: Window, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened(qtbot, window, name)
    at = focused()
    assert_begins_well(qtbot, form)
    at.setFocus()
    passed = walk(qtbot, form)
    last = [part for part in form.last_stops() if part.isVisible()]
    fields = [stop for stop in passed if not any(stop is part or part.isAncestorOf(stop) for part in last)]
    pairs = pairwise(fields)
    jumps = [(told(one), told(two)) for one, two in pairs if not is_read_after(form, one, two)]
    assert jumps == []
    assert [stop for stop in passed if stop in (form.verb, form.close_button)] == [form.verb, form.close_button]
    if form.close_button.isEnabled():
        form.close_button.setFocus()
        back = walk(qtbot, form, Qt.Key.Key_Backtab)
        assert back[: len(fields)] != []
        assert [stop for stop in reversed(back) if stop in passed] == passed[: passed.index(form.close_button) + 1]
    done: list[str] = []

    def act() -> Told:
        done.append(name)
        return Told("ok", "Fait.")

    monkeypatch.setattr(form, "act", act)
    assert_ctrl_enter_does_it(qtbot, at, done)


def test_the_interview_opens_at_a_field_before_which_nothing_is_asked_and_ctrl_enter_keeps_it(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened(qtbot, window, "interview")
    assert isinstance(form, InterviewForm)
    at = focused()
    assert_begins_well(qtbot, form)
    done: list[str] = []
    monkeypatch.setattr(form, "_keep", lambda _stage: done.append("interview"))
    assert_ctrl_enter_does_it(qtbot, at, done)


def assert_ctrl_enter_does_it(qtbot: QtBot, at: QWidget, done: list[str]) -> None:
    assert done == []
    at.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    settle(qtbot)
    assert len(done) == 1


def assert_begins_well(qtbot: QtBot, form: ActForm) -> None:
    """It opens at a field, and nothing that has to be filled stands empty before it."""
    at = focused()
    assert form.isAncestorOf(at)
    assert at not in (form.verb, form.close_button)
    before = walk(qtbot, form, Qt.Key.Key_Backtab)[1:]
    assert [told(stop) for stop in before if is_asked_for(stop)] == []


def is_asked_for(stop: QWidget) -> bool:
    """Whether a field that has to be filled is empty."""
    above = stop.parentWidget()
    if not isinstance(above, Field) or not above.required:
        return False
    if isinstance(stop, QComboBox):
        return stop.currentIndex() < 0
    if isinstance(stop, QLineEdit):
        return not stop.text()
    return isinstance(stop, QPlainTextEdit) and not stop.toPlainText()


def test_tab_out_of_a_form_takes_nothing_of_the_page_with_it(qtbot: QtBot, window: Window) -> None:
    form = opened(qtbot, window, "referral")
    form.close_button.setFocus()
    for _ in range(3):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        settle(qtbot)
        qtbot.wait(1)
    record = page_of(window).record
    assert not form.isAncestorOf(focused())
    record.close_form()
    record.refresh()
    assert record.head.acts["correct"].isVisible()


def deaf_to_escape(qtbot: QtBot, form: ActForm, leave: Callable[[], None], stops: list[QWidget]) -> list[str]:
    """From which of these stops Escape does not leave the form, which stays open meanwhile."""
    heard: list[str] = []

    def hear() -> None:
        heard.append("")

    form.left.disconnect(leave)
    form.left.connect(hear)
    deaf = []
    for stop in stops:
        before = len(heard)
        stop.setFocus()
        qtbot.keyClick(focused(), Qt.Key.Key_Escape)
        if len(heard) == before:
            deaf.append(told(stop))
    form.left.disconnect(hear)
    form.left.connect(leave)
    return deaf


@every_form
def test_a_form_is_filled_on_the_way_and_escape_keeps_it_from_wherever_the_keys_are(
    qtbot: QtBot, window: Window, name: str
) -> None:
    form = opened(qtbot, window, name)
    first, widths = focused(), [window.width()]
    pristine = form.values()
    walk(qtbot, form, Qt.Key.Key_Backtab)[-1].setFocus()
    passed = walk(qtbot, form, fills=True)
    editors = [field.editor for field in form.fields.values() if field.isVisible() and field.isEnabled()]
    stops = [one for one in editors if one.focusProxy() is None and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [told(editor) for editor in stops if editor not in passed] == []
    changed = form.values() != pristine
    record = page_of(window).record
    drafting = record.drafting
    assert drafting is not None
    assert deaf_to_escape(qtbot, form, record._leave, passed) == []
    widths.append(window.width())
    first.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    kept = drafts.find(desk_of(window), drafting.name) is not None
    assert (record.form, kept) == (None, changed)
    assert [*widths, window.width()] == [OFFICE] * 3


@every_form
def test_what_is_chosen_stays_under_the_mouse(qtbot: QtBot, window: Window, name: str) -> None:
    window.resize(OFFICE, 690)
    form = opened(qtbot, window, name)
    moved = []
    for widget in walk(qtbot, form):
        if not widget.isVisible() or not isinstance(widget, QComboBox | QAbstractButton | QLineEdit | QPlainTextEdit):
            continue
        if isinstance(widget, QAbstractButton) and not widget.isCheckable():
            continue
        widget.setFocus()
        QApplication.processEvents()
        before = widget.mapTo(window, QPoint(0, 0))
        put_something(qtbot, widget)
        for _ in range(4):
            QApplication.processEvents()
        after = widget.mapTo(window, QPoint(0, 0))
        if after != before:
            moved.append(f"{told(widget)}: {before.toTuple()} {after.toTuple()}")
    assert moved == [], "\n".join(moved)
