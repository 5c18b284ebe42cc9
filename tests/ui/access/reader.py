"""What a reader of the screen is given of a window, and somebody who has nothing else: the tree, and the keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from shelter_desk.ui import tasks
from tests.ui.window.windows import take_turns

FARTHEST = 160  # Tabs until anything in a window is reached
MOST_OF_A_GROUP = 12
MOST_CHILDREN = 400  # of a table, as many as a reader ever asks for at once
Role, Text = QAccessible.Role, QAccessible.Text


@dataclass(frozen=True, slots=True)
class Read:
    """One thing of the tree as it is read out. group: what it is one of."""

    role: str
    name: str
    value: str = ""
    told: str = ""
    group: str = ""
    states: tuple[str, ...] = ()
    depth: int = 0

    def __str__(self) -> str:
        group, value = f"[{self.group}]" if self.group else "", f"= {self.value}" if self.value else ""
        told = f"({self.told})" if self.told else ""
        parts = (self.role, group, f"« {self.name} »", value, told, *self.states)
        return "  " * self.depth + " ".join(part for part in parts if part)


def read(thing: QAccessibleInterface, depth: int = 0) -> Read:
    """That thing as it is read out."""
    state = thing.state()
    heard = (
        ("disabled", state.disabled),
        ("focused", state.focused),
        ("checked", state.checked),
        ("selected", state.selected),
        ("read-only", state.readOnly),
        ("expanded", state.expanded),
        ("password", state.passwordEdit),
    )
    states = tuple(word for word, is_so in heard if is_so)
    name, value, told = (_said(thing, which) for which in (Text.Name, Text.Value, Text.Description))
    return Read(thing.role().name, name, value, told, _group(thing), states, depth)


def _said(thing: QAccessibleInterface, which: QAccessible.Text) -> str:
    return thing.text(which).replace("\u00a0", " ").strip()


def _group(thing: QAccessibleInterface) -> str:
    around = thing.parent()
    while around is not None and around.isValid():
        if around.role() == Role.Grouping:
            return _said(around, Text.Name)
        around = around.parent()
    return ""


def tree(window: QWidget) -> Iterator[Read]:
    """Everything in sight in the order of the tree."""
    yield from _below(QAccessible.queryAccessibleInterface(window), 0)


def _below(thing: QAccessibleInterface, depth: int) -> Iterator[Read]:
    if thing.state().invisible:
        return
    yield read(thing, depth)
    for place in range(min(thing.childCount(), MOST_CHILDREN)):
        child = thing.child(place)
        if child is not None:
            yield from _below(child, depth + 1)


class Listener:
    """Somebody who hears the tree and presses keys; no widget is looked at."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def _keys_go_to(self) -> QWidget:
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None, "nothing has the keys"
        return found

    def here(self) -> Read:
        """What has the keys, as it is read out: the row or the part that they are on, where it has any."""
        thing = QAccessible.queryAccessibleInterface(self._keys_go_to())
        inner = thing.focusChild()
        return read(thing if inner is None else inner)

    def hears(self, role: str) -> list[Read]:
        """Everything of that role in the window, from above."""
        return [one for one in tree(self._window) if one.role == role]

    def press(self, *keys: str) -> None:
        """Press these keys, as `Ctrl+K` or `Tab`."""
        for key in keys:
            pressed = QKeySequence(key)[0]  # type: ignore[index]
            QTest.keyClick(self._keys_go_to(), pressed.key(), pressed.keyboardModifiers())
            self._settle()

    def write(self, text: str) -> None:
        """Type that into what has the keys."""
        QTest.keyClicks(self._keys_go_to(), text)
        self._settle()

    def _settle(self) -> None:
        """Until no job runs and what was put off is done."""
        QTest.qWait(1)
        take_turns()
        while tasks.is_busy():
            QTest.qWait(5)
            take_turns()

    def go_to(self, role: str, name: str = "", group: str = "") -> Read:
        """Tab until something of that role and group is read out whose name begins so."""
        passed = []
        for _ in range(FARTHEST):
            here = self.here()
            if here.role == role and here.name.startswith(name) and here.group == group:
                return here
            passed.append(str(here))
            QTest.keyClick(self._keys_go_to(), Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {role} « {name} », only:\n" + "\n".join(dict.fromkeys(passed)))

    def choose(self, group: str, name: str) -> Read:
        """One of a group of radio buttons: Tab there, and the arrows until its name is read out; Space."""
        heard = [self.go_to("RadioButton", group=group)]
        for key in ("Up", "Down"):
            for _ in range(MOST_OF_A_GROUP):
                if heard[-1].name.startswith(name):
                    self.press("Space")
                    return heard[-1]
                self.press(key)
                heard.append(self.here())
        raise AssertionError(f"the arrows never reach « {name} » of « {group} », only {', '.join(map(str, heard))}")

    def search(self, name: str, typed: str) -> Read:
        """A list that is searched: type a part of a row, Enter takes it."""
        self.go_to("EditableText", name)
        self.write(typed)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.hide()  # without a screen it takes the window's keys with it
            self._window.activateWindow()
        self._settle()
        self.press("Return")
        return self.here()
