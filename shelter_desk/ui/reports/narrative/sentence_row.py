"""One sentence of the narrative, with what can be done with it by key or by click."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain.reports.passages import LONGEST
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import TextField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.reports.narrative.sentences import SentenceState, ShownSentence
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row

BADGE = 124  # pixels at 100 %, so that sentences stand below each other


def _badge(state: SentenceState, *, is_own: bool) -> Badge:
    said: dict[SentenceState, tuple[str, State]] = {
        "proposed": (words.text("proposed"), "neutral"),
        "kept": (words.text("written") if is_own else words.text("kept"), "ok"),
        "typed": (words.text("changed by hand"), "ok"),
        "moved": (words.text("to renew"), "attention"),
    }
    return Badge(*said[state])


class SentenceRow(QFrame):
    """Enter keeps or renews it, F2 changes it, Delete takes it away; the arrows are those of the form.

    may_write: False of a closed month, whose narrative is read.
    """

    kept = Signal(object)  # ShownSentence, as it is proposed now
    change_wanted = Signal(object)  # ShownSentence
    dropped = Signal(object)  # ShownSentence
    step_wanted = Signal(int)  # to the next row, or the one before

    def __init__(self, shown: ShownSentence, *, may_write: bool) -> None:
        super().__init__()
        self.shown, self._may_write = shown, may_write
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        is_own = not isinstance(shown.at, str) and not shown.at.passage.proposal
        badge = _badge(shown.state, is_own=is_own)
        self.setAccessibleName(f"{badge.text()}: {shown.text}")
        self.text = Label(shown.text, wrap=True, ink="ink2" if shown.state in ("proposed", "moved") else "ink")
        self.renew = Button(words.text("Renew"), icon="check", on_click=self._keep)
        self.keep = Button(words.text("Keep"), icon="check", on_click=self._keep)
        self.change = IconButton("pencil", words.text("Change the sentence"), True, "F2", on_click=self._change)
        self.drop = IconButton("close", words.text("Take the sentence away"), True, words.text("Del"))
        self.drop.clicked.connect(self._drop)
        told = [self.text]
        if shown.state == "moved":
            now = _changed(shown.now) if shown.now else _nothing_now()
            told.append(Label(now, size="small", wrap=True))
        aside = QWidget()
        in_row(badge, STRETCH, within=aside)
        aside.setFixedWidth(tokens.wide(BADGE))
        buttons = (self.renew, self.keep, self.change, self.drop)
        for one in buttons:  # the row itself has the keys
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = Qt.AlignmentFlag.AlignTop
        in_row(
            (aside, 0),
            (in_column(*told, spacing=2), 1),
            *((one, 0, top) for one in buttons),
            within=self,
            spacing=tokens.SPACE_HALF,
            margins=(tokens.SPACE, 3),
        )
        self.renew.setVisible(may_write and self._can_renew)
        self.keep.setVisible(may_write and shown.state == "proposed")
        self.change.setVisible(may_write)
        self.drop.setVisible(may_write)

    @property
    def _can_renew(self) -> bool:
        return self.shown.state == "moved" and bool(self.shown.now)

    def _keep(self) -> None:
        if not self._may_write:
            return
        if self._can_renew and self.shown.is_typed:
            self.change_wanted.emit(self.shown)  # words of one's own are read again, not replaced
        elif self._can_renew or self.shown.state == "proposed":
            self.kept.emit(self.shown)
        else:
            self.change_wanted.emit(self.shown)

    def _step(self, step: int) -> None:
        self.step_wanted.emit(step)

    def _change(self) -> None:
        if self._may_write:
            self.change_wanted.emit(self.shown)

    def _drop(self) -> None:
        if self._may_write:
            self.dropped.emit(self.shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Return: self._keep,
            Qt.Key.Key_Enter: self._keep,
            Qt.Key.Key_F2: self._change,
            Qt.Key.Key_Delete: self._drop,
            Qt.Key.Key_Down: partial(self._step, 1),
            Qt.Key.Key_Up: partial(self._step, -1),
        }
        done = acts.get(Qt.Key(event.key()))
        if done is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        done()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._change()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color("accent"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)


def _changed(now: str) -> str:
    return words.text("The figures have changed. Now: {sentence}").format(sentence=now)


def _nothing_now() -> str:
    return words.text(
        "The figures have changed. Now there is nothing to say of it: take it away, or say it in other words."
    )


class SentenceEditor(QFrame):
    """Where a sentence is typed. Ctrl+Enter keeps it, Escape leaves it as it was.

    shown: the sentence in whose place, None for a new one.
    """

    said = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, label: str, shown: ShownSentence | None) -> None:
        super().__init__()
        self.shown = shown
        self.setProperty("role", "card")
        self.field = TextField(label, lines=2)
        self.field.set_text("" if shown is None else shown.text)
        watch(desk, self.field)
        self.room = Label(size="small", ink="ink2")
        hint = Label(size="small", ink="ink2", wrap=True)
        if shown is not None and shown.state == "moved" and shown.now:
            hint.setText(_changed(shown.now))
        hint.setVisible(bool(hint.text()))
        self.keep = Button(
            words.text("Keep the sentence"), "primary", shortcut_text=words.text("Ctrl+Enter"), on_click=self._say
        )
        self.give_up = Button(words.text("Leave as it was"), on_click=self.left)
        in_column(
            self.field,
            hint,
            in_row(self.room, STRETCH, self.give_up, self.keep, spacing=tokens.SPACE),
            within=self,
            spacing=tokens.SPACE_HALF,
            margins=tokens.SPACE,
        )
        self.field.changed.connect(self._count)
        self._count()

    def _count(self) -> None:
        told = words.text("{n} of {most} characters")
        self.room.setText(told.format(n=len(" ".join(self.field.text().split())), most=LONGEST))

    def _say(self) -> None:
        self.said.emit(self.field.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._say()
            return
        super().keyPressEvent(event)
