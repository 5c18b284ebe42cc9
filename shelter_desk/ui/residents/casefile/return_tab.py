"""The return of a person: what is done, what is missing and until when, what comes next and who sees to it."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.voluntary_returns import WRITTEN, ReturnStep, StepName
from shelter_desk.domain.ids import ReturnFileId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import voluntary_returns
from shelter_desk.operations.casefile.voluntary_returns import CONSENT, ReturnFileLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.casefile.minor_tab import line as step_line
from shelter_desk.ui.residents.choices import last_stay
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.residents.record.sealed_part import SealedPart
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import RuleLine
from shelter_desk.ui.widgets.layouts import fill, in_column
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.casefile import voluntary_returns as voluntary_return_words

# where a step is written that is not of the file itself: form, and what it opens at
_ELSEWHERE: dict[StepName, tuple[str, str]] = {
    "consent": ("consent", CONSENT),
    "child": ("bia", ""),
    "asylum": ("referral", ""),
    "follow_up": ("follow_up", ""),
}


def offered(desk: Desk, record: Record) -> bool:
    """Whether the shelter prepares returns, or did for this person."""
    if CONSENT not in settings.left_out(desk, "consent_purpose"):
        return True
    return desk.may(Permission.CASE_SEE) and bool(voluntary_returns.of(desk, record.person.id))


class ReturnTab(RecordTab):
    """One card a file, the open one first."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self.found = voluntary_returns.of(desk, record.person.id)
        self._may = desk.may(Permission.CASE_EDIT)
        stay = last_stay(record)
        self._may_follow = stay is not None and stay.stay.exited_at is not None
        can_open = self._may and stay is not None and CONSENT not in settings.left_out(desk, "consent_purpose")
        self.buttons: dict[tuple[ReturnFileId, str], Button] = {}
        self.sealed: dict[ReturnFileId, SealedPart] = {}
        self.following: dict[ReturnFileId, Alert] = {}
        self.empty: Empty | None = None
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        verb = words.text("Open a file of a return…")
        if not self.found:
            told = words.text("Where the person wishes to return: information, consent, papers, travel, reintegration.")
            self.empty = Empty("leave", words.text("No return prepared"), told, verb if can_open else None)
            self.empty.started.connect(partial(self.asked.emit, "return_file", ""))
            whole.addWidget(self.empty)
        for line in self.found:
            whole.addWidget(self._card(line))
        self.new_button = Button(verb, icon="plus", on_click=partial(self.asked.emit, "return_file", ""))
        row = Flow()
        row.add(self.new_button)
        whole.addLayout(row)
        has_open = any(one.file.closed_on is None for one in self.found)
        self.new_button.setVisible(can_open and bool(self.found) and not has_open)
        whole.addStretch(1)

    def _card(self, line: ReturnFileLine) -> Card:
        file = line.file
        is_open = file.closed_on is None
        card = Card(file.return_no, words.label("nationality", file.dest_country), folds=True)
        state = words.text("open") if is_open else words.label("return_closure", file.closure)
        card.head.addWidget(Badge(state, "accent" if is_open else "neutral"))
        facts = [
            (words.text("Wish said on"), formats.day(file.wish_on)),
            (words.text("Who sees to it"), line.responsible),
            (words.text("Closed on"), formats.day(file.closed_on) if file.closed_on else ""),
        ]
        card.body.addWidget(FactList([(name, value) for name, value in facts if value]))
        if line.has_words:
            about = words.text("Read what is sealed in the file {number}").format(number=file.return_no)
            part = SealedPart(words.text("Read wish, town and paper"), about, partial(self._read, file.id))
            part.told.connect(self.told)
            self.sealed[file.id] = part
            card.body.addWidget(part)
        if is_open:
            self.following[file.id] = self._next(line)
            card.body.addWidget(self.following[file.id])
        for one in line.steps:
            card.body.addWidget(RuleLine())
            card.body.addLayout(self._step(line, one, is_open))
        if self._may:
            reopen = ("reopen", words.text("Reopen the file"), "undo")
            act, text, icon = ("close", words.text("Close the file…"), "close") if is_open else reopen
            button = self.buttons[file.id, act] = Button(text, icon=icon, on_click=partial(self.do, file.id, act))
            acts = Flow(tokens.SPACE, tokens.SPACE_HALF)
            acts.add(button)
            fill(card.body, RuleLine(), acts)
        return card

    def _next(self, line: ReturnFileLine) -> Alert:
        step = line.next
        if step is None:
            return Alert(words.text("Every step is done. The file can be closed."), "ok")
        if step.stopped:
            told = words.text("Stopped: {step}.")
            return Alert(told.format(step=voluntary_return_words.step(step.name)), "blocked")
        what, today = voluntary_return_words.to_do(step.name), self.desk.today()
        told = words.text("Next: {what} ({when}).") if step.by else words.text("Next: {what}.")
        said = told.format(what=what, when=voluntary_return_words.state(step, today))
        if line.responsible:
            said = words.text("{next} Who: {name}.").format(next=said, name=line.responsible)
        return Alert(said, "attention" if step.days_late(today) else "info")

    def _step(self, line: ReturnFileLine, step: ReturnStep, is_open: bool) -> QHBoxLayout:
        today = self.desk.today()
        state: State = "neutral" if step.by is None else "attention"
        if step.stopped:
            state = "blocked"
        elif step.done_on is not None:
            state = "ok"
        badge = Badge(voluntary_return_words.state(step, today), state)
        acts: list[QWidget] = []
        name = voluntary_return_words.step(step.name)
        if self._may and is_open and (step.name != "follow_up" or self._may_follow):
            text = words.text("Note it…") if step.done_on is None else words.text("Correct…")
            button = Button(text, "quiet", on_click=partial(self.do, line.file.id, step.name))
            button.setAccessibleName(words.text("{act} {purpose}").format(act=text, purpose=name))
            self.buttons[line.file.id, step.name] = button
            acts.append(button)
        return step_line(name, voluntary_return_words.detail(step, line.file, line.around.plan_no), badge, *acts)

    def do(self, key: ReturnFileId, act: str) -> None:
        """Open the form of a step, there where it is written, or that of the end; or reopen."""
        elsewhere = {str(name): place for name, place in _ELSEWHERE.items()}
        if act in WRITTEN:
            self.asked.emit("return_step", f"{key}/{act}")
        elif act in elsewhere:
            self.asked.emit(*elsewhere[act])
        elif act == "close":
            self.asked.emit("return_close", str(key))
        else:
            with refusals_told(self.told):
                done = voluntary_returns.reopen(self.desk, key)
                self.told.emit(Told("ok", words.text("The file goes on."), done))
                self.acted.emit()

    def _read(self, key: ReturnFileId) -> list[tuple[str, str]]:
        found = voluntary_returns.said(self.desk, key)
        labels = voluntary_return_words.columns()
        told = {
            "dest_town": found.town,
            "wish": found.wish,
            "document_no": found.document_no,
            "reintegration": found.reintegration,
        }
        return [(labels[name], value) for name, value in told.items() if value]
