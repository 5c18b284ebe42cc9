"""The thread on screen: days, hours, what happened, by whom; the facts of the case file as its lines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import MEAL
from shelter_desk.domain.ids import NoteId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.timeline import Topic
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import timeline
from shelter_desk.operations.residents.residents import Record
from shelter_desk.operations.residents.timeline import TimelineEntry
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.residents.record.timeline import TimelineItem, entries, in_order, typed_by
from shelter_desk.ui.residents.record.timeline_line import NoteLine, TimelineLine
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words import timeline as timeline_words

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
        self._notes = _notes(desk, record)
        self.note_lines: dict[NoteId, NoteLine] = {}
        counted = Counter(one.kind for one in self._entries)
        chips: list[tuple[str, str, int | None]] = [(ALL, words.text("Everything"), None)]
        chips += [(topic, timeline_words.topic(topic), counted[topic]) for topic in seen if counted[topic]]
        self.chips = ChipBar(chips, wraps=True)
        self.chips.chosen.connect(self._show)
        self.note_button = Button(words.text("Add a note…"), "primary", "plus")
        self.note_button.clicked.connect(partial(self.asked.emit, "note", ""))
        self.more = Button(words.text("Show what is older"), "quiet")
        self.more.clicked.connect(self._more)
        self._card = Card()
        self._card.body.setSpacing(0)
        self._lay_out()
        self.note_button.setVisible(desk.may(Permission.CASE_EDIT) and bool(record.stays))
        self._show()

    def _lay_out(self) -> None:
        head = in_row((self.chips, 1), spacing=tokens.SPACE)
        head.addWidget(self.note_button, 0, Qt.AlignmentFlag.AlignTop)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._card.body.addLayout(self._lines)
        self._card.body.addWidget(self.more)
        in_column(head, self._card, STRETCH, within=self, spacing=tokens.SPACE_PANEL)

    def shown(self) -> list[TimelineItem]:
        """The entries under the chip that is on."""
        kind = self.chips.on()[0]
        return [one for one in self._entries if kind in (ALL, one.kind)]

    @Slot(int)
    def _correct_note(self, note: int) -> None:
        self.asked.emit("note", str(note))

    @Slot()
    def _more(self) -> None:
        """Add what is older below, so that nothing shown is made again."""
        found = self.shown()
        self._list(found[self._shown : self._shown + FIRST_SHOWN])
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

    def _list(self, found: Sequence[TimelineItem]) -> None:
        for day, of_day in groupby(found, key=lambda one: one.at.date()):
            if day != self._last_day:
                heading = Label(self._day(day), size="small", bold=True, ink="ink2")
                heading.setContentsMargins(0, 4, 0, 4)
                self._lines.addWidget(heading)
                self._last_day = day
            for one in of_day:
                self._lines.addWidget(self._line(one))

    def _line(self, entry: TimelineItem) -> TimelineLine:
        note = None if entry.note is None else self._notes.get(entry.note)
        if note is None:
            return TimelineLine(entry)
        made = NoteLine(self.desk, entry, note, self.record.person.code)
        made.told.connect(self.told)
        made.correction_wanted.connect(self._correct_note)
        self.note_lines[note.note.id] = made
        return made

    def _day(self, day: date) -> str:
        named = words.text("{weekday} {day}").format(weekday=formats.weekday(day), day=formats.day(day))
        if day == self._today:
            return words.text("Today, {day}").format(day=named)
        return named[:1].upper() + named[1:]


def _notes(desk: Desk, record: Record) -> dict[NoteId, notes.ReadNote]:
    if not desk.may(Permission.CASE_SEE):
        return {}
    return {line.note.id: line for line in notes.of(desk, record.person.id)}


ICONS: Mapping[Topic, str] = {
    "stay": "bag",
    "interviews": "person",
    "assessments": "shield",
    "plan": "flag",
    "services": "heart",
    "referrals": "send",
    "minor": "baby",
    "return": "leave",
    "consents": "circle-check",
    "notes": "note",
    "documents": "document",
    "incidents": "triangle",
}
OF_FACT = {"appointment": "calendar", "withdrawn": "close", "tracing": "search", "case_closed": "check"}


def facts(desk: Desk, record: Record) -> list[TimelineItem]:
    """The facts that this role may see, in no order; the meals of a month are one line."""
    found = timeline.of(desk, record.person.id)
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
