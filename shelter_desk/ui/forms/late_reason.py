"""Why a fact of a closed month is written now: asked once, above the button, and only where it is needed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.asked_words import ask_words
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import closing as closing_words

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

T = TypeVar("T")
OTHER = "autre"  # a reason in words of one's own


class LateReason(QWidget):
    """The closed months, the reasons, and words beside them; empty and hidden until a month is refused.

    reason, more: None until then. remembered: what was said of other acts of the day, of which nothing is asked again.
    moved_on: the real day of a movement of the stock that is dated today, while that is offered. agreed: that is done
    at once, as typed late unless another reason is chosen; the button is there where `offers` says so.
    """

    agreed = Signal()
    offers = False

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.moved_on: date | None = None
        self.reason: ChoiceField | None = None
        self.more: LineField | None = None
        self.remembered = ""
        self.hide()

    def _made(self) -> tuple[ChoiceField, LineField]:
        if self.reason is not None and self.more is not None:
            return self.reason, self.more
        reasons = [(str(code), said) for code, said in closing_words.late_reasons().items()]
        self.told = Label("", wrap=True)
        self.reason = ChoiceField(
            words.text("Why it comes late"), [*reasons, (OTHER, words.text("Another reason"))], required=True
        )
        self.reason.explain("mois_clos")
        self.more = LineField(words.text("More precisely, without a name"), open_words=True)
        watch(self._desk, self.more)
        self.reason.setFixedWidth(tokens.wide(300))
        self.agree = Button("", "primary", "calendar", on_click=self.agreed)
        self.agree.hide()
        badge, top = Badge(words.text("closed month"), "attention", "lock"), Qt.AlignmentFlag.AlignTop
        in_column(
            in_row((badge, 0, top), (self.told, 1), spacing=tokens.SPACE),
            in_row((self.reason, 0, top), (self.more, 1, top), spacing=tokens.SPACE_2),
            (self.agree, 0, Qt.AlignmentFlag.AlignLeft),
            within=self,
            spacing=tokens.SPACE,
        )
        return self.reason, self.more

    def expect(self, months: tuple[Period, ...], moved_on: date | None = None) -> None:
        """Say beforehand which months are closed, so that it can be said why; nothing for none."""
        if not months:
            self.forget()
            return
        self._made()
        self.moved_on = moved_on
        self.told.setText(sentence(NeedsLateReason(months, moved_on)))
        self.agree.setVisible(self.offers and moved_on is not None)
        if moved_on is not None:
            self.agree.setText(closing_words.date_it_today(moved_on))
        self.show()

    def ask(self, refused: NeedsLateReason) -> None:
        """Say which months are closed and ask why; where a reason is missing once more, say so beside it."""
        was_asked = not self.isHidden()
        self.expect(refused.months, refused.moved_on)
        reason, more = self._made()
        if self.offers and self.moved_on is not None and not was_asked:
            reason.choose("saisie_tardive")
            self.agree.setFocus(Qt.FocusReason.OtherFocusReason)
        elif was_asked and reason.code() == OTHER:
            refuse(more, sentence(Missing("reason")))
        elif was_asked:
            refuse(reason, words.text("Choose why it comes late."))
        else:
            reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> str:
        """The reason as the journal keeps it, "" where none was asked for or said."""
        if self.reason is None or self.more is None or self.isHidden():
            return self.remembered
        code, more = self.reason.code(), self.more.text()
        return more if code == OTHER else ": ".join(filter(None, (code, more))) if code else ""

    @contextmanager
    def given(self) -> Iterator[None]:
        """What is written inside comes late for the reason that was said."""
        for field in (self.reason, self.more):
            if field is not None:
                field.clear()
        with self._desk.because_late(self.said()):
            yield

    def attempt(self, act: Callable[[], T]) -> T | None:
        """What that returns, written for the reason that was said; None where one is missing, which is asked."""
        try:
            with self.given():
                return act()
        except NeedsLateReason as refused:
            self.ask(refused)
            return None

    def forget(self) -> None:
        """It is written: the next act is asked again."""
        self.hide()
        self.moved_on = None
        if self.reason is not None and self.more is not None:
            self.reason.choose(None)
            self.more.set_text("")


def asking_late(parent: QWidget, desk: "Desk", act: Callable[[], T]) -> T:
    """What that returns, for an act of one button that has no form: a question asks why it comes late.

    Raises NeedsLateReason where the person turns back.
    """
    try:
        return act()
    except NeedsLateReason as refused:
        question, verb = words.text("Why does this come late?"), words.text("Record")
        label = words.text("Reason, without a name")
        reason = ask_words(parent, desk, question, sentence(refused), verb, label)
        if reason is None:
            raise
    with desk.because_late(reason):
        return act()
