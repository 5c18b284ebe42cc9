"""Referrals: all of them in one list by state, the overdue first, and the one chosen beside it with its next steps."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import ReferralId
from shelter_desk.domain.referrals import NEXT, UNSERVED
from shelter_desk.operations import referrals
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.referrals import Line
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.part import PartFace
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import lists
from shelter_desk.ui.referring.referral_view import ReferralView, late
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.panel import SidePanel
from shelter_desk.ui.widgets.table import Column, Rows, Table
from shelter_desk.words import referrals as referral_words
from shelter_desk.words import shown

_ORDER = list(NEXT)


def _in(line: Line, chip: str) -> bool:
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


def _state(line: Line) -> str:
    return words.label("referral_status", line.referral.state)


def _follow_up(line: Line) -> str:
    if late(line):
        return late(line)
    one = line.referral
    return shown.day(one.follow_up_on) if one.is_open and one.follow_up_on else ""


def _columns() -> list[Column[Line]]:
    return [
        Column(words.text("Number"), lambda one: one.referral.referral_no, lambda one: one.referral.id),
        Column(words.text("Resident"), lambda one: one.person.code, lambda one: one.person.code, bold=True),
        Column(words.text("Provider"), lambda one: one.referral.partner, lambda one: one.referral.partner.casefold()),
        Column(words.text("State"), _state, lambda one: _ORDER.index(one.referral.state)),
        Column(
            words.text("Follow up on"),
            _follow_up,
            lambda one: -1 if one.days_late is None else one.days_late,
            ink=lambda one: "attention" if one.days_late is not None else None,
        ),
        Column(
            words.text("Consent"),
            lambda one: "" if one.why_not is None else referral_words.why_not(one.why_not),
            ink=lambda _one: "attention",
        ),
        Column(words.text("Issued on"), _issued, lambda one: one.referral.issued_on),
        Column(words.text("Service wanted"), lambda one: lists.labels("service_type", one.referral.service_wanted)),
    ]


def _issued(line: Line) -> str:
    return shown.day(line.referral.issued_on) if line.referral.counts else ""


class ReferralsPart(PartFace):
    """The list: arrows move, Enter opens; the panel: the steps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[Line] = []
        self.view: ReferralView | None = None
        self.chips = ChipBar(
            [
                ("late", words.text("To follow up"), 0),
                ("open", words.text("Under way"), 0),
                ("brouillon", words.text("Drafts"), 0),
                ("served", words.text("Served"), 0),
                ("unserved", words.text("Without service"), 0),
                ("all", words.text("All (referrals)"), 0),
            ]
        )
        self.chips.switch("open")
        self.chips.chosen.connect(self._filter)
        self.rows: Rows[Line] = Rows(_columns())
        self.table = Table(self.rows)
        self.table.setAccessibleName(words.text("Referrals"))
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._clicked)
        self.panel = SidePanel()
        self.panel.hide()
        self.panel.closed.connect(self._closed)
        self.record_button = Button(words.text("Open the record"), "quiet", "person")
        self.record_button.clicked.connect(self._to_record)
        self.panel.foot.addWidget(self.record_button)
        self.empty = Empty(
            "send",
            words.text("No referral yet"),
            words.text(
                "A referral begins in the record of a resident, tab Referrals. Nothing is sent without consent."
            ),
        )
        self._lay_out()

    def _lay_out(self) -> None:
        """The chips stand above list and panel, so that both fit where the text is large."""
        listed = QWidget()
        row = QHBoxLayout(listed)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        above = QHBoxLayout()
        above.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        above.addWidget(self.chips, 1)
        self._faces = QStackedWidget()
        self._faces.addWidget(listed)
        self._faces.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(above)
        whole.addWidget(self._faces, 1)

    def look(self) -> None:
        """Ask for all referrals and show them again, the chosen one too."""
        self._lines = referrals.board(self.desk)
        self.chips.set_counts({code: sum(_in(one, code) for one in self._lines) for code in _CHIPS})
        self.chips.setVisible(bool(self._lines))
        self._faces.setCurrentIndex(0 if self._lines else 1)
        chosen = self.view.line.referral.id if self.view is not None else None
        self._show()
        if chosen is not None:
            self._open_again(chosen)

    def is_editing(self) -> bool:
        return self.view is not None and self.view.form is not None

    def set_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.rows.rowCount() and not self.table.currentIndex().isValid():
            self.table.go_to(0)

    @Slot(str)
    def _filter(self, _code: str) -> None:
        self._show()

    def _show(self) -> None:
        chip = (self.chips.on() or ["all"])[0]
        self.rows.show([one for one in self._lines if _in(one, chip)])

    @Slot(object)
    def _open(self, line: Line) -> None:
        self.open_line(line)
        if self.view is not None:
            self.view.set_first()

    @Slot()
    def _clicked(self) -> None:
        line = self.table.current()
        if line is not None:
            self.open_line(line)

    def open_line(self, line: Line) -> None:
        """Show that one beside the list."""
        self._drop_view()
        self.view = ReferralView(self.desk, line)
        self.view.told.connect(self.told)
        self.view.acted.connect(self._acted)
        self.view.change_wanted.connect(self._to_record)
        self.panel.name_it(line.referral.referral_no, line.person.code)
        self.panel.body.addWidget(self.view)
        self.panel.body.addStretch(1)
        self.panel.show()

    def _open_again(self, chosen: ReferralId) -> None:
        line = next((one for one in self._lines if one.referral.id == chosen), None)
        if line is None:
            self.panel.dismiss()
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.panel.isAncestorOf(focus)
        self.open_line(line)
        place = next((at for at, one in enumerate(self.rows.rows()) if one.referral.id == chosen), None)
        if place is not None:
            self.table.go_to(place)
        if had_focus and self.view is not None:
            self.view.set_first()

    def _drop_view(self) -> None:
        while (item := self.panel.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.view = None

    @Slot()
    def _acted(self) -> None:
        """The commit was told while the form was open; the form goes after its own signal is over."""
        if self.view is not None:
            self.view.form = None
        QTimer.singleShot(0, self, self._look_again)

    @Slot()
    def _look_again(self) -> None:
        try:
            self.look()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", referral_words.sentence(error)))
            return
        if self.view is not None:
            self.view.set_first()

    @Slot()
    def _closed(self) -> None:
        self._drop_view()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _to_record(self) -> None:
        if self.view is not None:
            self.record_wanted.emit(int(self.view.line.person.id))


_CHIPS = ("late", "open", "brouillon", "served", "unserved", "all")
