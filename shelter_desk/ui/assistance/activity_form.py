"""An activity held for many, or a training: what, when, who was there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.assistance import MEAL, Activity, ServiceStatus
from shelter_desk.domain.ids import StayId
from shelter_desk.operations.assistance import activities, assistance
from shelter_desk.operations.assistance.activities import NEW
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.attendance import AttendanceList, AttendanceRows
from shelter_desk.ui.assistance.staff_field import StaffField
from shelter_desk.ui.forms import drafting, unsaved
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField, take_typed_inside
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField, TextField
from shelter_desk.ui.forms.layouts import column_of
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring.code_lists import CodeField
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words.refusals.errors import sentence

OUTSIDE = 4
LIST_HIGH = 232
STATUS: dict[str, ServiceStatus] = {"fait": "fait", "prevu": "prevu", "non_tenu": "non_tenu"}


class ActivityForm(QWidget):
    """Ctrl+Enter keeps it, Escape leaves it as it is. Nobody is ticked at first: those who were there are."""

    told = Signal(object)  # Told
    acted = Signal()
    closed = Signal()
    left = Signal()  # what was typed is kept

    def __init__(self, desk: Desk, activity: Activity | None, audience: str = "residents") -> None:
        super().__init__()
        self.desk = desk
        self._begun: unsaved.AsBegun | None = None
        self.activity = activity or Activity(NEW, "", "", desk.today(), audience)
        self._make()
        self._lay_out()
        self._connect()
        self._show(self.activity)

    def _make(self) -> None:
        today = self.desk.today()
        statuses = [
            ("fait", words.text("Held")),
            ("prevu", words.text("Planned")),
            ("non_tenu", words.text("Did not take place")),
        ]
        self.status = Segments(statuses, "fait", words.text("State"))
        self.kind = ChoiceField(words.text("Activity"), self._kinds(), required=True)
        self.day = DayField(words.text("Day"), today, required=True, value=today)
        self.audience = CodeField(words.text("For whom"), "audience", required=True)
        self.hours = LineField(words.text("Hours"), placeholder="1,5")
        self.theme = CodeField(words.text("Theme of training"), "training_theme")
        self.title = LineField(words.text("Title"), open_words=True)
        self.place = LineField(words.text("Where"), open_words=True)
        self.facilitators = LineField(words.text("Led by"))
        self.partner = LineField(words.text("Partner"))
        self.donor = CodeField(words.text("Funding"), "donor")
        labels = (words.text("Women"), words.text("Men"), words.text("Girls"), words.text("Boys"))
        self.outside = [NumberField(label, 0, 9999) for label in labels]
        self.rows = AttendanceRows(self)
        self.list = AttendanceList(self.rows)
        self.list.setAccessibleName(words.text("Residents who were there"))
        self.staff = StaffField()
        self.observations = TextField(words.text("Observations, nothing said by one person"), lines=2)
        watch(self.desk, self.title, self.place, self.observations)
        self.counted = Label("", size="small", ink="ink2")
        self.refusal = Alert("", "blocked")
        self.fields: dict[str, Field] = {"service_type": self.kind, "held_on": self.day, "audience": self.audience}
        self.fields |= {"hours": self.hours, "training_theme": self.theme, "donor": self.donor}

    def _kinds(self) -> list[Choice]:
        listed = choices.of("group_activity_type", without=(MEAL,))
        found = service_catalogue.kinds(self.desk)
        own = [(one.code, choices.named(one, one.code)) for one in found if one.is_local and one.is_group]
        return [*listed, *own]

    def _lay_out(self) -> None:
        new = self.activity.id == NEW
        number = self.activity.activity_no
        title = words.text("New activity") if new else words.text("Activity {number}").format(number=number)
        self.refusal.hide()
        card = Card()
        head = QHBoxLayout()
        head.addWidget(Label(title, size="title", bold=True), 1)
        head.addWidget(self.status)
        card.body.addLayout(head)
        card.body.addWidget(self.refusal)
        for line in (
            ((self.kind, 300), (self.day, 140), (self.hours, 80), (self.audience, 160), (self.theme, 300)),
            ((self.title, 300), (self.place, 228), (self.facilitators, 228), (self.partner, 200), (self.donor, 200)),
        ):
            row = Flow()
            for field, width in line:
                field.setFixedWidth(tokens.wide(width))
                row.add(field)
            card.body.addLayout(row)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        column.setSpacing(tokens.SPACE_PANEL)
        for one in (card, self._residents_card(), self._staff_card(), self._outside_card()):
            column.addWidget(one)
        column.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(inner)
        whole = column_of(self, spacing=0)
        whole.addWidget(scrolled, 1)
        whole.addWidget(self._foot())

    def _residents_card(self) -> Card:
        self.every = Button(words.text("Everybody"), "quiet", shortcut_text="A")
        self.nobody = Button(words.text("Nobody"), "quiet", shortcut_text="N")
        card = Card(words.text("Residents who were there"), badge=self.counted)
        for button in (self.every, self.nobody):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            card.head.addWidget(button)
        self.list.setFixedHeight(tokens.high(LIST_HIGH))
        card.body.addWidget(self.list)
        return card

    def _staff_card(self) -> Card:
        card = Card(words.text("Staff who were there"), words.text("Scores from 0 to 100"))
        card.body.addWidget(self.staff)
        return card

    def _outside_card(self) -> Card:
        card = Card(words.text("People from outside"), words.text("Counted only, no names"))
        row = Flow()
        for field in self.outside:
            field.setFixedWidth(tokens.wide(96))
            row.add(field)
        card.body.addLayout(row)
        card.body.addWidget(self.observations)
        return card

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "footer")
        self.close_button = Button(words.text("Close"), tall="footer")
        self.verb = Button(words.text("Keep the activity"), "primary", "check", words.text("Ctrl+Enter"), tall="footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addWidget(self.verb)
        return foot

    def _connect(self) -> None:
        self.verb.clicked.connect(self.go)
        self.close_button.clicked.connect(self.close_up)
        self.every.clicked.connect(self._tick_all)
        self.nobody.clicked.connect(self._tick_none)
        self.list.turned.connect(self._say)
        self.day.changed.connect(self._look_for_people)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go)
        self.drafted: dict[str, QWidget] = {
            "day": self.day,
            "status": self.status,
            "kind": self.kind,
            "audience": self.audience,
            "hours": self.hours,
            "theme": self.theme,
            "title": self.title,
            "place": self.place,
            "facilitators": self.facilitators,
            "partner": self.partner,
            "donor": self.donor,
            "residents": self.list,
            "staff": self.staff,
            "observations": self.observations,
        } | {f"outside_{place}": field for place, field in enumerate(self.outside)}

    def _show(self, activity: Activity) -> None:
        self.status.choose(activity.status)
        self.kind.choose(activity.service_type)
        self.day.set_day(activity.held_on)
        self.audience.choose(activity.audience)
        self.hours.set_text("" if activity.hours is None else f"{activity.hours:g}".replace(".", ","))
        self.theme.choose(activity.theme or None)
        self.donor.choose(activity.donor or None)
        for field, text in (
            (self.title, activity.title),
            (self.place, activity.place),
            (self.facilitators, activity.facilitators),
            (self.partner, activity.partner),
        ):
            field.set_text(text)
        self.observations.set_text(activity.observations)
        self.staff.show_staff(activity.staff)
        for number, n in zip(self.outside, activity.outside, strict=True):
            number.set_number(n or None)
        self._show_people(activity.held_on, frozenset(activity.residents))

    def _show_people(self, day: date, ticked: frozenset[StayId]) -> None:
        lines = [one for one in assistance.sheet(self.desk, day) if one.standing != "door" or one.stay.id in ticked]
        self.rows.show(day, [one for one in lines if one.standing != "apart" or one.stay.id in ticked], ticked)
        self._say()

    @Slot()
    def _look_for_people(self) -> None:
        """Another day, other people; those ticked who were there stay so."""
        day = self.day.day()
        if day is not None:
            self._show_people(day, frozenset(self.rows.ticked))

    @Slot()
    def _say(self) -> None:
        self.counted.setText(words.count("{n} resident ticked", "{n} residents ticked", len(self.rows.ticked)))

    @Slot()
    def _tick_all(self) -> None:
        self.list.tick_all(True)

    @Slot()
    def _tick_none(self) -> None:
        self.list.tick_all(False)

    # Drafts ----------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Value]:
        """What a draft keeps."""
        return {key: drafting.said(editor) for key, editor in self.drafted.items()}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again."""
        for key, editor in self.drafted.items():
            if key in values:
                drafting.put(editor, values[key])

    def begin(self) -> None:
        """Put the focus where typing begins."""
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        self._begun = unsaved.AsBegun(self)

    # Keeping ---------------------------------------------------------------------------------------------------------

    def said(self) -> Activity:
        """What the form says. Raises Missing, BadNumber."""
        day = self.day.day()
        if day is None:
            raise errors.Missing("held_on")
        if not self.kind.value():
            raise errors.Missing("service_type")
        women, men, girls, boys = (field.number() or 0 for field in self.outside)
        return replace(
            self.activity,
            service_type=self.kind.code(),
            held_on=day,
            audience=self.audience.code(),
            theme=self.theme.code(),
            title=self.title.text(),
            hours=self._hours(),
            place=self.place.text(),
            facilitators=self.facilitators.text(),
            partner=self.partner.text(),
            donor=self.donor.code(),
            status=STATUS[self.status.value() or "fait"],
            outside=(women, men, girls, boys),
            observations=self.observations.text(),
            staff=self.staff.staff(),
        )

    def _hours(self) -> float | None:
        typed = self.hours.text().replace(",", ".")
        if not typed:
            return None
        try:
            return float(typed)
        except ValueError:
            raise errors.BadNumber("hours", self.hours.text()) from None

    @Slot()
    def go(self) -> None:
        """Keep it, or say what is wrong."""
        self.refusal.hide()
        for field in self.fields.values():
            field.clear()
        if not take_typed_inside(self):
            return
        try:
            made = self.said()
            present = set(self.rows.ticked)
            if made.id == NEW:
                done = activities.hold_activity(self.desk, made, present)
            else:
                done = activities.change_activity(self.desk, made, present)
        except errors.RuleBroken as error:
            self._refuse(error)
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.told.emit(Told("ok", words.text("Activity {number} kept.").format(number=done.subject), done))
            self.acted.emit()

    def _refuse(self, error: errors.RuleBroken) -> None:
        key = "held_on" if isinstance(error, errors.InTheFuture) else str(getattr(error, "field", ""))
        field = self.fields.get(key)
        if field is not None:
            field.set_error(sentence(error))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.refusal.sentence.setText(sentence(error))
            self.refusal.show()

    @Slot()
    def close_up(self) -> None:
        """Give it up, once the person lets go what was typed."""
        if self._begun is None or self._begun.may_close():
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # out of an open list
            self.go()
            return
        super().keyPressEvent(event)
