"""What left the house: the list, one sending beside it, and a file that is dropped to be proven."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.reports.sendings import DHIS2, LIST, NOT_LEFT, OF_A_MONTH, REPORT, Proven
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.sending.sendings import SentFile
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.list_page import ListRoom
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.sending import receipt
from shelter_desk.ui.sending.file_proof import DropCard, FileProof, ProofCard, dropped
from shelter_desk.ui.sending.sending_view import SendingView
from shelter_desk.ui.sending.year_filter import YearFilter
from shelter_desk.ui.widgets.badge import State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words import sending as sending_words
from shelter_desk.words.reports import reports as report_words


def _waits(one: SentFile) -> bool:
    return one.sending.left and one.sending.due_on is not None and one.sending.acknowledged_on is None


def _in(one: SentFile, chip: str) -> bool:
    kinds = {"reports": OF_A_MONTH, "lists": frozenset({LIST})}
    if chip in kinds:
        return one.sending.left and one.sending.kind in kinds[chip]
    if chip == "nominal":
        return one.sending.level == NOMINAL
    if chip == "waiting":
        return _waits(one)
    if chip == "replaced":
        return one.sending.left and one.replacing is not None
    return one.sending.left if chip == "all" else not one.sending.left


def _version(one: SentFile) -> str:
    sent = one.sent
    if one.sending.kind not in OF_A_MONTH:
        return ""
    return report_words.version(sent.version, one.rectified) if sent.version else words.text("provisional")


def _state(one: SentFile) -> str:
    if one.sending.departure:
        return sending_words.departure(one.sending.departure)
    if not one.sending.left:
        return words.text("Stayed here")
    return words.text("Replaced") if one.replacing is not None else words.text("In force")


def _badge(one: SentFile) -> State:
    if one.sending.departure:
        return "neutral" if one.sending.departure == NOT_LEFT else "attention"
    if not one.sending.left:
        return "neutral"
    return "attention" if one.replacing is not None else "ok"


def _columns() -> list[TableColumn[SentFile]]:
    return [
        TableColumn(
            words.text("Went out on"),
            lambda one: formats.day(one.sending.sent_at.date()),
            lambda one: one.sending.id,
            is_whole=True,
        ),
        TableColumn(words.text("What"), lambda one: sending_words.what(one.sending), BY_TEXT, bold=True),
        TableColumn(words.text("Version"), _version, gives_way=2),
        TableColumn(words.text("Level"), lambda one: sending_words.level(one.sending.level), BY_TEXT),
        TableColumn(words.text("Recipient"), lambda one: one.sending.recipient or formats.NONE, BY_TEXT),
        TableColumn(
            words.text("Channel"),
            lambda one: words.label("sending_channel", one.sending.channel) if one.sending.channel else "",
            gives_way=1,
        ),
        TableColumn(
            words.text("Acknowledgement"),
            lambda one: sending_words.acknowledgement(one.sending),
            lambda one: one.sending.acknowledged_on or one.sending.due_on or "",
            ink=lambda one: "attention" if one.is_late else None,
        ),
        TableColumn(
            words.text("State"),
            _state,
            BY_TEXT,
            badge=_badge,
        ),
    ]


class SendingsPart(ListRoom[SentFile]):
    """Nothing is taken away: what was replaced stays in the list."""

    view: SendingView | None
    send_again_wanted = Signal(object)  # Sending

    def __init__(self, desk: Desk) -> None:
        told = words.text("Reports and files that left the house stand here, with their sum. Drop a file to prove it.")
        empty = Empty("send", words.text("Nothing has left yet"), told)
        super().__init__(desk, _columns(), words.text("Sendings"), empty)
        self.filter_by(
            [
                ("all", words.text("All (sendings)")),
                ("reports", words.text("Reports")),
                ("nominal", words.text("By name")),
                ("lists", words.text("Lists")),
                ("waiting", words.text("Without acknowledgement")),
                ("replaced", words.text("Replaced")),
                ("here", words.text("Stayed here")),
            ],
            lambda one, chip: _in(one, chip) and self.years.holds(one.sending.sent_at.year),
        )
        self.years = YearFilter()
        self.years.changed.connect(self.look_again)
        self.print_button = Button(words.text("Print the list"), "plain", "print", on_click=self.print_list)
        self.proof = FileProof(desk, self)
        self.drop_card, self.proof_card = DropCard(), ProofCard(sees_figures=desk.may(Permission.REPORT_SEE))
        self.drop_card.choose.clicked.connect(self.proof.choose)
        self.proof.found.connect(self._show_proof)
        self.proof.refused.connect(self.told)
        self.proof_card.sending_wanted.connect(self._go_to)
        self.proof_card.differences_wanted.connect(self._show_differences)
        self._lay_out()
        self.setAcceptDrops(True)
        shortcut = QShortcut(QKeySequence.StandardKey.Print, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.print_list)

    def _lay_out(self) -> None:
        head = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        head.add(self.chips, self.years)
        head.add_right(Label(words.text("Copies kept for 10 years, sealed"), size="small", ink="ink2"))
        self.counted = Label(size="small", ink="ink2")
        self.late = Label(size="small", bold=True, ink="attention")
        told = Label(words.text("No sending is erased: one that was replaced stays here."), size="small", ink="ink2")
        self.foot = QWidget()
        line = Flow(tokens.SPACE, tokens.SPACE_HALF)
        line.add(self.counted, self.late)
        line.add_right(told)
        in_column(line, within=self.foot, margins=(0, tokens.SPACE, 0, 0))
        cards = in_row((self.drop_card, 1), (self.proof_card, 2), spacing=tokens.SPACE_2)
        margins = tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_2
        below = QWidget()
        in_column(self.foot, cards, within=below, spacing=tokens.SPACE, margins=margins)
        self.lay_out(head, below=below)

    def ask(self) -> Sequence[SentFile]:
        found = sendings.sent_files(self.desk)
        self.years.offer(one.sending.sent_at.year for one in found)
        return found

    @Slot()
    def show_lines(self) -> None:
        super().show_lines()
        left = [one for one in self.lines if one.sending.left]
        told = [words.count("{n} sending", "{n} sendings", len(left))]
        listed = sum(one.sending.left for one in self.rows.rows())
        if 0 < listed < len(left):
            told.append(words.count("{n} is listed", "{n} are listed", listed))
        waiting, late = sum(map(_waits, left)), sum(one.is_late for one in left)
        if waiting:
            told.append(words.count("{n} waits for its acknowledgement", "{n} wait for their acknowledgement", waiting))
        self.counted.setText(" · ".join(told))
        self.late.setText(words.count("{n} is late", "{n} are late", late))
        self.late.setVisible(late > 0)
        self.foot.setVisible(bool(self.lines))

    def key_of(self, line: SentFile) -> int:
        return line.sending.id

    def view_of(self, line: SentFile) -> SendingView:
        self.panel.name_it(
            words.text("Receipt of a sending"), f"{line.sending.number} · {sending_words.what(line.sending)}"
        )
        view = SendingView(self.desk, line, is_owed=self._is_owed(line))
        view.send_again_wanted.connect(self.send_again_wanted)
        return view

    def _is_owed(self, line: SentFile) -> bool:
        """Whether something replaced this report that its recipient has not got at its level."""
        sent = line.sending
        if line.replacing is None or sent.kind not in (REPORT, DHIS2) or not sent.left or not sent.recipient:
            return False
        owed = line.replacing.id, sent.recipient, sent.level, sent.kind
        every = (one.sending for one in self.lines)
        return not any((one.version, one.recipient, one.level, one.kind) == owed for one in every)

    @Slot()
    def print_list(self) -> None:
        """The lines shown, to be printed."""
        rows = [self.rows.cells(place) for place in range(self.rows.rowCount())]
        heads = [one.heading for one in self.rows.columns]
        made = receipt.list_html(rows, heads, self.desk.is_training)
        self.tell(self.attempt(lambda: printed(self.desk, "sendings_list", receipt.print_list(self, made))))

    @Slot(object, object)
    def _show_proof(self, path: Path, found: Proven) -> None:
        self.proof_card.show_proof(path, found)

    @Slot(int)
    def _go_to(self, sending: int) -> None:
        line = self.line_of(str(sending))
        if line is None:
            return
        if not self.years.holds(line.sending.sent_at.year):
            self.years.keep(line.sending.sent_at.year)
        self.switch("all" if line.sending.left else "here")
        self.open_again(sending)

    @Slot(int)
    def _show_differences(self, sending: int) -> None:
        self._go_to(sending)
        if self.view is not None:
            self.view.do("differences")

    def first_of_head(self) -> QWidget:
        return self.drop_card.choose

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.proof.verify(path)
