"""The record of a resident: head, sections, what is missing, and the forms of each act."""

from collections.abc import Callable, Generator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import placement_on
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.residents import merging, residents
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms import unsaved
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.drafting import Drafting, keep_all
from shelter_desk.ui.next_turn import turn_by_turn
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.choices import last_stay
from shelter_desk.ui.residents.record import head_alerts, record_tabs
from shelter_desk.ui.residents.record.missing import GapsCard, MissingFact, missing_of
from shelter_desk.ui.residents.record.my_file_paper import MyFilePrint
from shelter_desk.ui.residents.record.record_head import RecordHead
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.widgets.ask import ask
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.layouts import in_column, in_row, scrolling
from shelter_desk.ui.widgets.section_bar import SectionColumn

SIDE = 258
BESIDE_FROM = 740
FIRST = "stay"  # the section with what is missing


class RecordView(QWidget):
    """The right side of the page; empty until somebody is chosen."""

    told = Signal(object)  # Told
    bed_wanted = Signal(int)  # BedId
    opened = Signal(int)  # PersonId of somebody of the family
    readmission_wanted = Signal(int)  # PersonId
    page_wanted = Signal(str)  # a part of another page, `today/roll_call/2026-11-14`
    acted = Signal()
    draft_found = Signal(object)  # Draft kept before a lock or a cut
    alone_changed = Signal(bool)  # whether nothing of other residents is to stand beside the form

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.record: Record | None = None
        self.form: ActForm | None = None
        self.drafting: Drafting | None = None
        self._gaps: GapsCard | None = None
        self._shown: RecordTab | None = None  # below the head
        self._flags: Sequence[Flag] = ()
        self._missing: list[MissingFact] = []
        self._person: PersonId | None = None  # who is shown, or about to be
        self._steps: Generator[None] | None = None  # of what is being shown
        titles = {
            key: tab.title
            for key, tab in record_tabs.tabs().items()
            if tab.permission is None or desk.may(tab.permission)
        }
        self.head = RecordHead(desk, titles)
        self.head.asked.connect(self.open_form)
        self.head.told.connect(self.told)
        self.head.tabs.currentChanged.connect(self._tab_changed)
        self.head.alerts.settled_at.connect(self.settle_at)
        self.my_file = MyFilePrint(desk, self)
        self.my_file.told.connect(self.told)
        self._sections = SectionColumn(self.head.tabs)
        self._columns: QBoxLayout | None = None
        self._body = scrolling(QWidget(), only_down=True)
        self._below = QStackedWidget()
        self._below.addWidget(self._body)
        self._whole = QWidget()
        beside = in_row(self._sections, (self._below, 1), spacing=0)
        in_column(self.head, (beside, 1), within=self._whole, spacing=0)
        choose = words.text("Choose a resident in the list, or search by code or bed.")
        self.nobody = Empty("person", words.text("Nobody chosen"), choose)
        self._faces = QStackedWidget()
        self._faces.addWidget(self.nobody)
        self._faces.addWidget(self._whole)
        in_column(self._faces, within=self)
        for key, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.head.tabs.step, step))

    @property
    def gaps(self) -> GapsCard | None:
        """What is missing, as it stands beside the section shown."""
        self._finish()
        return self._gaps

    def open(self, person: PersonId) -> None:
        """Show that person, any form closed."""
        self._begin(person)
        self._finish()

    def open_over_turns(self, person: PersonId, done: Callable[[], object] = lambda: None) -> None:
        """As `open`, over turns of the window: the head once it is read, then what is below it; then call `done`."""
        turn_by_turn(self, self._begin(person), done)

    def _begin(self, person: PersonId) -> Generator[None]:
        self.close_form()
        self._give_up()
        self._person = person
        self._steps = self._showing(person, is_opened=True)
        return self._steps

    def _finish(self) -> None:
        """Show whole what is being shown."""
        for _ in self._steps or ():
            pass

    def _give_up(self) -> None:
        """Show no more of what is being shown."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None

    def show_tab(self, key: str) -> None:
        """Show that tab, where this record has it."""
        self._finish()
        place = next((place for place in range(self.head.tabs.count()) if self.head.tabs.tabData(place) == key), None)
        if place is not None:
            self.head.tabs.setCurrentIndex(place)
            self.head.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask again for whoever is shown."""
        person, is_opened = self._person, self._steps is not None
        if person is None or self.is_editing():
            return
        self._give_up()
        if residents.is_in_file(self._desk, person):
            self._steps = self._showing(person, is_opened)
            self._finish()
        else:  # the admission was undone
            self.show_nobody()

    def is_empty(self) -> bool:
        """True where nobody is shown, or about to be."""
        return self._person is None

    def is_editing(self) -> bool:
        """True while a form is open, or something is typed on the tab itself."""
        return self.form is not None or (self._shown is not None and self._shown.is_editing())

    def show_nobody(self) -> None:
        """Show the empty face."""
        self.close_form()
        self._give_up()
        self.record = self._shown = self._person = None
        self.head.name.hide_name()
        self._faces.setCurrentWidget(self.nobody)

    def _showing(self, person: PersonId, is_opened: bool = False) -> Generator[None]:
        """The steps of it, of which none takes long. is_opened: the journal says that it was."""
        with refusals_told(self.told):
            record = residents.record(self._desk, person)
            is_late = not flags.are_worked_out(self._desk)  # then those of before, until they are worked out
            found = (flags.said_last if is_late else flags.of_person)(self._desk, person)
            sections = record_tabs.sections(self._desk, record)
            if is_opened:
                self._note(record)
            yield
            before = head_alerts.before_flags(self._desk, record)
            yield
            self.record, self._flags = record, found
            blocked = self.head.tabs.blockSignals(True)
            self.head.show_record(record, found, before, sections)
            self.head.tabs.blockSignals(blocked)
            if is_opened:
                self._shown = self._gaps = self._columns = None
                self._put(QWidget())  # nothing of who was shown
            self._faces.setCurrentWidget(self._whole)
            yield
            tab = self._section(record)
            yield
            self._missing = missing_of(self._desk, record)
            yield
            self._show_section(tab)
            if is_late:
                asked = partial(flags.of_person, self._desk, person)
                tasks.run(asked, partial(self._take_flags, record), tasks.nobody)
        self._steps = None
        self._person = None if self.record is None else self.record.person.id  # of before, where it was refused

    def _take_flags(self, record: Record, found: Sequence[Flag]) -> None:
        """What was worked out beside the window for that record, where it is shown still."""
        if record is self.record:
            self._flags = found
            self.head.show_flags(found)
            self._mark()

    def _mark(self) -> None:
        self.head.mark(self._flags, len(self._missing) if self._desk.may(Permission.ADMIT) else 0)

    def _note(self, record: Record) -> None:
        note = partial(residents.note_opened, self._desk, record.person)
        if tasks.is_busy():  # who writes is waited for on the other thread
            tasks.run(note, tasks.nobody, tasks.nobody)
        else:
            note()

    def _show_section(self, tab: RecordTab) -> None:
        """Show that section below the head, with what is missing beside the first one."""
        self._shown = tab
        may_fill = self._desk.may(Permission.ADMIT)
        gaps_card = self._gaps = GapsCard(self._missing, may_fill)
        gaps_card.wanted.connect(self.open_form)
        gaps_card.setFixedWidth(tokens.wide(SIDE))
        self._mark()
        is_beside = may_fill and self._key() == FIRST  # elsewhere it would push away what was asked for
        if not is_beside:
            gaps_card.hide()
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        row = self._columns = QBoxLayout(self._direction(), inner)
        row.setContentsMargins(tokens.SPACE, tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_2)
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(tab, 1)
        row.addWidget(gaps_card, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._put(inner)

    def _put(self, inner: QWidget) -> None:
        """Show it in place of what was shown, which may be in the midst of saying what it did; what was typed there
        is kept.
        """
        former, focus = self._body.takeWidget(), QApplication.focusWidget()
        was_inside = former is not None and focus is not None and former.isAncestorOf(focus)
        if former is not None:
            keep_all(self._desk, former)
            former.hide()
            former.deleteLater()
        self._body.setWidget(inner)
        if was_inside:
            self.head.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _key(self) -> str:
        """Of the section chosen."""
        return str(self.head.tabs.tabData(self.head.tabs.currentIndex()))

    def _section(self, record: Record) -> RecordTab:
        """The section chosen, of that record."""
        made = record_tabs.tabs()[self._key()].make(self._desk, record)
        made.told.connect(self.told)
        made.acted.connect(self._acted)
        made.asked.connect(self.open_form)
        made.opened.connect(self.opened)
        made.draft_found.connect(self.draft_found)
        return made

    @Slot(str)
    def settle_at(self, place: str) -> None:
        """Go where an alert of the head is settled: a section, `form/place`, `form/merge/7K3-QMX-E`, another page."""
        kind, _, name = place.partition("/")
        if place in record_tabs.tabs():
            self.close_form()
            self.show_tab(place)
        elif kind == "form":
            form, _, at = name.partition("/")
            self.open_form(form, at)
        else:
            self.page_wanted.emit(place)

    def _direction(self) -> QBoxLayout.Direction:
        """What is missing stands beside the tab, or above it where there is no room."""
        wide = self.width() >= tokens.wide(BESIDE_FROM)
        return QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns is not None:
            self._columns.setDirection(self._direction())

    @Slot(int)
    def _tab_changed(self, _place: int) -> None:
        self.close_form()
        self._finish()
        if self.record is not None:
            self._show_section(self._section(self.record))

    @Slot(str)
    @Slot(str, str)
    def open_form(self, name: str, at: str = "") -> None:
        """Open the form of that act, or do what needs none."""
        self._finish()
        record = self.record
        if record is None:
            return
        one = last_stay(record)
        if name == "readmit":
            self.readmission_wanted.emit(record.person.id)
        elif name == "bed":
            placement = placement_on(one.placements, self._desk.today()) if one is not None else None
            if placement is not None and placement.bed is not None:
                self.bed_wanted.emit(placement.bed)
            else:
                self.open_form("place")
        elif name == "undo_merge":
            self._undo_merge(record)
        elif name == "my_file":
            self.my_file.ask(record.person.id)
        elif name == "person":
            self.give_up()
            self.opened.emit(int(at))
        else:
            self._open(record_tabs.form(self._desk, record, one, name, at), f"residents/{name}/{record.person.code}")

    def _open(self, form: ActForm | None, name: str) -> None:
        if form is None:
            return
        self.close_form()
        self.form = form
        self.drafting = Drafting(self._desk, form, name)
        self.drafting.found.connect(self.draft_found)
        form.told.connect(self.told)
        form.acted.connect(self._acted)
        form.closed.connect(self.give_up)
        form.left.connect(self._leave)
        form.asked.connect(self.open_form)
        form.touched.connect(self.drafting.touch)
        self._sections.hide()  # before the form needs their room, else the window grows beyond the screen
        self._stand_alone(form.is_alone)
        self._below.addWidget(form)
        self._below.setCurrentWidget(form)
        form.begin()
        self.drafting.begin()

    def _stand_alone(self, on: bool) -> None:
        """Show a form without anything beside or above it, for the person who sits before the screen."""
        self.head.setHidden(on)
        self.alone_changed.emit(on)

    def resume(self, name: str, draft: Draft) -> None:
        """Open the form of that act as it was left."""
        self.open_form(name)
        if self.drafting is not None and self.drafting.name == draft.form:
            self.drafting.resume(draft)

    @Slot()
    def give_up(self) -> None:
        """The form is closed on purpose, and its draft with it."""
        if self.drafting is not None:
            self.drafting.forget()
        self.close_form()

    @Slot()
    def _leave(self) -> None:
        """The form is left for now: say so where something was typed, since nothing shows that it is kept."""
        told = unsaved.kept(self.drafting)
        self.close_form()
        if told is not None:
            self.told.emit(told)

    @Slot()
    def close_form(self) -> None:
        """Back to the tabs; what was typed is kept until the form is given up."""
        form, self.form = self.form, None
        drafting, self.drafting = self.drafting, None
        if drafting is not None:
            drafting.keep_now()
        if form is not None:
            self._below.setCurrentWidget(self._body)
            self._below.removeWidget(form)
            self._sections.show()
            self._stand_alone(False)
            form.deleteLater()

    @Slot()
    def _acted(self) -> None:
        self.give_up()
        self.acted.emit()

    def _undo_merge(self, record: Record) -> None:
        found = merging.merges_of(self._desk, record.person.id)
        if not found:
            return
        question = words.text("Undo the merge of {code} and {other}?")
        effect = words.text("Both are files of their own again, as they were, with their stays and their consents.")
        asked = question.format(code=record.person.code, other=found[0].code)
        if ask(self, asked, effect, words.text("Undo the merge")) is None:
            return
        with refusals_told(self.told):
            done = merging.undo_merge(self._desk, record.person.id)
            told = words.text("{code} and {other} are two files again.")
            self.told.emit(Told("ok", told.format(code=record.person.code, other=found[0].code), done))
            self._acted()
