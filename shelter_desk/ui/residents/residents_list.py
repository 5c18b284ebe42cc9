"""The list of residents: search, segments, filters, rows of two lines."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.flags.flag import Flag, rules
from shelter_desk.domain.ids import PersonId, RoomId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import beds
from shelter_desk.operations.casefile import flags as flagged
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import ListedResident, Which
from shelter_desk.ui import icons, tasks, tokens
from shelter_desk.ui.forms.fields import put_inside
from shelter_desk.ui.lists.list_intake import PASTE, ListIntake, may_paste
from shelter_desk.ui.lists.two_line_list import TwoLine, TwoLineList, TwoLineRows
from shelter_desk.ui.locking.clipboard import may_hold_a_name
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.badge import State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.chips import Chip
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.ui.widgets.marks import KeyMark
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.ui.widgets.tips import plain
from shelter_desk.words import away, flags, formats
from shelter_desk.words.refusals.errors import sentence

MOST_FOUND = 50
MOST_WIDE = 400  # pixels, so that a record has room where the text is large
_CHIP = 220


def line(one: ListedResident, today: date, found: Sequence[Flag] = ()) -> TwoLine:
    """What the row of a resident says. found: the red flags of the person."""
    person, stay = one.person, one.stay
    badge: tuple[str, State, str | None] = ("", "neutral", None)
    if stay is None:
        second = words.text("{age} · no stay").format(age=formats.age(person.birth.age(today)))
    elif stay.exited_at is not None:
        sentence = words.text("{age} · left on {day} · {nights}")
        second = sentence.format(
            age=formats.age(person.birth.age(today)),
            day=formats.day(stay.exited_at.date()),
            nights=choices.nights_text(choices.nights(stay, today)),
        )
    else:
        second = _here(one, today)
        if one.absence_type:
            badge = (away.short(one.absence_type), "held", "absence")
        elif not one.place:
            badge = (words.text("No bed"), "attention", None)
        elif any(flag.rule == "R-07" for flag in found):
            is_adult = not person.birth.is_minor(today)
            badge = (words.text("Already 18") if is_adult else words.text("18 soon"), "attention", None)
    warning = [flag for flag in found if flag.level != "I"]
    if warning and not badge[0]:
        badge = (words.count("{n} alert", "{n} alerts", len(warning)), "attention", "triangle")
    minor = person.birth.is_minor(today)
    told = "\n".join(map(flags.sentence, found))
    return TwoLine(person.code, second, choices.letter(person.sex), minor, *badge, told)


def _here(one: ListedResident, today: date) -> str:
    sentences = {
        "lit": words.text("{age} · bed {bed} · {nights}"),
        "partage": words.text("{age} · shares {bed} · {nights}"),
        "appoint": words.text("{age} · mat · {nights}"),
    }
    nights = choices.nights_text(choices.nights(one.stay, today)) if one.stay else ""
    sentence = sentences.get(one.place, words.text("{age} · {nights}"))
    return sentence.format(age=formats.age(one.person.birth.age(today)), bed=one.bed_code, nights=nights)


class ResidentsList(QFrame):
    """The list at the left of the page."""

    told = Signal(object)  # Told
    opened = Signal(int)  # PersonId
    admission_wanted = Signal()
    places_wanted = Signal()  # the requests for a place

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[ListedResident] = []
        self._room: RoomId | None = None
        self._flags: dict[PersonId, list[Flag]] = {}
        self._asked = 0  # how often the list was read: red flags that come later belong to one time
        self._alert: tuple[str, str] | None = None
        self._chosen: PersonId | None = None
        self.setFixedWidth(max(min(tokens.wide(320), MOST_WIDE), tokens.wide(240)))
        self.admit_button = Button(words.text("Admit"), icon="arrive", on_click=self.admission_wanted)
        places = words.text("Requests for a place")
        self.places_button = Button(places, "quiet", "list", on_click=self.places_wanted)
        if not desk.may(Permission.ADMIT_PROVISIONAL):
            self.admit_button.hide()
            self.places_button.hide()
        self.search = QLineEdit()
        may_hold_a_name(self.search)
        self.which = Segments(
            [("here", words.text("Here")), ("left", words.text("Departed")), ("all", words.text("All"))],
            "here",
            words.text("Which residents"),
        )
        if not desk.may(Permission.ADMIT):  # the night reception has to do with those here
            self.which.hide()
        self.women = self._chip(words.text("F"), words.text("Women and girls"))
        self.men = self._chip(words.text("M"), words.text("Men and boys"))
        self.minors = self._chip("−18", words.text("Minors"))
        self.room = Chip(words.text("Room"))
        self.room.setCheckable(False)
        self.kept_room = Chip("", kept=True)
        self.kept_room.hide()
        self.alerts = self._chip(words.text("Alerts"), words.text("Residents with an alert"))
        self.kept_alert = Chip("", kept=True)
        self.kept_alert.hide()
        self.rows = TwoLineRows(self._line, self)
        self.list = TwoLineList(self.rows)
        self.list.setAccessibleName(words.text("Residents"))
        self.none = Empty("residents", words.text("Nobody found"), words.text("No resident answers these filters."))
        self.first = Empty(
            "residents",
            words.text("Nobody yet"),
            words.text("The residents of the shelter, present and past."),
            words.text("Admit") if desk.may(Permission.ADMIT_PROVISIONAL) else None,
            "arrive",
        )
        self._faces = QStackedWidget()
        self.intake: ListIntake | None = None
        if may_paste(desk):
            self.intake = ListIntake(self, ("registre", "personnes", "sejours"), in_menu=True)
            paste = Button(words.text("Paste from Excel"), "quiet", "import", PASTE, on_click=self.intake.paste)
            self.first.add(paste)
        self._lay_out()
        self._connect()

    def _chip(self, text: str, name: str) -> Chip:
        chip = Chip(text)
        chip.setToolTip(plain(name))
        chip.clicked.connect(self._filter)
        return chip

    def _lay_out(self) -> None:
        title = in_row((Label(words.text("Residents"), size="title", bold=True), 1), self.admit_button)
        self.search.setPlaceholderText(words.text("Code, bed, register number"))
        self.search.setAccessibleName(words.text("Search a resident"))
        self.search.setClearButtonEnabled(False)
        self.search.addAction(icons.icon("search", "ink2", 16), QLineEdit.ActionPosition.LeadingPosition)
        put_inside(self.search, KeyMark("Ctrl+F"))
        chips = Flow(tokens.SPACE_HALF, tokens.SPACE_HALF)
        chips.add(self.women, self.men, self.minors, self.room, self.kept_room, self.alerts, self.kept_alert)
        head = in_column(
            title,
            (self.places_button, 0, Qt.AlignmentFlag.AlignLeft),
            self.search,
            self.which,
            chips,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE),
        )
        for face in (self.list, self.none, self.first):
            self._faces.addWidget(face)
        in_column(head, (self._faces, 1), within=self, spacing=0, margins=(0, 0, 1, 0))

    def _connect(self) -> None:
        self.first.started.connect(self.admission_wanted)
        self.search.textChanged.connect(self._show)
        self.search.installEventFilter(self)
        self.which.chosen.connect(self.refresh)
        self.room.clicked.connect(self._choose_room)
        self.kept_room.clicked.connect(self._drop_room)
        self.kept_alert.clicked.connect(self._drop_alert)
        self.list.opened.connect(self._opened)
        self.list.clicked.connect(self._clicked)
        find = QShortcut(QKeySequence.StandardKey.Find, self.window(), context=Qt.ShortcutContext.WindowShortcut)
        find.setParent(self)
        find.activated.connect(self.begin_search)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface"))
        painter.setPen(tokens.color("line"))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())

    def _line(self, one: ListedResident) -> TwoLine:
        return line(one, self._desk.today(), self._flags.get(one.person.id, ()))

    @Slot()
    def refresh(self) -> None:
        """Ask for the list again; the row chosen stays chosen, the red flags follow where they are not at hand."""
        self._rows = residents.listed(self._desk, self._chosen_which())
        self._asked += 1
        by_alert = self.alerts.isChecked() or self._alert is not None
        if by_alert or flagged.are_worked_out(self._desk):
            self._show_flags(flagged.of_house(self._desk))
            return
        self._count()
        self._show()
        tasks.run(partial(flagged.of_house, self._desk), partial(self._take_flags, self._asked), self._fail)

    def _take_flags(self, asked: int, found: Sequence[Flag]) -> None:
        """What was worked out for the last time that somebody asked; the list stays where it was scrolled to."""
        if asked == self._asked:
            bar = self.list.verticalScrollBar()
            place = bar.value()
            self._show_flags(found)
            bar.setValue(place)

    def _show_flags(self, found: Sequence[Flag]) -> None:
        self._flags = {}
        for flag in found:
            if flag.person is not None:
                self._flags.setdefault(flag.person, []).append(flag)
        self._count()
        self._show()

    def _fail(self, error: ShelterDeskError) -> None:
        self.told.emit(Told("blocked", sentence(error)))

    def _chosen_which(self) -> Which:
        value = self.which.value()
        return "left" if value == "left" else "all" if value == "all" else "here"

    def choose(self, person: PersonId) -> None:
        """Mark that row, without opening it; no row where the list does not show that person."""
        self._chosen = person
        place = self.rows.place(lambda one: one.person.id == person)
        if place is not None:
            self.list.go_to(place)
        else:
            self.list.setCurrentIndex(QModelIndex())

    def reveal(self, person: PersonId) -> None:
        """Mark the row of somebody here, whatever was searched or filtered before."""
        self.list.setCurrentIndex(QModelIndex())  # else the row marked before stays so
        self._chosen = person
        self.refresh()
        if self.rows.place(lambda one: one.person.id == person) is None:
            self._drop_filters()
            self.refresh()

    def mask_names(self, on: bool) -> None:
        """A name may stand in the search."""
        if on:
            self.search.clear()

    @Slot()
    def begin_search(self) -> None:
        """Go to the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.FocusIn:
            residents.search(self._desk, "zz", 1)  # the index of names is made before the first letter, not with it
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows.rowCount():
                if self.list.current() is None:
                    self.list.go_to(0)
                if event.key() == Qt.Key.Key_Down:
                    self.list.setFocus(Qt.FocusReason.TabFocusReason)
                else:
                    self._opened(self.list.current())
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _filter(self) -> None:
        chip = self.sender()
        if chip is self.women and self.women.isChecked():
            self.men.setChecked(False)
        if chip is self.men and self.men.isChecked():
            self.women.setChecked(False)
        self._show()

    def _count(self) -> None:
        today = self._desk.today()
        self.women.set_count(sum(one.person.sex == "f" for one in self._rows))
        self.men.set_count(sum(one.person.sex == "m" for one in self._rows))
        self.minors.set_count(sum(one.person.birth.is_minor(today) for one in self._rows))
        self.alerts.set_count(sum(self._has_alert(one) for one in self._rows))
        for chip, name in ((self.women, words.text("Women and girls")), (self.men, words.text("Men and boys"))):
            chip.setAccessibleName(f"{name} {chip.count()}")
        if self._chosen_which() == "here":
            self.which.segment("here").setText(words.text("Here {n}").format(n=len(self._rows)))

    def _wanted(self, one: ListedResident) -> bool:
        if self.women.isChecked() and one.person.sex != "f":
            return False
        if self.men.isChecked() and one.person.sex != "m":
            return False
        if self._room is not None and one.room != self._room:
            return False
        if (self.alerts.isChecked() or self._alert is not None) and not self._has_alert(one):
            return False
        return not self.minors.isChecked() or one.person.birth.is_minor(self._desk.today())

    def _has_alert(self, one: ListedResident) -> bool:
        found = self._flags.get(one.person.id, ())
        if self._alert is not None:
            return any((flag.rule, flag.kind) == self._alert for flag in found)
        return any(flag.level != "I" for flag in found)

    @Slot()
    def _show(self) -> None:
        typed = self.search.text().strip()
        rows = self._rows
        if typed:
            rows = residents.lines_of(self._desk, residents.search(self._desk, typed, MOST_FOUND))
        former = self.list.current()
        chosen = self._chosen if former is None else former.person.id
        self.rows.show([one for one in rows if self._wanted(one)])
        if chosen is not None:
            self.choose(chosen)
        face: QWidget = self.list if self.rows.rowCount() else self.none
        if face is self.none and not typed and not residents.anybody(self._desk):
            face = self.first
        self._faces.setCurrentWidget(face)

    def _drop_filters(self) -> None:
        self.search.clear()
        for chip in (self.women, self.men, self.minors, self.alerts):
            chip.setChecked(False)
        self.which.choose("here")
        self._drop_room()
        self._drop_alert()

    @Slot()
    def _choose_room(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named = words.text("room {code}, {name}")
        for room, _beds in beds.rooms(self._desk):
            action = menu.addAction(named.format(code=room.code, name=room.name))
            action.triggered.connect(partial(self.keep_room, room.id, room.code))
        menu.popup(self.room.mapToGlobal(QPoint(0, self.room.height() + 4)))

    def keep_room(self, room: RoomId, code: str, _on: bool = False) -> None:
        """Show only who sleeps in that room."""
        self._room = room
        self.kept_room.setText(words.text("Room {code}").format(code=code))
        self.kept_room.setAccessibleName(words.text("Remove the filter on room {code}").format(code=code))
        self.kept_room.updateGeometry()
        self._show_room_chip()

    @Slot()
    def _drop_room(self) -> None:
        self._room = None
        self._show_room_chip()

    def _show_room_chip(self) -> None:
        self.kept_room.setVisible(self._room is not None)
        self.room.setVisible(self._room is None)
        self._show()

    def keep_alerts(self, rule: str, kind: str) -> None:
        """Show only those of whom that rule speaks, those who left among them where it reads exits."""
        self._alert = (rule, kind)
        told, room = flags.label(rule, kind), tokens.wide(_CHIP)
        elided = tokens.metrics("small", bold=True).elidedText(told, Qt.TextElideMode.ElideRight, room)
        self.kept_alert.setText(elided)
        self.kept_alert.setToolTip(plain(told))
        self.kept_alert.setAccessibleName(words.text("Remove the filter {what}").format(what=told))
        self.kept_alert.updateGeometry()
        self.which.choose("all" if rules()[rule].on_exit else "here")
        self._show_alert_chip()
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _drop_alert(self) -> None:
        self._alert = None
        self._show_alert_chip()
        self._count()
        self._show()

    def _show_alert_chip(self) -> None:
        self.kept_alert.setVisible(self._alert is not None)
        self.alerts.setVisible(self._alert is None)

    @Slot(object)
    def _opened(self, one: ListedResident | None) -> None:
        if one is not None:
            self.opened.emit(one.person.id)

    @Slot("QModelIndex")
    def _clicked(self, _index: object) -> None:
        self._opened(self.list.current())
