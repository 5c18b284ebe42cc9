"""One person, one file: the other file is found, compared value by value, and closed into the one that goes on."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile.minors import SituationRefused
from shelter_desk.domain.errors import BadCode, Missing, NoSuch
from shelter_desk.domain.residents.merging import CAUSES, Side
from shelter_desk.domain.residents.residents import Person, read_code
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import merging, residents
from shelter_desk.operations.residents.duplicates import Likeness
from shelter_desk.operations.residents.merging import Comparison
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import reading_order
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.merging.compared_grid import ComparedGrid
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, fact
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling
from shelter_desk.words import formats
from shelter_desk.words import merging as merging_words
from shelter_desk.words.refusals.errors import sentence

SIDE = 296
COMPARED = "files_compared"


class MergeForm(ActForm):
    """First the other file, by its code or among those that look alike; then both side by side.

    at: the code of the other file, where it is known.
    """

    is_alone = True

    def __init__(self, desk: Desk, record: Record, at: str = "") -> None:
        self.swap = Button(words.text("Keep the other code"), icon="swap", on_click=self.keep_the_other)
        self.apart = Button(words.text("They are two persons"), icon="two-people", tall="footer")
        self.count = Label(ink="ink2")
        super().__init__(desk, words.text("One person only?"), words.text("Compare"), "link")
        self.apart.clicked.connect(self.say_apart)
        self.kept = record.person
        self.found: Comparison | None = None
        self.grid: ComparedGrid | None = None
        self.likely: dict[str, Button] = {}
        self.other_code = LineField(merging_words.labels()["other_code"], key="other_code")
        self.other_code.setMaximumWidth(tokens.wide(220))
        self.duplicate_cause = CodeField(merging_words.labels()[CAUSES], CAUSES, required=True)
        self.duplicate_cause.explain("reunir_dossiers")
        self.reason = LineField(
            words.text("Why the child is alone no more"), required=True, open_words=True, key="reason"
        )
        self.files_compared = QCheckBox(merging_words.labels()[COMPARED])
        self._finding, self._beside, self._side = QWidget(), QWidget(), QVBoxLayout()
        self._columns: QBoxLayout = (in_column if tokens.is_large() else in_row)(spacing=tokens.SPACE_2)
        self._lay_out()
        self._show_likely()
        self._show_face()
        if at:
            self.other_code.set_text(at)
            with refusals_told(self.told):
                self.compare()

    def _frame(self) -> None:
        """The whole width: the comparison, and beside it why and what follows."""
        told = Label(words.text("two files become one"), ink="ink2")
        head = in_row(self.title, told, STRETCH, self.swap, spacing=tokens.SPACE_2)
        inner = QWidget()
        around = (tokens.SPACE_2, tokens.SPACE_PANEL)
        in_column(head, self._refusal, (self.body, 1), self.late_reason, within=inner, margins=around)
        self._stand(inner)

    def _stand(self, inner: QWidget) -> None:
        foot = QFrame()
        foot.setProperty("role", "footer")
        row = (self.close_button, self.apart, STRETCH, self.count, self.verb)
        in_row(*row, within=foot, margins=(tokens.SPACE_2, tokens.SPACE), spacing=tokens.SPACE_2)
        in_column((scrolling(inner, only_down=True), 1), foot, within=self, spacing=0)

    def _lay_out(self) -> None:
        found = in_column(spacing=tokens.SPACE_PANEL)
        told = words.text("Give the code of the other file, or choose one that looks alike. Nothing is changed yet.")
        self._alike = QVBoxLayout()
        fill(found, Label(told, ink="ink2", wrap=True), self.other_code, self._alike, STRETCH)
        self._finding.setLayout(found)
        if not tokens.is_large():  # else it stands below
            self._beside.setFixedWidth(tokens.wide(SIDE))
        self._asked = QWidget()
        in_column(self.duplicate_cause, self.reason, self.files_compared, within=self._asked, spacing=tokens.SPACE)
        in_column(self._side, self._asked, STRETCH, within=self._beside, spacing=tokens.SPACE_PANEL)
        fill(self._columns, (self._finding, 1), self._beside)
        self.body.addLayout(self._columns)

    def _show_likely(self) -> None:
        """Who looks alike, a button each."""
        with refusals_told(self.told):
            found = merging.likely(self.desk, self.kept.id)
            if found:
                self._alike.addWidget(Label(words.text("Look alike"), bold=True))
            for one in found:
                self._alike.addLayout(self._likely_line(one))

    def _likely_line(self, one: Likeness) -> QVBoxLayout:
        about = choices.who(one.person.sex, one.person.birth, self.desk.today())
        button = Button(one.person.code, icon="two-people", on_click=partial(self._choose, one.person.code))
        button.setAccessibleName(words.text("Compare with {code}").format(code=one.person.code))
        self.likely[one.person.code] = button
        last = one.last_stay
        since = (
            "" if last is None else words.text("last entry on {day}").format(day=formats.day(last.admitted_at.date()))
        )
        told = "  ·  ".join(filter(None, (about, since)))
        return in_column(in_row(button, Label(told, ink="ink2"), STRETCH, spacing=tokens.SPACE_PANEL), spacing=0)

    def _choose(self, code: str) -> None:
        self.other_code.set_text(code)
        self.go()

    # Comparing

    def compare(self) -> None:
        """Both files side by side. Raises Missing, BadCode, NoSuch, OneFileAlready."""
        typed = self.other_code.text().strip()
        if not typed:
            raise Missing("other_code")
        other = residents.coded(self.desk, read_code(typed))
        if other is None:
            raise NoSuch("person", typed)
        self._show(self.kept, other)

    def _show(self, kept: Person, other: Person) -> None:
        self.found = found = merging.compare(self.desk, kept.id, other.id)
        self.kept = found.kept.person
        former, self.grid = self.grid, ComparedGrid(self.desk, found)
        self.grid.chosen.connect(self._chosen)
        self.grid.told.connect(self.told)
        if former is not None:
            self._columns.removeWidget(former)
            former.hide()
            former.deleteLater()
        self._columns.insertWidget(0, self.grid, 1)
        if self.isVisible():
            self.grid.show()  # else it takes no focus yet
        self._show_side(found)
        self._show_face()
        self._count()
        self.touched.emit()
        self.first = next(iter(self.grid.radios.values()), None) or self.duplicate_cause
        if self.isVisible():
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            reading_order.chain(self, self.last_stops())

    def _show_face(self) -> None:
        compares = self.found is not None
        self._finding.setVisible(not compares)
        for part in (self._beside, self.swap, self.apart, self.count):
            part.setVisible(compares)
        if self.found is None:
            return
        self.verb.setText(words.text("Make one file: {code}").format(code=self.found.kept.person.code))
        self.verb.setEnabled(self.found.refused is None)
        self._asked.setVisible(self.found.refused is None)
        self.reason.setVisible(self.found.asks_reason)

    def _count(self) -> None:
        n = len(self.grid.groups) if self.grid is not None else 0
        self.count.setText(words.count("{n} difference, {n} choice", "{n} differences, {n} choices", n))

    def _chosen(self) -> None:
        """Say anew what hangs on the choice: what refuses, what is asked, which closed months it moves."""
        if self.found is None or self.grid is None:
            return
        with refusals_told(self.told):
            kept, other = self.found.kept.person, self.found.other.person
            self.found = merging.compare(self.desk, kept.id, other.id, self.grid.sides)
            self._show_side(self.found)
            self._show_face()
        self.touched.emit()

    def _show_side(self, found: Comparison) -> None:
        empty_of(self._side)
        fill(self._side, Label(words.text("Why the same person"), bold=True))
        for icon, is_so, told in _reasons(found):
            fill(self._side, fact(icon, "ok" if is_so else "attention", told))
        if found.refused is not None:
            fill(self._side, Alert(sentence(found.refused), "blocked", small=False))
            return
        fill(self._side, tokens.SPACE, Label(words.text("What follows"), bold=True))
        codes = {"code": found.kept.person.code, "other": found.other.person.code}
        both = words.text("{other} goes on answering: the search opens {code}.")
        undo = words.text("It can be undone as long as nobody changes this file.")
        fill(self._side, fact("link", "accent", both.format(**codes)))
        for told in _withdrawn(found):
            fill(self._side, fact("hand", "attention", told))
        fill(self._side, fact("undo", "accent", undo))
        if found.months:
            fill(self._side, Alert(_closed(found), "attention"))

    @Slot()
    def keep_the_other(self) -> None:
        """The other code goes on instead; each value stays that of the same file."""
        if self.found is None or self.grid is None:
            return
        sides: dict[str, Side] = {key: "kept" if side == "other" else "other" for key, side in self.grid.sides.items()}
        self._show(self.found.other.person, self.found.kept.person)
        self.grid.choose(sides)

    @Slot()
    def say_apart(self) -> None:
        """Two persons: the question is not asked again."""
        if self.found is None:
            return
        with refusals_told(self.told):
            codes = (self.found.kept.person.code, self.found.other.person.code)
            merging.say_apart(self.desk, self.found.kept.person.id, self.found.other.person.id)
            told = words.text("{code} and {other} are two persons. The question does not come back.")
            self.told.emit(Told("ok", told.format(code=codes[0], other=codes[1])))
            self.acted.emit()

    def last_stops(self) -> Sequence[QWidget]:
        return self.verb, self.apart, self.close_button

    # Acting

    @Slot()
    def go(self) -> None:
        """Compare, or make one file of both."""
        if self.found is not None:
            if self.verb.isEnabled():
                super().go()
            return
        self._refusal.hide()
        self.other_code.clear()
        try:
            self.compare()
        except errors.RuleBroken as error:
            self.refuse(error)
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", self.sentence(error)))

    def refuse(self, error: errors.RuleBroken) -> None:
        super().refuse(error)
        field, scrolled = self.field_of(error), self.findChild(QScrollArea)
        if field is not None and isinstance(scrolled, QScrollArea):  # once there is room for what is said below it
            QTimer.singleShot(0, field, lambda: scrolled.ensureWidgetVisible(field, 0, tokens.SPACE_2))

    def field_of(self, error: errors.RuleBroken) -> LineField | None:
        if isinstance(error, SituationRefused) and error.why == "alone":
            return self.reason
        return self.other_code if isinstance(error, BadCode | NoSuch) else super().field_of(error)  # type: ignore[return-value]

    def act(self) -> Told:
        if self.found is None or self.grid is None:
            raise Missing("other_code")
        cause = self.duplicate_cause.code()
        if not cause:
            raise Missing(CAUSES)
        if not self.files_compared.isChecked():
            raise Missing(COMPARED)
        kept, other = self.found.kept.person, self.found.other.person
        made = merging.merge(self.desk, kept.id, other.id, self.grid.sides, cause, self.reason.text())
        self.asked.emit("person", str(int(kept.id)))
        told = words.text("One file: {code}. {other} goes on answering.")
        if made.to_tell:
            told = words.text("One file: {code}. {other} goes on answering. Tell of the consent withdrawn: {names}.")
        said = told.format(code=made.code, other=made.former, names=", ".join(made.to_tell))
        return Told("ok", said, made.done)

    # Drafts

    def values(self) -> dict[str, Value]:
        sides = {} if self.grid is None else self.grid.sides
        others = [f"{key}={side}" for key, side in sides.items()]
        swapped = self.found.other.person.code if self.found is not None else ""
        return {**super().values(), "kept": self.kept.code, "other": swapped, "sides": others}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again, with both files where they were compared."""
        kept, other = (residents.coded(self.desk, str(values.get(key) or "")) for key in ("kept", "other"))
        if kept is not None and other is not None and kept != other:
            with refusals_told(self.told):
                self._show(kept, other)
        super().fill(values)
        if self.grid is not None:
            said = (str(one).partition("=") for one in values.get("sides") or ())
            self.grid.choose({key: "other" if side == "other" else "kept" for key, _, side in said})


