"""The head of a record: code, state, facts, the name on demand, alerts, acts, tabs."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from shelter_desk import words
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.moments import covers
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import placement_on
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import merging, retention
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import disappearances
from shelter_desk.ui import flag_places, tokens
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.record.head_alerts import AlertBadge, HeadAlerts
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.ui.widgets.marks import MinorMark
from shelter_desk.ui.widgets.name_on_demand import NameOnDemand
from shelter_desk.ui.widgets.section_bar import SectionBar, SectionMark
from shelter_desk.words import formats


def facts(record: Record, one: StayRecord | None, today: date) -> str:
    """`Femme, 27 ans · Bénin (Béninoise) · Lit 1F, Dortoir femmes · 45 nuits, depuis le 19/10/2026`."""
    person = record.person
    parts = [choices.who(person.sex, person.birth, today)]
    if person.nationality:
        parts.append(formats.nationality(person.nationality, person.sex))
    if one is not None and not one.stay.is_void:
        nights = choices.nights_text(choices.nights(one.stay, today))
        since = formats.day(one.stay.admitted_at.date())
        if one.stay.exited_at is None:
            parts.append(choices.place_of(record, one, today))
            span = words.text("{nights}, since {day}").format(nights=nights, day=since)
        else:
            until = formats.day(one.stay.exited_at.date())
            span = words.text("{nights}, from {start} to {end}").format(nights=nights, start=since, end=until)
        parts.append(span.replace(" ", "\u00a0"))  # it is not broken
    return "  ·  ".join(parts)


class RecordHead(QFrame):
    """Everything above a record, and the bar of its sections, which the record lays beside what they show.

    Acts are asked for by name: `exit`, `absence`, `return`, `correct`, `status`, `void`, `place`, `bed`, `readmit`,
    `merge`, `undo_merge`, `my_file`.
    """

    asked = Signal(str)
    told = Signal(object)  # Told

    def __init__(self, desk: Desk, titles: Mapping[str, str]) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("recordHead")
        self.setProperty("role", "bar")
        self.code = Label(size="title", bold=True)
        self.minor = MinorMark()
        self.state = Badge("", "neutral")
        self.status = Badge("", "accent")
        self.erased = Badge("", "neutral", "eye-off")
        self.held = Badge(words.text("Erasure suspended"), "held")
        self.former = Badge("", "neutral", "link")
        ask = self.asked.emit
        self.bed_button = Button(words.text("Bed…"), icon="bed", on_click=partial(ask, "bed"))
        self.exit_button = Button(words.text("Exit…"), icon="leave", on_click=partial(ask, "exit"))
        self.resume_button = Button(
            words.text("Back after the disappearance…"), "primary", "arrive", on_click=partial(ask, "resume")
        )
        self.readmit_button = Button(words.text("Readmit"), "primary", "arrive", on_click=partial(ask, "readmit"))
        self.more_button = Button(words.text("More"), "primary", "plus")
        self.menu = QMenu(self)
        self.acts: dict[str, QAction] = {}
        self._may_part = False
        self._before_flags: list[AlertBadge] = []
        self.facts = Label(ink="ink2", wrap=True)
        self.name = NameOnDemand(desk, hinted=True)
        self.name.told.connect(self.told)
        self.alerts = HeadAlerts()
        self.tabs = SectionBar(titles, words.text("Sections of the record"))
        self._make_menu()
        marks = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        marks.add(self.code, self.minor, self.state, self.status, self.erased, self.held, self.former)
        named = QWidget()
        named.setLayout(marks)
        buttons = (self.bed_button, self.exit_button, self.resume_button, self.readmit_button, self.more_button)
        in_column(
            in_row((named, 1), *buttons, spacing=tokens.SPACE),
            self.facts,
            self.name,
            self.alerts,
            within=self,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_3, tokens.SPACE_PANEL),
        )
        # no record shows all of them, and together they are wider than any record
        for part in (self.minor, self.status, self.erased, self.held, self.former, *buttons):
            part.hide()

    def _make_menu(self) -> None:
        for name, text in (
            ("correct", words.text("Correct…")),
            ("age", words.text("Age assessed anew…")),
            ("family", words.text("Family…")),
            ("stay_days", words.text("Entry and exit…")),
            ("place", words.text("Change of bed…")),
            ("absence", words.text("Absence…")),
            ("return", words.text("Return…")),
            ("resume", words.text("Back after the disappearance…")),
            ("status", words.text("Decision on status…")),
            ("contact", words.text("Who must not meet…")),
            ("diet", words.text("Diet and allergies…")),
            ("my_file", words.text("File for the person…")),
            ("merge", words.text("Make one file with another…")),
            ("undo_merge", words.text("Undo the merge…")),
            ("void", words.text("Cancel this stay…")),
        ):
            if name == "void":
                self.menu.addSeparator()
            action = self.menu.addAction(text)
            action.setData(name)
            self.acts[name] = action
        self.menu.triggered.connect(self._triggered)
        self.more_button.setMenu(self.menu)

    def show_record(
        self,
        record: Record,
        found: Sequence[Flag],
        more: Sequence[AlertBadge] = (),
        sections: Collection[str] | None = None,
    ) -> None:
        """Show this record with the red flags of the person.

        more: other sentences to see before the file. sections: the ones this record has, None for every one.
        """
        today, one = self._desk.today(), choices.last_stay(record)
        self.code.setText(record.person.code)
        self.minor.setVisible(record.person.birth.is_minor(today))
        self._say_state(record, one, today)
        self.facts.setText(facts(record, one, today))
        self.name.show_person(record.person.id, record.has_name)
        self._say_retention(record)
        self._say_merges(record)
        if sections is not None:
            self._show_tabs(sections)
        no_bed = []
        if one is not None and one.stay.exited_at is None and placement_on(one.placements, today) is None:
            at = "form/place" if self._desk.may(Permission.MOVE) else ""
            no_bed.append(AlertBadge(words.text("No bed yet"), at))
        self._before_flags = [*no_bed, *more]
        self.show_flags(found)
        self._enable(one, today)

    def show_flags(self, found: Sequence[Flag]) -> None:
        """These red flags after what stands before them."""
        shown_here = [str(self.tabs.tabData(at)) for at in range(self.tabs.count()) if self.tabs.isTabVisible(at)]
        self.alerts.show_alerts(found, self._before_flags, shown_here)

    def mark(self, found: Sequence[Flag], gaps: int) -> None:
        """Say beside each section how many alerts are settled there. gaps: answers that the first one asks for."""
        counts = Counter(flag_places.tab(one) for one in found if one.night is None and one.code)
        blocking = {flag_places.tab(one) for one in found if one.level == "B"}
        counts["stay"] += gaps
        self.tabs.mark({key: SectionMark(count, key in blocking) for key, count in counts.items()})

    def _show_tabs(self, keys: Collection[str]) -> None:
        """Show these tabs alone; the first one where the one looked at is none of them."""
        if self.tabs.tabData(self.tabs.currentIndex()) not in keys:
            self.tabs.setCurrentIndex(0)  # Qt would choose the next one
        for place in range(self.tabs.count()):
            shown = self.tabs.tabData(place) in keys
            if shown != self.tabs.isTabVisible(place):  # said again, Qt would forget that another tab left its room
                self.tabs.setTabVisible(place, shown)

    def _say_state(self, record: Record, one: StayRecord | None, today: date) -> None:
        female = record.person.sex == "f"
        text, state, icon = words.text("no stay"), "neutral", None
        if one is not None and one.stay.is_void:
            text, state = words.text("stay cancelled"), "blocked"
        elif one is not None and one.stay.exited_at is not None:
            text, icon = (words.text("Left (woman)") if female else words.text("Left (man)")), "leave"
        elif one is not None and away(one, today):
            text, state, icon = (words.text("Away (woman)") if female else words.text("Away (man)")), "held", "absence"
        elif one is not None:
            text, state, icon = (words.text("Here (woman)") if female else words.text("Here (man)")), "ok", "check"
        shape: State = state  # type: ignore[assignment]
        self.state.say(text, shape, icon)
        status = one.statuses[-1].victim_status if one and one.statuses else ""
        self.status.setVisible(bool(status))
        self.status.say(words.label("victim_status", status) if status else "", "accent")

    def _say_retention(self, record: Record) -> None:
        """Why there is no name any more, and what keeps it from going."""
        standing = retention.standing(self._desk, record.person.id)
        if standing.erased_at is not None:
            day = formats.day(standing.erased_at.date())
            self.erased.say(words.text("Identity erased on {day}").format(day=day), "neutral", "eye-off")
        self.erased.setVisible(standing.erased_at is not None and not record.has_name)
        self.held.setVisible(bool(standing.holds))

    def _say_merges(self, record: Record) -> None:
        """Which codes answer for this file beside its own."""
        found = merging.merges_of(self._desk, record.person.id) if self._desk.may(Permission.CASE_SEE) else []
        codes = ", ".join(one.code for one in found)
        self.former.say(words.text("also {codes}").format(codes=codes), "neutral", "link")
        self.former.setVisible(bool(found))
        self._may_part = any(one.may_undo for one in found)

    def _enable(self, one: StayRecord | None, today: date) -> None:
        may = self._desk.may
        here = one is not None and one.stay.exited_at is None
        is_away = one is not None and here and away(one, today)
        self.bed_button.setVisible(here and may(Permission.MOVE))
        self.exit_button.setVisible(here and may(Permission.DISCHARGE))
        until = (
            disappearances.returns_until(self._desk, one.stay) if one is not None and may(Permission.ADMIT) else None
        )
        self.resume_button.setVisible(until is not None and today <= until)
        self.readmit_button.setVisible(not here and may(Permission.ADMIT) and (until is None or until < today))
        self.acts["resume"].setVisible(until is not None)
        self.acts["correct"].setVisible(may(Permission.ADMIT))
        is_void = one is not None and one.stay.is_void
        self.acts["age"].setVisible(one is not None and may(Permission.ADMIT))
        self.acts["family"].setVisible(here and may(Permission.ADMIT))
        days = words.text("Bring back this stay…") if is_void else words.text("Entry and exit…")
        self.acts["stay_days"].setText(days)
        self.acts["stay_days"].setVisible(one is not None and may(Permission.DISCHARGE))
        self.acts["place"].setVisible(here and may(Permission.MOVE))
        self.acts["absence"].setVisible(here and not is_away and may(Permission.MOVE))
        self.acts["return"].setVisible(is_away and may(Permission.MOVE))
        self.acts["status"].setVisible(one is not None and not one.stay.is_void and may(Permission.DECIDE_STATUS))
        self.acts["contact"].setVisible(may(Permission.CASE_EDIT) and one is not None)
        self.acts["diet"].setVisible(may(Permission.ASSIST) and one is not None and not one.stay.is_void)
        self.acts["my_file"].setVisible(may(Permission.CASE_SEE) and may(Permission.SEE_NAMES))
        self.acts["merge"].setVisible(may(Permission.CASE_EDIT) and may(Permission.SEE_NAMES))
        self.acts["undo_merge"].setVisible(self._may_part)
        self.acts["void"].setVisible(one is not None and not one.stay.is_void and may(Permission.DISCHARGE))
        self.more_button.setVisible(any(action.isVisible() for action in self.acts.values()))
        self.more_button.set_kind("primary" if here else "plain")

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        self.asked.emit(str(action.data()))


def away(one: StayRecord, night: date) -> bool:
    """Whether that night is spent elsewhere."""
    return any(covers(absence.start, absence.end, night) for absence in one.absences)
