"""Somebody at the keys of the real window, who knows what is written on the screen and nothing else."""

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTabBar, QWidget

from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tasks
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.next_turn import is_later
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.widgets.ask import Question
from shelter_desk.ui.window import Window
from tests.ui.window.windows import take_turns

FARTHEST = 140  # Tabs until anything in a window is reached
AFTER_A_LIST = 5  # milliseconds until the window knows that a list over it is gone
PATIENCE = 10_000  # milliseconds until something that goes on is over


def fold(text: str) -> str:
    """Without capitals, accents, mnemonics and hard spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("&", ""))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("\u00a0", " ")


def said_of(widget: QWidget) -> str:
    """What a reader of the screen says of it: its label, else what stands on it."""
    return widget.accessibleName() or str(widget.property("text") or "")


class Hands:
    """Keys pressed, words typed, fields and buttons found by what they are called, the mouse never touched.

    keys: how many were pressed so far, each Tab and each letter one.
    """

    def __init__(self, window: Window) -> None:
        self.window, self.keys = window, 0
        self.wake()

    @property
    def desk(self) -> Desk:
        """Whoever sits there."""
        assert self.window.desk is not None
        return self.window.desk

    @property
    def told(self) -> str:
        """The sentence of the message bar."""
        assert self.window.frame is not None
        return self.window.frame.bar.sentence.text().replace("\u00a0", " ")

    def at(self) -> QWidget:
        """What the keys go to."""
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None, "nothing has the keys"
        return found

    def press(self, *keys: str) -> None:
        """Press these keys, as `Ctrl+K` or `Tab`."""
        for key in keys:
            pressed = QKeySequence(key)[0]  # type: ignore[index]
            QTest.keyClick(self.at(), pressed.key(), pressed.keyboardModifiers())
            self.keys += 1
            self.settle()

    def write(self, text: str) -> None:
        """Type that, letters with accents as a French keyboard does."""
        self.keys += len(text)
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.at(), letter)
            else:  # `keyClicks` ends the program at a small letter with an accent
                key = Qt.Key(ord(letter.upper()))
                QTest.sendKeyEvent(QTest.KeyAction.Click, self.at(), key, letter, Qt.KeyboardModifier.NoModifier)

    def settle(self) -> None:
        """Until no job runs and what was put off is done, a job that begins so among it."""
        self.until(lambda: not tasks.is_busy())
        QTest.qWait(1)
        take_turns()
        self.until(lambda: not tasks.is_busy() and not is_later())

    def until(self, true: Callable[[], bool]) -> None:
        """Until that is true."""
        clock = QElapsedTimer()
        clock.start()
        while not true():
            assert clock.elapsed() < PATIENCE, "it never comes true"
            QTest.qWait(5)

    def wake(self) -> None:
        """Without a screen, a list that closes leaves no window active."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.hide()
        QTest.qWait(AFTER_A_LIST)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        QTest.qWait(AFTER_A_LIST)

    def go_to(self, name: str) -> None:
        """Tab until something called that has the keys."""
        passed = []
        for _ in range(FARTHEST):
            here = self.at()
            if fold(said_of(here)).startswith(fold(name)):
                return
            passed.append(said_of(here))
            QTest.keyClick(here, Qt.Key.Key_Tab)
            self.keys += 1
        raise AssertionError(f"Tab never reaches {name}, only {sorted(set(passed))}")

    def enter(self, *pairs: tuple[str, str]) -> None:
        """Fill these fields by their labels, in this order: lines are replaced, long lists searched, short ones walked
        down to the row that begins so.
        """
        for name, text in pairs:
            self.go_to(name)
            here = self.at()
            if isinstance(here, QComboBox) and not here.isEditable():
                self._walk_down(here, text)
                continue
            self.press("Ctrl+A")
            if isinstance(here, QComboBox):
                self._search(here, text)
            else:
                self.write(text)

    def _walk_down(self, box: QComboBox, text: str) -> None:
        self.press("Home")
        for _ in range(box.count()):
            if fold(box.currentText()).startswith(fold(text)):
                return
            self.press("Down")
        rows = [box.itemText(place) for place in range(box.count())]
        raise AssertionError(f"{text} is not among {rows}")

    def _search(self, box: QComboBox, text: str) -> None:
        self.write(text)
        completer = box.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None and popup.isVisible():
            popup.hide()
        self.wake()

    def tick(self, *names: str) -> None:
        """Tab to these boxes or buttons, and Space."""
        for name in names:
            self.go_to(name)
            self.press("Space")

    def save(self, key: str = "Ctrl+Return") -> None:
        """Do what the form is for; nothing in it may be refused."""
        self.press(key)
        fields = [field for field in self.window.findChildren(Field) if field.isVisible()]
        refused = [f"{field.label.text()}: {field.message()}" for field in fields if field.message()]
        assert not refused, refused

    def find(self, typed: str) -> None:
        """Ctrl+K, and the first that is found."""
        self.press("Ctrl+K")
        self.write(typed)
        self.press("Return", "Return")
        self.wake()

    def open_record(self, code: str, section: str = "") -> None:
        """The record of that code, at that section."""
        self.find(code)
        if section:
            self.go_to("Parties du dossier")
            self.choose_section(section)

    def choose_section(self, title: str) -> None:
        """Up or down the sections of a record to that one."""
        tabs = self.at()
        assert isinstance(tabs, QTabBar)
        titles = [fold(tabs.tabText(place)) for place in range(tabs.count())]
        wanted = next((place for place, one in enumerate(titles) if one.startswith(fold(title))), None)
        assert wanted is not None, f"there is no section {title}, only {titles}"
        for _ in titles:
            if tabs.currentIndex() == wanted:
                return
            self.press("Down" if tabs.currentIndex() < wanted else "Up")
        raise AssertionError(f"no key leads to the section {title}")

    def choose_act(self, name: str) -> None:
        """An act of the menu « Plus » of a record."""
        self.go_to("Plus")
        self.press("Space")
        assert self.window.frame is not None
        page = self.window.frame.pages["residents"]
        assert isinstance(page, ResidentsPage)
        assert self.at() is page.record.head.menu
        offered = [fold(one.text()) for one in page.record.head.acts.values() if one.isVisible() and one.isEnabled()]
        place = next(place for place, one in enumerate(offered) if one.startswith(fold(name)))
        self.press(*["Down"] * (place + 1), "Return")
        self.wake()

    def will_answer(self, text: str = "") -> None:
        """The next question that opens gets these words, and Enter."""
        QTimer.singleShot(0, self.window, lambda: self._answer(text))

    def _answer(self, text: str) -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, Question):
            self.will_answer(text)
            return
        at = asked.focusWidget()
        assert at is not None
        QTest.keyClicks(at, text)
        QTest.keyClick(at, Qt.Key.Key_Return)
        self.keys += len(text) + 1
