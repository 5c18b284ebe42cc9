"""The message bar: what happened, and the one thing to do about it."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.badge import ICONS
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.label import IconLabel, Label, TwoLineLabel
from shelter_desk.ui.widgets.layouts import in_row

MessageState = Literal["ok", "attention", "blocked", "held"]
HEIGHT = 36  # of the line at the foot of the window, which a message fills without moving the page


class MessageBar(QWidget):
    """One sentence with one verb, as high as its line; stays until the next one. Hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state: MessageState = "ok"
        self._action: Callable[[], None] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(tokens.high(HEIGHT))
        self._icon = IconLabel("circle-check", "ok")
        self.sentence = TwoLineLabel()
        self.verb = Button("", kind="quiet", on_click=self._do)
        self._other_action: Callable[[], None] | None = None
        self.other_verb = Button("", kind="quiet", on_click=self._do_other)
        self._key = Label(size="small", ink="ink2")
        self.close_button = IconButton("close", words.text("Close the message"), bare=True, on_click=self.clear)
        self._shortcut = QShortcut(self)
        self._shortcut.activated.connect(self._do)
        in_row(
            self._icon,
            (self.sentence, 1),
            self._key,
            self.verb,
            self.other_verb,
            self.close_button,
            within=self,
            spacing=tokens.SPACE,
            margins=(13, 0, 4, 0),
        )
        self.hide()

    def say(
        self,
        state: MessageState,
        sentence: str,
        verb: str | None = None,
        action: Callable[[], None] | None = None,
        shortcut: QKeySequence | QKeySequence.StandardKey | str | None = None,
        shortcut_text: str | None = None,
        other: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Show what happened.

        action: what the verb does, once; the bar is cleared before it runs. shortcut: the key bound to it while it is
        shown; shortcut_text: how the key is printed, by default as Qt names it. other: a second verb and what it does.
        """
        self.state, self._action = state, action
        self._icon.show_icon(ICONS[state] or "info", state)
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.verb.setText(verb or "")
        self.verb.setVisible(verb is not None)
        self._other_action = None if other is None else other[1]
        self.other_verb.setText("" if other is None else other[0])
        self.other_verb.setVisible(other is not None)
        keys = QKeySequence(shortcut) if shortcut is not None else QKeySequence()
        self._shortcut.setKey(keys)
        self._shortcut.setEnabled(action is not None and not keys.isEmpty())
        self._key.setText(shortcut_text or keys.toString(QKeySequence.SequenceFormat.NativeText))
        self._key.setVisible(bool(self._key.text()))
        self.show()
        self.update()
        from shelter_desk.ui import painted_roles

        painted_roles.announce(self, sentence)

    def first(self) -> QWidget | None:
        """Where the keys go in it, None while there is no message."""
        if self.isHidden():
            return None
        return self.close_button if self.verb.isHidden() else self.verb

    @Slot()
    def clear(self) -> None:
        """Take the message away; its verb can no longer be done."""
        self._action = self._other_action = None
        self._shortcut.setEnabled(False)
        self.hide()

    @Slot()
    def _do(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()

    @Slot()
    def _do_other(self) -> None:
        action = self._other_action
        self.clear()
        if action is not None:
            action()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color(f"{self.state}_line"))
        painter.setBrush(tokens.color(f"{self.state}_soft"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