def empty_of(column: QVBoxLayout) -> None:
    """Take away what a column shows, rows of it too."""
    while (item := column.takeAt(0)) is not None:
        row, widget = item.layout(), item.widget()
        if row is not None:
            empty(row)
            row.deleteLater()
        elif widget is not None:
            widget.hide()
            widget.deleteLater()


def _reasons(found: Comparison) -> list[tuple[str, bool, str]]:
    """What speaks for one person, and what does not: icon, whether it speaks for it, the sentence."""
    same_sex = found.kept.person.sex == found.other.person.sex
    told = [(same_sex, words.text("Same sex") if same_sex else words.text("Another sex"))]
    if found.age_differs is None:
        told.append((False, words.text("Age of one of them not known")))
    else:
        years = words.count("Ages {n} year apart", "Ages {n} years apart", found.age_differs)
        told.append((found.is_near, words.text("Same age") if found.age_differs == 0 else years))
    if found.letters is not None:
        letters = words.count("Names {n} letter apart", "Names {n} letters apart", found.letters)
        same = words.text("Names heard alike") if found.sound_alike else letters
        told.append((found.sound_alike or found.letters <= 3, same))
    same_land = found.kept.person.nationality == found.other.person.nationality
    told.append((same_land, words.text("Same nationality") if same_land else words.text("Another nationality")))
    if found.is_apart:
        told.append((True, words.text("Stays that do not touch")))
    if found.said_apart:
        told.append((False, words.text("Somebody said that these are two persons")))
    return [("check" if is_so else "minus", is_so, sentence_) for is_so, sentence_ in told]


def _withdrawn(found: Comparison) -> list[str]:
    told = []
    for one in found.consents:
        if any(each.status == "retire" for each in one.changed):
            purpose = words.label("consent_purpose", one.purpose)
            if one.recipient:
                said = words.text("{purpose}, {recipient}: withdrawn today. Whoever got data is to be told.")
                told.append(said.format(purpose=purpose, recipient=one.recipient))
            else:
                told.append(words.text("{purpose}: withdrawn today.").format(purpose=purpose))
    return told


def _closed(found: Comparison) -> str:
    months = ", ".join(formats.month(one.first) for one in found.months)
    told = words.text("Closed: {months}. Their figures stay; a correction waits, because of a duplicate.")
    return told.format(months=months)
