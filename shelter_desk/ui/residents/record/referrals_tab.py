"""Referrals of a resident, the latest first, each with its next steps."""

from functools import partial

from PySide6.QtCore import QTimer, Slot

from shelter_desk import words
from shelter_desk.domain.ids import ReferralId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import referrals
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.referring.referral_view import ReferralView
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row


class ReferralsTab(RecordTab):
    """One card a referral. asked: the form of the record to open, and of which draft."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self.views: dict[ReferralId, ReferralView] = {}
        found = referrals.of(desk, record.person.id)
        ask = partial(self.asked.emit, "referral", "")
        self.add_button = Button(words.text("Refer…"), "primary", "send", on_click=ask)
        told = words.text("Nothing is sent without the person’s consent. Refusing takes nothing away from the care.")
        row = in_row((Label(told, ink="ink2", wrap=True), 1), self.add_button)
        whole = in_column(row, within=self, spacing=tokens.SPACE_PANEL)
        self.add_button.setVisible(desk.may(Permission.ASSIST) and bool(record.stays))
        if not found:
            whole.addWidget(Label(words.text("Nothing yet."), ink="ink2"))
        for line in found:
            card = Card(line.referral.referral_no, line.referral.partner)
            view = ReferralView(desk, line)
            view.told.connect(self.told)
            view.acted.connect(self._acted)
            view.draft_found.connect(self.draft_found)
            view.change_wanted.connect(self._change)
            self.views[line.referral.id] = view
            card.body.addWidget(view)
            whole.addWidget(card)
        whole.addStretch(1)

    def is_editing(self) -> bool:
        """True while a step is being typed."""
        return any(view.form is not None for view in self.views.values())

    @Slot(int)
    def _change(self, referral: int) -> None:
        self.asked.emit("referral", str(referral))

    @Slot()
    def _acted(self) -> None:
        """The tab is made anew once the signal of its own form is over."""
        QTimer.singleShot(0, self, self._make_way)

    @Slot()
    def _make_way(self) -> None:
        for view in self.views.values():
            view.close_step()
        self.acted.emit()
