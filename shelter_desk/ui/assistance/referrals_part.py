"""Referrals: all of them in one list by state, the overdue first, and the one chosen beside it with its next steps."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.assistance.referrals import NEXT, UNSERVED
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.assistance import referrals
from shelter_desk.operations.assistance.referrals import ReferralLine
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.referring.referral_view import ReferralView, late, state_of
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.words import formats
from shelter_desk.words import referrals as referral_words

_ORDER = list(NEXT)


def _in(line: ReferralLine, chip: str) -> bool:
    state = line.referral.state
    if chip == "late":
        return line.days_late is not None
    if chip == "open":
        return line.referral.is_open
    if chip == "served":
        return state in ("service_recu", "cloturee")
    if chip == "unserved":
        return state in UNSERVED or state == "annulee"
    return chip in ("all", state)


def _follow_up(line: ReferralLine) -> str:
    if late(line):
        return late(line)
    one = line.referral
    return formats.day(one.follow_up_on) if one.is_open and one.follow_up_on else ""


def _columns() -> list[TableColumn[ReferralLine]]:
    return [
        TableColumn(words.text("Number"), lambda one: one.referral.referral_no, lambda one: one.referral.id),
        TableColumn(words.text("Resident"), lambda one: one.person.code, BY_TEXT, bold=True),
        TableColumn(
            words.text("Provider"), lambda one: one.referral.partner, lambda one: one.referral.partner.casefold()
        ),
        TableColumn(
            words.text("State"),
            lambda line: words.label("referral_status", line.referral.state),
            lambda one: _ORDER.index(one.referral.state),
            badge=state_of,
        ),
        TableColumn(
            words.text("Follow up on"),
            _follow_up,
            lambda one: -1 if one.days_late is None else one.days_late,
            ink=lambda one: "attention" if one.days_late is not None else None,
            is_whole=True,
        ),
        TableColumn(
            words.text("Consent"),
            lambda one: "" if one.why_not is None else referral_words.why_not(one.why_not),
            ink=lambda _one: "attention",
            is_whole=True,
        ),
        TableColumn(
            words.text("Issued on"),
            lambda line: formats.day(line.referral.issued_on) if line.referral.counts else "",
            lambda one: one.referral.issued_on,
            gives_way=2,
        ),
        TableColumn(
            words.text("Service wanted"),
            lambda one: code_lists.labels("service_type", one.referral.service_wanted),
            gives_way=1,
        ),
    ]


class ReferralsPart(ListRoom[ReferralLine]):
    """The list: arrows move, Enter opens; the panel: the steps. A referral is begun in the record of a resident."""

    takes = ("referencements",)
    view: ReferralView | None

    def __init__(self, desk: Desk) -> None:
        told = words.text(
            "A referral begins in the record of a resident, tab Referrals. Nothing is sent without consent."
        )
        super().__init__(desk, _columns(), words.text("Referrals"), Empty("send", words.text("No referral yet"), told))
        self.filter_by(
            [
                ("late", words.text("To follow up")),
                ("open", words.text("Under way")),
                ("brouillon", words.text("Drafts")),
                ("served", words.text("Served")),
                ("unserved", words.text("Without service")),
                ("all", words.text("All (referrals)")),
            ],
            _in,
        )
        self.chips.switch("open")
        self.record_button = Button(words.text("Open the record"), "quiet", "person", on_click=self._to_record)
        self.panel.foot.addWidget(self.record_button)
        self.lay_out(head_row(wide=self.chips))

    def ask(self) -> Sequence[ReferralLine]:
        found = referrals.board(self.desk)
        self.chips.setVisible(bool(found))
        return found

    def key_of(self, line: ReferralLine) -> int:
        return line.referral.id

    def sentence(self, error: ShelterDeskError) -> str:
        return referral_words.sentence(error)

    def view_of(self, line: ReferralLine) -> ReferralView:
        self.panel.name_it(line.referral.referral_no, line.person.code)
        made = ReferralView(self.desk, line)
        made.change_wanted.connect(self._to_record)
        return made

    @Slot()
    def _to_record(self) -> None:
        if self.view is not None:
            self.record_wanted.emit(int(self.view.line.person.id))
