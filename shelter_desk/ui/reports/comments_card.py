"""What the house says of the figures of a month, and the line in which it is typed (F2 on a figure)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.comments import LONGEST
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.refusals import MonthClosed
from shelter_desk.domain.reports.report import FigureComment, Report
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations
from shelter_desk.operations.reports.annotations import WrittenComment
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.reports import naming
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence


class CommentsCard(Card):
    """The comments one below the other. Enter keeps what is typed, Escape gives it up; an empty line takes it away."""

    told = Signal(object)  # Told
    left = Signal(object)  # Ref whose line is closed again

    def __init__(self, desk: Desk) -> None:
        super().__init__(words.text("Comments"))
        self._desk = desk
        self._report: Report | None = None
        self._ref: Ref | None = None
        self.line = LineField("", open_words=True)
        self.line.line.setMaxLength(LONGEST)
        watch(desk, self.line)
        self.room = Label(size="small", ink="ink2")
        self.keep = Button(words.text("Keep"), on_click=self._keep)
        self.typing = QWidget()
        in_column(self.line, in_row(self.room, STRETCH, self.keep), within=self.typing, spacing=tokens.SPACE_HALF)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(tokens.SPACE)
        fill(self.body, self.typing, self.lines)
        self.line.changed.connect(self._count)
        self.line.line.returnPressed.connect(self._keep)
        self.typing.hide()
        self.hide()

    def show_month(self, report: Report, written: Sequence[WrittenComment] = ()) -> None:
        """The comments of that month. written: by whom each was, where it is not closed."""
        if self._report is None or self._report.period != report.period:
            self.typing.hide()
        self._report = report
        by = {one.comment.ref: one for one in written}
        empty(self.lines)
        for one in report.comments:
            fill(self.lines, self._said(one, by.get(one.ref), report))
        self._see()

    def _said(self, one: FigureComment, written: WrittenComment | None, report: Report) -> QWidget:
        shown = QWidget()
        title = naming.title(one.ref, report.names)
        parts = [Label(title, size="small", bold=True, wrap=True), Label(one.text, wrap=True)]
        if written is not None:
            told = words.text("{name}, {moment}")
            told = told.format(name=written.written_by, moment=formats.moment(written.comment.written_at))
            parts.append(Label(told, size="small", ink="ink2"))
        in_column(*parts, within=shown, spacing=0)
        return shown

    def _see(self) -> None:
        has_any = self._report is not None and bool(self._report.comments)
        self.setVisible(has_any or not self.typing.isHidden())

    @Slot(object)
    def ask(self, ref: Ref) -> None:
        """Type what is to be said of that figure."""
        report = self._report
        if report is None or not self._desk.may(Permission.REPORT_COMMENT):
            return
        if report.version:
            self.told.emit(Told("blocked", sentence(MonthClosed(report.period.first))))
            return
        self._ref = ref
        self.line.set_label(naming.title(ref, report.names))
        self.line.set_text(next((one.text for one in report.comments if one.ref == ref), ""))
        self._count()
        self.typing.show()
        self._see()
        self.line.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _count(self) -> None:
        self.room.setText(words.text("{n} of {most} characters").format(n=len(self.line.line.text()), most=LONGEST))

    @Slot()
    def _keep(self) -> None:
        if self._ref is None or self._report is None:
            return
        try:
            annotations.comment(self._desk, self._report.period.whole, self._ref, self.line.text())
        except ShelterDeskError as error:
            self.line.set_error(sentence(error))
            return
        self._leave()

    def _leave(self) -> None:
        ref, self._ref = self._ref, None
        self.typing.hide()
        self._see()
        if ref is not None:
            self.left.emit(ref)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._ref is not None:
            self._leave()
            return
        super().keyPressEvent(event)
