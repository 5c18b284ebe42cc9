"""An assessment of the best interests of a child, and the formal determination that may follow."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.casefile.minors import BestInterests, BestInterestsWords, Option
from shelter_desk.domain.ids import BestInterestsId
from shelter_desk.domain.settings import is_on
from shelter_desk.domain.stays.exits import DECIDED_EXITS
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import best_interests, minors
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.case_form import CaseForm, TickField
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, TextField
from shelter_desk.ui.forms.rows_field import RowsField
from shelter_desk.ui.page import Told


class BestInterestsForm(CaseForm):
    """Short or whole; what the child says comes first. What is typed in lines of text is sealed."""

    when = "next_review"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Best interests of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the assessment"), "check")
        self._stay = stay.stay.id
        self._make()
        self._lay_out()
        self.first = self.trigger
        self.length.chosen.connect(self.refresh)
        self.refresh()

    def _make(self) -> None:
        today = self.desk.today()
        forms = [("courte", words.text("Short (within 3 days)")), ("complete", words.text("Whole (within 14 days)"))]
        self.length = ChoiceField(words.text("Kind"), forms, "courte", required=True)
        self.trigger = CodeField(words.text("Why now"), "bia_trigger", required=True)
        self.day = DayField(words.text("Assessed on"), today, required=True, value=today, key="assessed_on")
        trained = words.text("I am trained in assessing best interests")
        self.trained = TickField(words.text("Trained assessor"), trained, required=True, key="assessor_trained")
        self.child_view = TextField(
            words.text("What the child says, in their words"), required=True, lines=3, key="child_view"
        )
        self.family_view = TextField(words.text("What the family says"), lines=2)
        self.safety = TextField(words.text("Safety"), lines=2)
        self.care_now = TextField(words.text("Care today"), lines=2)
        self.health = TextField(words.text("Health and schooling"), lines=2)
        self.options = RowsField(words.text("Options"), words.text("Add an option"), _option, key="options")
        self.recommendation = TextField(words.text("Recommendation"), required=True, lines=2, key="recommendation")
        off = settings.left_out(self.desk, "exit_reason")
        self.exits = Ticks(
            words.text("Exits that it allows"), code_lists.of("exit_reason", only=DECIDED_EXITS - set(off))
        )
        self.review = DayField(words.text("Next review"), today, required=True, kind="ahead", key="next_review")
        self.bid = TickField(
            words.text("Formal determination"), words.text("A formal determination (BID) is asked of the authority")
        )
        self.service = TickField(
            words.text("Service"), words.text("Write the service “Best interests assessment” too"), True
        )

    def _lay_out(self) -> None:
        self.row((self.length, 230), (self.trigger, 220), (self.day, 150), (self.trained, 420))
        for field in (self.child_view, self.family_view, self.safety, self.care_now, self.health):
            self.body.addWidget(field)
        self.add(self.options, self.recommendation, self.exits)
        self.row((self.review, 150), (self.bid, 460), (self.service, 460))
        self.bid.setVisible(is_on(settings.kept(self.desk), "bid_module"))
        self.explain(
            words.text("What is typed here is sealed. The manager validates it; until then no exit rests on it.")
        )

    @Slot(str)
    def refresh(self, _form: str = "") -> None:
        whole = self.length.value() == "complete"
        for field in (self.family_view, self.care_now, self.health):
            field.setVisible(whole)

    def act(self) -> Told:
        form: Literal["courte", "complete"] = "complete" if self.length.value() == "complete" else "courte"
        bia = BestInterests(
            BestInterestsId(0),
            "",
            self._stay,
            self.trigger.code(),
            form,
            self.day.asked(),
            "",
            assessor_trained=self.trained.is_ticked(),
            recommended_exits=self.exits.values(),
            next_review=self.review.known(),
            needs_bid=self.bid.is_ticked() and not self.bid.isHidden(),
        )
        made = best_interests.assess(self.desk, bia, self._said(form == "complete"), self.service.is_ticked())
        told = words.text("Assessment {number} recorded. It waits for the manager.").format(number=made.number)
        return Told("ok", told, made.done)

    def _said(self, whole: bool) -> BestInterestsWords:
        return BestInterestsWords(
            self.child_view.text(),
            self.recommendation.text(),
            tuple(Option(*line) for line in self.options.values()),
            self.family_view.text() if whole else "",
            self.safety.text(),
            self.care_now.text() if whole else "",
            self.health.text() if whole else "",
        )


def _option() -> Sequence[tuple[Field, int]]:
    return [
        (LineField(words.text("Option"), open_words=True), 240),
        (LineField(words.text("Speaks for it"), open_words=True), 240),
        (LineField(words.text("Speaks against it"), open_words=True), 240),
    ]


class DeterminationForm(CaseForm):
    """The decision of the authority on a determination that was asked for. at: the assessment, else the last one."""

    def __init__(self, desk: Desk, record: Record, bia: BestInterests) -> None:
        title = words.text("Formal determination of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the decision"), "check")
        self._bia = bia
        today = desk.today()
        self.day = DayField(words.text("Decided on"), today, required=True, value=today, key="bid_decided_on")
        self.reference = LineField(words.text("Reference of the decision"), required=True, key="bid_ref")
        self.first = self.reference
        self.row((self.day, 150), (self.reference, 300))
        self.explain(words.text("It belongs to the assessment {number}.").format(number=bia.bia_no))

    def act(self) -> Told:
        day = self.day.asked()
        done = best_interests.keep_determination(self.desk, self._bia.id, day, self.reference.text())
        told = words.text("Decision on {number} recorded.").format(number=self._bia.bia_no)
        return Told("ok", told, done)


def determination(desk: Desk, record: Record, _stay: StayRecord, at: str) -> DeterminationForm | None:
    """The form about that assessment, else about the last one that waits; None where none does."""
    waiting = [one for one in minors.of(desk, record.person.id).assessments if waits_for_determination(one)]
    found = next((one for one in waiting if str(one.id) == at), waiting[0] if waiting else None)
    return None if found is None else DeterminationForm(desk, record, found)


def waits_for_determination(bia: BestInterests) -> bool:
    """True while the authority has not decided what was asked of it."""
    return bia.needs_bid and bia.bid_decided_on is None
