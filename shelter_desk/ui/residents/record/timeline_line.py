"""One entry of the thread on screen; a note is read and corrected from its line."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.forms.reading_reason import may_open
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.record.timeline import TimelineItem
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words import notes as note_words


class TimelineLine(QWidget):
    """One entry: hour, icon on the line of time, sentence, by whom. `sentences` is the layout of what is said."""

    def __init__(self, entry: TimelineItem) -> None:
        super().__init__()
        hour = Label("" if is_plain(entry.at) else formats.clock(entry.at), size="small", ink="ink2")
        hour.setFixedWidth(tokens.wide(40))
        hour.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.first = in_row((Label(entry.title, bold=True, wrap=True), 1), spacing=tokens.SPACE)
        mark = choices.typed_later(entry.at, entry.recorded)
        if mark and entry.kind != "file":
            self.first.addWidget(Badge(mark), 0, Qt.AlignmentFlag.AlignVCenter)
        if entry.by:
            self.first.addWidget(Label(entry.by, size="small", ink="ink2"))
        self.sentences = in_column(self.first, spacing=0)
        if entry.detail:
            self.sentences.addWidget(Label(entry.detail, ink="ink2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(tokens.SPACE_PANEL)
        row.addWidget(hour)
        row.addWidget(_Round(entry.icon))
        row.addLayout(self.sentences, 1)


class NoteLine(TimelineLine):
    """A note: its words show on demand, which is written to the journal, and go again. code: of the person."""

    told = Signal(object)  # Told
    correction_wanted = Signal(int)  # NoteId

    def __init__(self, desk: Desk, entry: TimelineItem, note: notes.ReadNote, code: str) -> None:
        super().__init__(entry)
        self._desk, self._note, self._code = desk, note, code
        self.body = Label("", wrap=True)
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.hide()
        self.read_button = Button(words.text("Read"), "quiet", "eye")
        self.read_button.clicked.connect(self._read)
        changes = note.why_locked is None
        self.correct_button = Button(words.text("Change…") if changes else words.text("Correct…"), "quiet", "pencil")
        self.correct_button.clicked.connect(self._correct)
        acts = QHBoxLayout()
        acts.setSpacing(tokens.SPACE)
        for button in (self.read_button, self.correct_button):
            acts.addWidget(button)
        acts.addWidget(Label(standing(note), size="small", ink="ink2", wrap=True), 1)
        self.sentences.addWidget(self.body)
        self.sentences.addLayout(acts)
        self.correct_button.setVisible(desk.may(Permission.CASE_EDIT) and note.note.kind in notes.kinds(desk))

    @Slot()
    def _read(self) -> None:
        """Show the words, or hide them again."""
        if not self.body.isHidden():
            self.body.hide()
            self.body.setText("")
            self.read_button.setText(words.text("Read"))
            return
        if self._note.note.kind in notes.CARE and not may_open(self, self._desk, self._code):
            return
        with refusals_told(self.told, note_words.sentence):
            opened = notes.read(self._desk, self._note.note.id)
            self.body.setText(opened or words.text("The key of these words went with the identity."))
            self.body.show()
            self.read_button.setText(words.text("Hide the words"))

    @Slot()
    def _correct(self) -> None:
        self.correction_wanted.emit(self._note.note.id)


def standing(note: notes.ReadNote) -> str:
    """Until when its author may change a note, or that it was corrected."""
    if note.corrected_by is not None:
        return words.text("Corrected by a later note.")
    if note.why_locked is None:
        return words.text("You may change it until {moment}.").format(moment=formats.moment(note.locked_at))
    return ""


class _Round(QWidget):
    """The icon of an entry in its round, on the line that joins the entries."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedWidth(tokens.wide(32))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        side = tokens.wide(32)
        return QSize(side, side + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, drawn = tokens.wide(32), tokens.wide(20)
        top = (self.height() - side) // 2
        painter.setPen(tokens.color("line"))
        painter.drawLine(QPoint(side // 2, 0), QPoint(side // 2, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("sunken"))
        painter.drawEllipse(QRectF(0, top, side, side))
        inset = (side - drawn) // 2
        painter.drawPixmap(QPoint(inset, top + inset), icons.pixmap(self._icon, "ink2", 20))
