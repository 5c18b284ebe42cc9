"""What a stay keeps and leaves behind: deposits, the exit as it was told, follow-ups, the case (field 3.7).

What the form of an exit left open is asked later.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import exits as exit_rules
from shelter_desk.domain.stays.exits import Belongings, Exit, ExitRecord, FollowUp
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import exits
from shelter_desk.operations.stays.exits import Afterwards
from shelter_desk.ui import tokens
from shelter_desk.ui.exits.exit_more import ExitMore
from shelter_desk.ui.exits.given_back import GivenBack, Leaver
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.case_form import CaseForm
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.forms.reading_reason import may_open
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.casefile.minor_tab import line
from shelter_desk.ui.residents.record.sealed_part import Read, SealedPart
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import fill, in_column
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats


class AfterExitForm(CaseForm):
    """The rest of the exit form, with what is known of it already."""

    when = "follow_up_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Exit of {code}: what follows").format(code=record.person.code)
        super().__init__(desk, title, words.text("Complete the exit"), "check")
        self._code, self._stay = record.person.code, stay.stay
        known = exits.of(desk, record.person.id).exits.get(stay.stay.id)
        self.more = ExitMore(desk.today(), known)
        self.more.show_for(stay.stay.exit_destination)
        self.back = GivenBack(desk, [Leaver(stay.stay.id, record.person.id)], unsaid=True)
        self.first = self.back.lent.rows[0].end if self.back.lent.rows else self.more.by
        self.add(self.back)
        self.back.show_for({stay.stay.id})
        self.add(self.more)

    @property
    def fields(self) -> dict[str, Field]:
        return self.back.fields | super().fields

    @property
    def drafted(self) -> dict[str, QWidget]:
        return self.back.drafted | super().drafted

    def refresh(self) -> None:
        self.more.refresh()
        self.back.refresh()

    def refuse(self, error: RuleBroken) -> None:
        """What becomes of a loan is asked beside that loan."""
        if not self.back.says(error):
            super().refuse(error)

    def act(self) -> Told:
        said = self.back.added_to(ExitRecord(self.more.said(self._stay.id)))
        done = exits.complete(self.desk, self._stay.id, said)
        return Told("ok", words.text("Exit of {code} completed.").format(code=self._code), done)


def after_exit(desk: Desk, record: Record, stay: StayRecord, _at: str) -> AfterExitForm | None:
    """The form, None before the exit."""
    return AfterExitForm(desk, record, stay) if stay.stay.exited_at is not None else None


class AfterExit(QWidget):
    """One part of the card of a stay. is_last: only the last stay takes new deposits and follow-ups.

    code: of the person.
    """

    asked = Signal(str, str)
    told = Signal(object)  # Told
    approval_wanted = Signal(int)  # StayId

    def __init__(self, desk: Desk, stay: Stay, known: Afterwards, is_last: bool, code: str) -> None:
        super().__init__()
        self._desk, self._stay, self._is_last, self._code = desk, stay, is_last, code
        self._may = desk.may(Permission.CASE_EDIT)
        self._exit = known.exits.get(stay.id)
        self.buttons: dict[str, Button] = {}
        self.sealed: list[SealedPart] = []
        self._whole = in_column(within=self, spacing=tokens.SPACE_HALF)
        if stay.exited_at is not None:
            self._show_exit(stay.id in known.handed)
        self._show_deposits(known.belongings.get(stay.id, ()))
        if stay.exited_at is not None:
            self._show_follow_ups(known.follow_ups.get(stay.id, ()))
            self._show_case()
        self._show_buttons()

    def _head(self, text: str) -> None:
        fill(self._whole, RuleLine(), Label(text, size="small", bold=True, ink="ink2"))

    def _show_deposits(self, deposits: Sequence[Belongings]) -> None:
        if not deposits:
            return
        self._head(words.text("Deposits"))
        for one in deposits:
            told = words.text("deposited on {day}").format(day=formats.day(one.deposited_on))
            if one.returned_on is not None:
                back = words.text("{told}, handed back on {day}: {whom}")
                whom = words.label("handed_back_to", one.returned_to)
                told = back.format(told=told, day=formats.day(one.returned_on), whom=whom)
            late = self._stay.exited_at is not None
            badge = Badge(words.text("kept here"), "attention" if late else "held") if one.returned_on is None else None
            acts = [self._button("hand_back", words.text("Hand back…"), one.receipt_no, str(one.id))]
            self._whole.addLayout(line(one.receipt_no, told, badge, *(acts if badge and self._may else [])))
            about = words.text("Read the list of {number}").format(number=one.receipt_no)
            self._add_sealed(
                words.text("Read the list"),
                about,
                partial(self._opened, words.text("What is deposited"), exits.description, one.id),
            )

    def _add_sealed(self, text: str, about: str, read: Read, allowed: Callable[[], bool] | None = None) -> None:
        part = SealedPart(text, about, read, allowed)
        part.told.connect(self.told)
        self.sealed.append(part)
        self._whole.addWidget(part)

    def _opened(self, label: str, read: Callable[[Desk, Any], str], key: int) -> list[tuple[str, str]]:
        return [(label, read(self._desk, key))]

    def _button(self, form: str, text: str, about: str = "", at: str = "") -> Button:
        button = Button(text, "quiet", on_click=partial(self.asked.emit, form, at))
        if about:
            button.setAccessibleName(words.text("{act} {purpose}").format(act=text, purpose=about))
        self.buttons[form] = button
        return button

    def _show_exit(self, is_handed: bool) -> None:
        told = [] if self._exit is None else _told(self._exit)
        if not told:
            return
        self._head(words.text("Form of the exit"))
        self._whole.addWidget(FactList(told))
        if is_handed:
            about = words.text("Show the adult who received the child")
            read = partial(self._opened, words.text("Name"), exits.handed_to, self._stay.id)
            allowed = partial(may_open, self, self._desk, self._code)
            self._add_sealed(words.text("Show the adult who received the child"), about, read, allowed)

    def _show_follow_ups(self, planned: Sequence[FollowUp]) -> None:
        if not planned:
            return
        self._head(words.text("Follow-ups after the exit"))
        for one in planned:
            day = formats.day(one.due_on)
            told = words.label("follow_up_channel", one.channel) if one.channel else ""
            if one.held_on is not None:
                result = words.text("held on {day}: {outcome}")
                outcome = words.label("follow_up_outcome", one.outcome)
                told = result.format(day=formats.day(one.held_on), outcome=outcome)
            acts = [self._button("follow_up_held", words.text("Held…"), day, str(one.id))]
            badge = Badge(*_follow_up_state(one, self._desk))
            self._whole.addLayout(line(day, told, badge, *(acts if one.held_on is None and self._may else [])))
            if one.held_on is not None:
                about = words.text("Read the note of the follow-up of {day}").format(day=day)
                self._add_sealed(
                    words.text("Read the note"),
                    about,
                    partial(self._opened, words.text("Note"), exits.follow_up_note, one.id),
                )

    def _show_case(self) -> None:
        said = self._exit
        n = exit_rules.days_open(self._stay, said, self._desk.today(), settings.kept(self._desk))
        if said is not None and said.case_closed_on is not None:
            told = words.text("Case closed on {day}: {reason}")
            reason = words.label("closure_reason", said.closure_reason)
            self._whole.addWidget(Label(told.format(day=formats.day(said.case_closed_on), reason=reason), wrap=True))
        elif n:
            told = words.count(
                "The case is still open {n} day after the exit. Close it, or plan a follow-up.",
                "The case is still open {n} days after the exit. Close it, or plan a follow-up.",
                n,
            )
            self._whole.addWidget(Alert(told))

    def _show_buttons(self) -> None:
        wanted: list[tuple[str, str]] = []
        has_left = self._is_last and self._stay.exited_at is not None and self._stay.counts
        closed = self._exit is not None and self._exit.case_closed_on is not None
        approved = self._exit is not None and self._exit.approved_by is not None
        if self._may and self._is_last and self._stay.exited_at is None:
            wanted.append(("deposit", words.text("Deposit…")))
        if self._may and has_left:
            wanted += [("after_exit", words.text("Complete the exit…")), ("follow_up", words.text("Plan a follow-up…"))]
            wanted += [] if closed else [("close_case", words.text("Close the case…"))]
        row = Flow(tokens.SPACE, tokens.SPACE_HALF)
        for form, text in wanted:
            row.add(self._button(form, text))
        if has_left and not approved and self._desk.may(Permission.OVERRIDE_RULE):
            act = partial(self.approval_wanted.emit, int(self._stay.id))
            self.buttons["approve"] = Button(words.text("Approve the exit"), "quiet", "check", on_click=act)
            row.add(self.buttons["approve"])
        if row.count():
            self._whole.addLayout(row)


def _told(said: Exit) -> list[tuple[str, str]]:
    """What is known of an exit, as labels and values; what is not is left out."""
    yes = {True: words.text("Yes"), False: words.text("No"), None: ""}
    place = words.label("nationality", said.dest_country) if said.dest_country else ""
    place = words.label("region_ml", said.dest_region) if said.dest_region else place
    follow = {"oui": words.text("Yes"), "non": words.text("No")}.get(said.follow_up_consent, "")
    approved = words.text("on {day}").format(day=formats.day(said.approved_on)) if said.approved_on else ""
    every = [
        (words.text("Decided by"), _label("exit_decided_by", said.decided_by)),
        (words.text("Country or region"), place),
        (words.text("Escort"), _label("transport_escort", said.escort)),
        (words.text("Decision for the child"), said.child_decision_ref),
        (words.text("Handed over to"), _label("kin_relation", said.handed_relation)),
        (words.text("Identity checked"), words.text("Yes") if said.identity_checked else ""),
        (words.text("No known danger"), yes[said.safety_ok]),
        (words.text("Objectives of the plan met"), _label("needs_met", said.needs_met)),
        (words.text("Deposits handed back"), yes[said.valuables_returned]),
        (words.text("Papers given"), code_lists.labels("id_document", said.documents_given)),
        (words.text("Agrees to a follow-up"), follow),
        (words.text("Approved by the manager"), approved),
    ]
    return [pair for pair in every if pair[1]]


def _label(list_name: str, code: str) -> str:
    return words.label(list_name, code) if code else ""


def _follow_up_state(one: FollowUp, desk: Desk) -> tuple[str, State]:
    if one.held_on is not None:
        return words.text("held"), "ok"
    if exit_rules.is_overdue(one, desk.today()):
        n = (desk.today() - one.due_on).days
        return words.count("{n} day late", "{n} days late", n), "blocked"
    return words.text("planned"), "neutral"
