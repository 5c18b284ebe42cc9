"""The journal: every act and every name read, filtered, verified, exported without a name."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Damaged, ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.vault import journal
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.lists.table import Table
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.journal.journal_detail import JournalDetail
from shelter_desk.ui.settings.journal.journal_filters import JournalFilters
from shelter_desk.ui.settings.journal.journal_rows import Seen, rows
from shelter_desk.ui.settings.section import Section
from shelter_desk.ui.widgets import ask, files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.words import formats
from shelter_desk.words import journal as said
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.vault.journal import Verified

WIDEST = 16_777_215  # as wide as there is room
ROOMY = 820  # wide enough for a line and all that stands behind it
FILE = "journal-%Y-%m-%d.xlsx"


class JournalSection(Section):
    """Filters above, the lines and the detail of one, the state of the chain below."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sees_all = desk.may(Permission.JOURNAL_SEE)
        self.seqs: list[int] = []
        self.seen = Seen(desk)
        self.filters = JournalFilters(desk.today(), by_person=self._sees_all)
        self.filters.changed.connect(self.look)
        self.rows = rows(self.seen)
        self.table = Table(self.rows)
        self.table.setAccessibleName(words.text("Journal"))
        self.table.selected.connect(self._show)
        self.detail = JournalDetail()
        self.counted = Label(size="small", ink="ink2")
        self.chain = Label(size="small", ink="ink2", wrap=True)
        self._chain_icon = IconLabel("clock", "ink2", 16)
        self.verify_button = Button(words.text("Verify the chain"), icon="shield")
        self.verify_button.clicked.connect(self.verify)
        self.export_button = Button(words.text("Export without names…"), icon="table")
        self.export_button.clicked.connect(self.export)
        self._is_verified = False
        self._lay_out()
        self.export_button.setVisible(self._sees_all)

    def _lay_out(self) -> None:
        inner = self.widget()
        if inner is not None:
            inner.setMaximumWidth(WIDEST)
        middle, foot = QHBoxLayout(), QHBoxLayout()
        middle.setSpacing(tokens.SPACE_2)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.detail)
        foot.setSpacing(tokens.SPACE)
        foot.addWidget(self._chain_icon)
        foot.addWidget(self.chain, 1)
        foot.addWidget(self.verify_button)
        foot.addWidget(self.export_button)
        own = words.text("Your own acts. The manager and the auditor see those of everybody.")
        everything = words.text("Every act and every name read. No name of a resident stands here.")
        head = QHBoxLayout()
        head.addWidget(Label(everything if self._sees_all else own, ink="ink2", wrap=True), 1)
        head.addWidget(self.counted)
        self.table.setMinimumHeight(tokens.high(220))
        self.column.setSpacing(tokens.SPACE)
        self.column.addLayout(head)
        self.column.addWidget(self.filters)
        self.column.addLayout(middle, 1)
        self.column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the lines have most of it."""
        super().resizeEvent(event)
        self.detail.setFixedWidth(tokens.wide(300 if self.width() > tokens.wide(ROOMY) else 210))

    def showEvent(self, event: QShowEvent) -> None:
        """Read the journal when it is looked at, and follow its chain the first time."""
        super().showEvent(event)
        self.look()
        if not self._is_verified:
            self.verify()

    @Slot()
    def look(self) -> None:
        """Ask for the lines again; nothing is read while nobody looks."""
        if not self.isVisible():
            return
        chosen = self.table.current()
        try:
            found = journal.filters(self.desk)
            self.seqs = (journal.numbers if self._sees_all else journal.own_numbers)(self.desk, self.filters.wanted())
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        self.filters.offer(found)
        self.seen.people = found.people
        self.seen.begin(self.seqs)
        self.rows.show(self.seqs)
        self.counted.setText(words.count("{n} line", "{n} lines", len(self.seqs)))
        self.export_button.setEnabled(bool(self.seqs))
        self._show(chosen if chosen in self.seqs else None)

    @Slot(object)
    def _show(self, seq: int | None) -> None:
        if seq is None:
            self.detail.clear()
            return
        told = words.text("Line {n}, {moment}, {who}")
        who = told.format(n=seq, moment=self.seen.at(seq), who=self.seen.by(seq))
        self.detail.show_line(self.seen.what(seq), who, self.seen.on(seq), journal.detail(self.desk, seq))

    @Slot()
    def verify(self) -> None:
        """Follow the whole chain in the background."""
        self._is_verified = True
        desk = self.desk
        self.verify_button.setEnabled(False)
        self.chain.setText(words.text("The chain is being followed…"))
        tasks.run(lambda: journal.verify(desk), self._verified, self._broken)

    def _verified(self, found: "Verified") -> None:
        self.verify_button.setEnabled(True)
        self._chain_icon.show_icon("circle-check", "ok")
        self.chain.setText(said.verified(found.lines, formats.clock(found.at)))

    def _broken(self, error: ShelterDeskError) -> None:
        self.verify_button.setEnabled(True)
        self._chain_icon.show_icon("octagon", "blocked")
        is_chain = isinstance(error, Damaged) and error.part == "journal"
        self.chain.setText(said.broken(error.path) if is_chain and isinstance(error, Damaged) else sentence(error))

    @Slot()
    def export(self) -> None:
        """Write the lines shown into a workbook, once the purpose is said."""
        purpose = ask.ask(
            self,
            words.text("Export the journal?"),
            words.text(
                "The file holds moment, account, act and code. No name and no field of a resident. The purpose is kept."
            ),
            words.text("Choose the file…"),
            field_label=words.text("Purpose"),
            required=True,
        )
        if purpose is None:
            return
        path = files.choose_to_save(
            self, words.text("Export the journal"), f"{self.desk.now():{FILE}}", "Excel (*.xlsx)"
        )
        if path is None:
            return
        out = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        desk, seqs = self.desk, list(self.seqs)
        self.export_button.setEnabled(False)
        tasks.run(lambda: journal.export(desk, seqs, out, purpose, said.action), self._exported, self._not_exported)

    def _exported(self, _nothing: None) -> None:
        self.export_button.setEnabled(True)
        self.look()
        self.told.emit(Told("ok", words.text("The journal is exported, without names.")))

    def _not_exported(self, error: ShelterDeskError) -> None:
        self.export_button.setEnabled(True)
        self.told.emit(Told("blocked", sentence(error)))
