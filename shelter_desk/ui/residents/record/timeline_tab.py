"""The thread on screen: days, hours, what happened, by whom; the facts of the case file as its lines.

A note is read and corrected from its line.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import MEAL
from shelter_desk.domain.ids import NoteId
from shelter_desk.domain.moments import is_plain, plain
from shelter_desk.domain.residents.timeline import Topic
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import timeline
from shelter_desk.operations.residents.residents import Record
from shelter_desk.operations.residents.timeline import TimelineEntry
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.forms.reading_reason import may_open
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.residents.record.timeline import TimelineItem, entries, in_order, typed_by
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words import timeline as timeline_words
from shelter_desk.words.casefile import notes as note_words


class TimelineLine(QWidget):
    """One entry: hour, icon on the line of time, sentence, by whom. `sentences` is the layout of what is said."""

    def __init__(self, entry: TimelineItem) -> None:
        super().__init__()
        hour = Label("" if is_plain(entry.at) else formats.clock(entry.at), size="small", ink="ink2")
        hour.setFixedWidth(tokens.wide(40))
        hour.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        title, later = Label(entry.title, bold=True, wrap=True), choices.typed_later(entry.at, entry.recorded)
        marks: list[QWidget] = [Badge(later)] if later and entry.kind != "file" else []
        marks += [Label(entry.by, size="small", ink="ink2")] if entry.by else []
        if tokens.is_large():  # beside the title there is no room for them
            below = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
            below.add(*marks)
            self.sentences = in_column(title, below, spacing=0)
        else:
            beside = ((mark, 0, Qt.AlignmentFlag.AlignVCenter) for mark in marks)
            self.sentences = in_column(in_row((title, 1), *beside, spacing=tokens.SPACE), spacing=0)
        if entry.detail:
            self.sentences.addWidget(Label(entry.detail, ink="ink2", wrap=True))
        icon = _Round(entry.icon)
        in_row(hour, icon, (self.sentences, 1), within=self, spacing=tokens.SPACE_PANEL, margins=(0, 2))


class NoteLine(TimelineLine):
    """A note: its words show on demand, which is written to the journal, and go again. code: of the person."""

    told = Signal(object)  # Told
    correction_wanted = Signal()

    def __init__(self, desk: Desk, entry: TimelineItem, note: notes.ReadNote, code: str) -> None:
        super().__init__(entry)
        self._desk, self._note, self._code = desk, note, code
        self.body = Label("", wrap=True)
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.hide()
        self.read_button = Button(words.text("Read"), "quiet", "eye", on_click=self._read)
        verb = words.text("Change…") if note.why_locked is None else words.text("Correct…")
        self.correct_button = Button(verb, "quiet", "pencil", on_click=self.correction_wanted)
        told = Label(standing(note), size="small", ink="ink2", wrap=True)
        fill(self.sentences, self.body, in_row(self.read_button, self.correct_button, (told, 1), spacing=tokens.SPACE))
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


FIRST_SHOWN = 30  # lines made at once: each takes some milliseconds
ALL = "all"


class ThreadTab(RecordTab):
    """Chips above, then everything in order of time, the latest first.

    Only the topics that the role may see and that hold something are offered. asked: `note`, and which to correct.
    """

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self._today, self._shown = desk.today(), 0
        self._last_day: date | None = None
        seen = timeline.topics(desk)
        every = [*entries(record, desk.may(Permission.CASE_SEE)), *facts(desk, record)]
        self._entries = in_order(one for one in every if one.kind in seen)
        known = notes.of(desk, record.person.id) if desk.may(Permission.CASE_SEE) else ()
        self._notes = {line.note.id: line for line in known}
        self.note_lines: dict[NoteId, NoteLine] = {}
        counted = Counter(one.kind for one in self._entries)
        chips: list[tuple[str, str, int | None]] = [(ALL, words.text("Everything"), None)]
        chips += [(topic, timeline_words.topic(topic), counted[topic]) for topic in seen if counted[topic]]
        self.chips = ChipBar(chips, wraps=True)
        self.chips.chosen.connect(self._show)
        write = partial(self.asked.emit, "note", "")
        self.note_button = Button(words.text("Add a note…"), "primary", "plus", on_click=write)
        self.more = Button(words.text("Show what is older"), "quiet", on_click=self._more)
        card = Card()
        card.body.setSpacing(0)
        self._lines = in_column(spacing=0)
        fill(card.body, self._lines, self.more)
        head: QBoxLayout
        if tokens.is_large():  # beside the button the chips would stand one below the other
            head = in_column(self.chips, (self.note_button, 0, Qt.AlignmentFlag.AlignLeft), spacing=tokens.SPACE)
        else:
            head = in_row((self.chips, 1), (self.note_button, 0, Qt.AlignmentFlag.AlignTop), spacing=tokens.SPACE)
        in_column(head, card, STRETCH, within=self, spacing=tokens.SPACE_PANEL)
        self.note_button.setVisible(desk.may(Permission.CASE_EDIT) and bool(record.stays))
        self._show()

    def shown(self) -> list[TimelineItem]:
        """The entries under the chip that is on."""
        kind = self.chips.on()[0]
        return [one for one in self._entries if kind in (ALL, one.kind)]

    @Slot()
    def _more(self) -> None:
        """Add what is older below, so that nothing shown is made again."""
        found = self.shown()
        older = found[self._shown : self._shown + FIRST_SHOWN]
        for day, of_day in groupby(older, key=lambda one: one.at.date()):
            if day != self._last_day:
                heading = Label(self._day(day), size="small", bold=True, ink="ink2")
                heading.setContentsMargins(0, 4, 0, 4)
                self._lines.addWidget(heading)
                self._last_day = day
            for one in of_day:
                self._lines.addWidget(self._line(one))
        self._shown += FIRST_SHOWN
        self.more.setVisible(len(found) > self._shown)

    @Slot(str)
    def _show(self, _code: str = "") -> None:
        empty(self._lines)
        self.note_lines.clear()
        self._shown, self._last_day = 0, None
        if not self.shown():
            self._lines.addWidget(Label(words.text("Nothing yet."), ink="ink2"))
        self._more()

    def _line(self, entry: TimelineItem) -> TimelineLine:
        note = None if entry.note is None else self._notes.get(entry.note)
        if note is None:
            return TimelineLine(entry)
        made = NoteLine(self.desk, entry, note, self.record.person.code)
        made.told.connect(self.told)
        made.correction_wanted.connect(partial(self.asked.emit, "note", str(note.note.id)))
        self.note_lines[note.note.id] = made
        return made

    def _day(self, day: date) -> str:
        named = words.text("{weekday} {day}").format(weekday=formats.weekday(day), day=formats.day(day))
        if day == self._today:
            return words.text("Today, {day}").format(day=named)
        return named[:1].upper() + named[1:]


ICONS: Mapping[Topic, str] = {
    "stay": "bag",
    "interviews": "person",
    "assessments": "shield",
    "plan": "flag",
    "services": "heart",
    "referrals": "send",
    "minor": "baby",
    "return": "leave",
    "legal": "document",
    "consents": "circle-check",
    "notes": "note",
    "documents": "document",
    "incidents": "triangle",
}
OF_FACT = {"appointment": "calendar", "withdrawn": "close", "tracing": "search", "case_closed": "check"}


def facts(desk: Desk, record: Record) -> list[TimelineItem]:
    """The facts that this role may see, in no order; the meals of a month are one line."""
    return items(desk, record, timeline.of(desk, record.person.id))


def items(desk: Desk, record: Record, found: Sequence[TimelineEntry]) -> list[TimelineItem]:
    """These facts in words, in no order; the meals of a month are one line."""
    catalogue = (
        service_catalogue.all_kinds(desk) if any(one.event.topic in ("services", "plan") for one in found) else {}
    )
    named = {code: kind.label(words.language()) for code, kind in catalogue.items()}
    authors = typed_by(record)
    made = [_entry(one, named, authors) for one in found if not _is_meal(one)]
    return made + _meals([one for one in found if _is_meal(one)], named.get(MEAL, MEAL))


def _is_meal(one: TimelineEntry) -> bool:
    return one.event.what == "service" and one.event.told["service_type"] == MEAL


def _entry(one: TimelineEntry, named: Mapping[str, str], authors: Mapping[tuple[str, int], str]) -> TimelineItem:
    event = one.event
    code = event.told.get("service_type", "")
    title, detail = timeline_words.describe(event, named.get(code, words.label("service_type", code) if code else ""))
    return TimelineItem(
        event.at,
        event.topic,
        OF_FACT.get(event.what, ICONS.get(event.topic, "info")),
        title,
        detail,
        one.by or authors.get((event.table, event.key), ""),
        event.recorded,
        NoteId(event.key) if event.topic == "notes" else None,
    )


def _meals(meals: Sequence[TimelineEntry], named: str) -> list[TimelineItem]:
    """One line a month, on the day of its last meal."""
    days = sorted({one.event.at.date() for one in meals if one.event.told["service_status"] == "fait"})
    made = []
    for _, of_month in groupby(days, key=lambda day: (day.year, day.month)):
        ones = list(of_month)
        detail = words.count("on {n} day of the month", "on {n} days of the month", len(ones))
        made.append(TimelineItem(plain(ones[-1]), "services", "heart", named, detail))
    return made
