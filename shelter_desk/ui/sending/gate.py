"""The gate: for whom a file is written, what for, by which way, at which level; asked before anything is written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import REMIND_AFTER, GateAnswers, check_said
from shelter_desk.domain.sending.recipients import EXACT, INTERNAL, USUAL, KnownRecipient, check_level
from shelter_desk.domain.sending.refusals import WordsUnread
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import recipients, sendings
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.guided_dialog import GuidedDialog
from shelter_desk.ui.widgets.help_mark import HelpMark, explains
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, keep_room, scrolling
from shelter_desk.ui.widgets.option_card import OptionCard, ProposalCard
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.ui.window_place import widen
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

HERE, NEW, GIVEN = "here", "new", "given"  # in place of the number of a recipient


class GateFields(QObject):
    """Recipient, purpose, channel, who carries it. proposed: the purpose that is usual for such a file.

    to: who gets it, and it is for what is proposed, where that is settled. on_paper: it could leave that way.
    """

    turned = Signal()  # somebody else, or nobody, is to get it

    def __init__(self, desk: Desk, proposed: str, to: str = "", *, on_paper: bool = True) -> None:
        super().__init__()
        self._desk, self._to = desk, to
        self.known = {str(one.id): one for one in recipients.recipients(desk) if one.is_active}
        offered = [(key, one.name) for key, one in self.known.items()]
        more = [(NEW, words.text("Somebody else…")), (HERE, words.text("Nobody: it stays here"))]
        choices = [(GIVEN, to)] if to else [*offered, *more]
        only = GIVEN if to else None
        self.recipient = ChoiceField(words.text("Recipient"), choices, only, required=True, key="recipient")
        self.recipient.setDisabled(bool(to))
        self.name = LineField(words.text("Name of the recipient"), key="recipient_name", required=True)
        self.kind = CodeField(words.text("Kind of recipient"), "recipient_kind", "autre")
        self.purpose = CodeField(words.text("What for"), "sending_purpose", proposed, required=True, key="purpose")
        self.more = LineField(words.text("In words"), key="purpose_words")
        self.agreement = Label(size="small", ink="ink2", wrap=True)
        ways = [one for one in code_lists.of("sending_channel") if on_paper or one[0] != "papier"]
        self.channel = Segments(ways, "papier" if to and on_paper else "courriel", words.text("Channel"))
        self.carried_by = LineField(words.text("Sent by"), key="carried_by", text=desk.user_name)
        self.due = desk.today() + REMIND_AFTER
        told = words.text("Wait for an acknowledgement until {day}").format(day=formats.day(self.due))
        self.waits = QCheckBox(told)
        self.waits.setChecked(not to)
        self.fields: dict[str, Field] = {
            one.key: one for one in (self.recipient, self.name, self.purpose, self.more, self.carried_by)
        }
        self._new = QWidget()
        in_row((self.name, 2), (self.kind, 1), within=self._new, spacing=tokens.SPACE_2)
        self.recipient.chosen.connect(self._turn)
        self.purpose.chosen.connect(self._turn)
        self.first = in_column(
            in_row((self.recipient, 1), (self.purpose, 1), spacing=tokens.SPACE_2), self._new, self.more
        )
        self.last = in_column(
            self.agreement,
            in_row(
                in_column(Label(words.text("Channel"), size="small", bold=True), self.channel, spacing=4),
                (self.carried_by, 1),
                spacing=tokens.SPACE_2,
            ),
            self.waits,
        )
        self._turn("")

    @property
    def who(self) -> KnownRecipient | None:
        """As the directory has them, None for anybody else."""
        return recipients.named(self._desk, self._to) if self._to else self.known.get(self.recipient.code())

    @property
    def stays(self) -> bool:
        """Whether it is said that nobody gets it."""
        return self.recipient.code() == HERE

    def stay_here(self) -> None:
        """Propose that nobody gets it."""
        self.recipient.choose(HERE)
        self._turn(HERE)

    def propose(self, name: str) -> None:
        """Choose who has that name; who is in no directory is typed in."""
        if not name:
            return
        code = next((key for key, one in self.known.items() if one.name == name), NEW)
        self.recipient.choose(code)
        self.name.set_text(name if code == NEW else "")
        self._turn(code)

    def answers(self) -> GateAnswers:
        """What was said; nothing for what stays here."""
        if self.stays:
            return GateAnswers()
        known = self._to if self.who is None else self.who.name
        name = self.name.text() if self.recipient.code() == NEW else known
        return GateAnswers(
            name,
            self.purpose.code(),
            self.more.text(),
            self.channel.value() or "",
            self.carried_by.text(),
            due=self.due if self.waits.isChecked() else None,
        )

    @Slot(str)
    def _turn(self, _code: str) -> None:
        self._new.setVisible(self.recipient.code() == NEW)
        self.more.setVisible(self.purpose.code() == "autre")
        for one in (self.purpose, self.more, self.channel, self.carried_by, self.waits):
            one.setDisabled(self.stays)
        self.purpose.setDisabled(self.stays or bool(self._to))
        self.agreement.setText(self._agreement())
        self.turned.emit()

    def _agreement(self) -> str:
        if self._to:
            return words.text("The consent of the person stands for it, and for nothing else.")
        one = self.who
        if self.stays or not self.recipient.code():
            return ""
        if one is None or not one.agreement_no:
            return words.text("No agreement is recorded with this recipient.")
        if one.agreement_until is None:
            return words.text("Agreement {number}").format(number=one.agreement_no)
        told = words.text("Agreement {number}, until {day}")
        return told.format(number=one.agreement_no, day=formats.day(one.agreement_until))


class GateDialog(GuidedDialog):
    """One dialog for all that leaves. cards: the levels to choose from, empty where the file has its own, `level`.

    aside: what stands at the right, told of each level that is turned to. more: what is asked besides, after the
    levels. to: who gets it, where that is settled.
    is_approved: somebody decided it, or agreed to it, who stands for the levels of the directory.
    """

    answered = Signal(object, str)  # GateAnswers, level

    def __init__(
        self,
        desk: Desk,
        title: str,
        *,
        cards: Mapping[str, ProposalCard] | None = None,
        level: str = USUAL,
        purpose: str = "rapport_projet",
        aside: QWidget | None = None,
        more: QLayout | None = None,
        to: str = "",
        on_paper: bool = True,
        is_approved: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._level, self._is_approved = desk, level, is_approved
        self.setWindowTitle(title)
        self.setProperty("role", "question")
        widen(self, tokens.wide(620 if aside is None else 980), tokens.high(345 + 84 * len(cards or ())))
        self.fields = GateFields(desk, purpose, to, on_paper=on_paper)
        self._is_sheet = bool(to)
        self._usual = dict(cards or {})
        self.cards = {code: OptionCard(proposal, self) for code, proposal in self._usual.items()}
        self.goes = Label(
            words.text("It leaves the house: its sum is kept, and a copy for ten years where no person is in it."),
            ink="ink2",
            wrap=True,
        )
        self.remains = Label(words.text("It stays in the house: its sum is kept, and no copy."), ink="ink2", wrap=True)
        self.problem = Label("", ink="blocked", wrap=True)
        self.problem.hide()
        self.words_read = QCheckBox(words.text("I have read these words: they may leave"))
        self.words_read.hide()  # until something in them is doubtful
        self.verb = Button(words.text("Choose the file…"), kind="primary", icon="save", on_click=self.go)
        self.fields.channel.chosen.connect(self._name_verb)
        self.close_button = Button(words.text("Close"), on_click=self.reject)
        self._name_verb(self.fields.channel.value() or "")
        self._lay_out(title, aside, more)
        if level in self.cards and level != INTERNAL:
            self.cards[level].setChecked(True)
        if INTERNAL in self.cards:
            self.cards[INTERNAL].toggled.connect(self._stay)
        self.fields.turned.connect(self._fit)
        self._fit()
        self.verb.setDefault(True)
        (self.fields.channel if to else self.fields.recipient).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, title: str, aside: QWidget | None, more: QLayout | None) -> None:
        left = in_column(spacing=tokens.SPACE, margins=(tokens.SPACE_HALF, 2, tokens.SPACE, 2))
        told = QGridLayout()  # one in place of the other: nothing below them moves
        for one in (self.goes, self.remains):
            keep_room(one)
            told.addWidget(one, 0, 0)
        self.mark = HelpMark("ce_qui_sort", left, 2)
        fill(
            left,
            Label(title, bold=True, wrap=True),
            in_row((told, 1), self.mark, spacing=tokens.SPACE_HALF),
            self.fields.first,
            *self.cards.values(),
            *((more,) if more is not None else ()),
            self.fields.last,
            STRETCH,
        )
        foot = in_row(self.close_button, STRETCH, self.verb, margins=(0, tokens.SPACE_PANEL, 0, 0))
        whole = in_column(
            (scrolling(left, only_down=True), 1), self.problem, self.words_read, foot, spacing=tokens.SPACE
        )
        beside = () if aside is None else ((aside, 2),)
        in_row((whole, 3), *beside, within=self, spacing=tokens.SPACE_2, margins=tokens.SPACE_2)

    @Slot(str)
    def _name_verb(self, channel: str) -> None:
        is_printed = self._is_sheet and channel == "papier"
        self.verb.setText(words.text("Print…") if is_printed else words.text("Choose the file…"))

    @property
    def level(self) -> str:
        """The level chosen, or that of the file; the internal one for what stays here."""
        if self.fields.stays:
            return INTERNAL
        return next((code for code, card in self.cards.items() if card.isChecked()), self._level)

    @Slot()
    def _fit(self) -> None:
        """Only what this recipient may have can be chosen; why not is said on the card."""
        self.problem.hide()
        self.goes.setVisible(not self.fields.stays)
        self.remains.setVisible(self.fields.stays)
        for code, card in self.cards.items():
            why = self.why_not(code)
            usual = self._usual[code]
            card.say(usual if not why else replace(usual, badge=why, state="blocked"))
            card.setDisabled(bool(why))
        chosen = next((code for code, card in self.cards.items() if card.isChecked() and card.isEnabled()), "")
        if self.cards and (not chosen or (chosen == INTERNAL) != self.fields.stays):
            self._choose_first()

    @Slot(bool)
    def _stay(self, on: bool) -> None:
        """What nobody outside may have goes to nobody."""
        if on and not self.fields.stays:
            self.fields.stay_here()

    def propose(self, name: str) -> None:
        """Who has that name, and the level that the gate opened with where they may have it."""
        self.fields.propose(name)
        card = self.cards.get(self._level)
        if name and card is not None and card.isEnabled():
            card.setChecked(True)

    def _choose_first(self) -> None:
        may = [
            code for code, card in self.cards.items() if card.isEnabled() and (code == INTERNAL) == self.fields.stays
        ]
        wanted = self._level if self._level in may else next(iter(may), "")
        if wanted:
            self.cards[wanted].setChecked(True)

    def why_not(self, level: str) -> str:
        """Why that level cannot be chosen for whom is chosen, "" where it can."""
        if level == INTERNAL:
            return ""
        if self.fields.stays:
            return words.text("Goes to nobody")
        try:
            check_level(self.fields.who, "", level, self._desk.today())
        except errors.RuleBroken:
            return words.text("Without agreement") if level == EXACT else words.text("Not for this recipient")
        return ""

    @Slot()
    def go(self) -> None:
        """Take what was said, or say what is missing."""
        answers = self._checked()
        if answers is not None:
            self.finish(answers, self.level)

    def finish(self, answers: GateAnswers, level: str) -> None:
        """Let it leave: what was said was checked. Who is new stands in the directory from then on."""
        try:
            if self._is_new:
                kind = self.fields.kind.code() or "autre"
                recipients.keep_recipient(self._desk, recipients.usual(answers.recipient, kind))
        except ShelterDeskError as error:
            self._refuse(error)
            return
        self.accept()
        self.answered.emit(answers, level)

    @property
    def _is_new(self) -> bool:
        return self.fields.recipient.code() == NEW and self._desk.may(Permission.SETTINGS_EDIT)

    def _checked(self) -> GateAnswers | None:
        for field in self.fields.fields.values():
            field.clear()
        if not self.fields.recipient.code():
            self.fields.recipient.set_error(words.text("Choose who gets it."))
            self.fields.recipient.setFocus()
            return None
        answers = replace(self.fields.answers(), words_read=self.words_read.isChecked())
        level = self.level
        try:
            if not answers.leaves and not self.fields.stays:
                raise errors.Missing("recipient_name")
            if self._is_new:
                recipients.check_name(self._desk, answers.recipient)
            if self._is_sheet:
                check_said(answers)
            else:
                sendings.check(self._desk, answers, level, is_approved=self._is_approved)
            self.check_words(answers, level)
        except ShelterDeskError as error:
            self._refuse(error)
            return None
        return answers

    def check_words(self, answers: GateAnswers, level: str) -> None:
        """Read the open words in the file once more; raises WordsUnread. Most files have none."""

    def _refuse(self, error: ShelterDeskError) -> None:
        key = error.field if isinstance(error, errors.Missing | errors.NotInList) else ""
        field = self.fields.fields.get("recipient_name" if isinstance(error, errors.CodeTaken) else key)
        told = sentence(error)
        if field is not None:
            field.set_error(told)
            field.setFocus()
        self.say_problem("" if field is not None else told)
        if isinstance(error, WordsUnread):
            self.words_read.show()
            self.words_read.setFocus()

    def say_problem(self, told: str) -> None:
        """What is wrong with none of the fields; "" takes it away."""
        self.problem.setText(told)
        self.problem.setVisible(bool(told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not explains(event, self.mark):
            super().keyPressEvent(event)


def ask(
    parent: QWidget,
    desk: Desk,
    title: str,
    then: Callable[[GateAnswers], None],
    *,
    level: str,
    purpose: str,
    to: str = "",
    on_paper: bool = True,
) -> GateDialog:
    """Open the gate for a file that has its own level. then: what is done once it was answered.

    to: of a sheet that a person agreed to, who gets it. on_paper: there is a printer for it.
    """
    dialog = GateDialog(desk, title, level=level, purpose=purpose, to=to, on_paper=on_paper, parent=parent)
    dialog.answered.connect(partial(_then, then))
    dialog.open()
    return dialog


def _then(then: Callable[[GateAnswers], None], answers: GateAnswers, _level: str) -> None:
    then(answers)
