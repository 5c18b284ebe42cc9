"""What the form of an exit asks beyond day, reason and destination: now, or later (field 3.7).

When somebody who disappears was last seen is proposed as the moment of the exit, and said. So is what is still to be
done of the file of a return. A child alone leaves: the decision, and the adult who receives the child (R-10), asked
in place through whatever door.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.minors import BestInterests
from shelter_desk.domain.errors import ChildDecisionNeeded, RuleBroken
from shelter_desk.domain.ids import ExitId, PersonId, StayId
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.exits import DECIDED_EXITS, TOLD_NOTHING, Exit, ExitRecord
from shelter_desk.domain.stays.roll_call import Unseen
from shelter_desk.operations.casefile import minors, voluntary_returns
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import exits
from shelter_desk.ui import tokens
from shelter_desk.ui.exits.given_back import Leaver
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.case_form import TickField, yes_no
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.watched_text import watch_inside
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill, in_column
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.words import formats
from shelter_desk.words.beds import room_rules
from shelter_desk.words.casefile import voluntary_returns as voluntary_return_words
from shelter_desk.words.refusals.errors import sentence

COURT = "court"  # a decision that is not of this file


class ChildHandover(QWidget):
    """Asked of a minor alone; required for the exits of R-10.

    assessed: the assessments of the child. code: of a child who leaves with the one the form is about, else "".
    """

    def __init__(self, assessed: Sequence[BestInterests], code: str = "") -> None:
        super().__init__()
        self._assessed = list(assessed)
        self.rule = Alert(room_rules.warning("R-10"), "held")
        self.decision = ChoiceField(words.text("Decision for the child"), self._decisions(""), required=True)
        self.decision.explain("sortie_mineur")
        self.reference = LineField(words.text("Reference of the court or of the BID"), required=True)
        self.name = NameField(words.text("Adult who receives the child (sealed)"), required=True)
        self.relation = CodeField(words.text("Relation to the child"), "kin_relation", required=True)
        checked = words.text("Paper seen, receipt signed")
        self.identity = TickField(words.text("Identity checked"), checked, required=True)
        self.fields: dict[str, Field] = {
            "child_decision_ref": self.decision,
            "reference": self.reference,
            "handed_to": self.name,
            "kin_relation": self.relation,
            "identity_checked": self.identity,
        }
        within = f"child/{code}" if code else "child"
        self.drafted: dict[str, QWidget] = {f"{within}/{key}": field for key, field in self.fields.items()}
        if code:
            self.fields = {f"{key}/{code}": field for key, field in self.fields.items()}
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        if code:
            whole.addWidget(Label(words.text("For {code}").format(code=code), bold=True))
        told = words.text("No validated assessment allows this exit: assess, or write the decision of an authority.")
        self.none = Label(told, size="small", ink="attention", wrap=True)
        decided = row_of((self.decision, 380), (self.reference, 280))
        fill(whole, self.rule, self.none, decided, row_of((self.name, 300), (self.relation, 240), (self.identity, 280)))
        self.decision.chosen.connect(self._show)
        self.show_for("")

    def _decisions(self, reason: str) -> list[tuple[str, str]]:
        """The validated assessments that allow this exit, then the decision of an authority."""
        fitting = [one for one in self._assessed if one.validated_on and reason in one.recommended_exits]
        told = words.text("Assessment {number} of {day}")
        made = [(one.bia_no, told.format(number=one.bia_no, day=formats.day(one.assessed_on))) for one in fitting]
        return [*made, (COURT, words.text("Decision of a court, or BID"))]

    def show_for(self, reason: str) -> None:
        """Ask as fits that reason for leaving."""
        self.setVisible(bool(reason) and reason not in TOLD_NOTHING)
        self.rule.setVisible(reason in DECIDED_EXITS)
        offered = self._decisions(reason)
        self.none.setVisible(reason in DECIDED_EXITS and len(offered) == 1)
        self.decision.set_choices(offered)
        self._show()

    @Slot(str)
    def _show(self, _code: str = "") -> None:
        self.reference.setVisible(self.decision.value() == COURT)

    def added_to(self, said: Exit) -> Exit:
        """The exit with what is answered here."""
        decision = self.decision.code()
        return replace(
            said,
            child_decision_ref=self.reference.text() if decision == COURT else decision,
            handed_relation=self.relation.code(),
            identity_checked=self.identity.is_ticked(),
        )

    def beside(self, why: str) -> Field:
        """The field that a refusal of R-10 is about."""
        if why in ("receiver", "relation", "identity"):
            return {"receiver": self.name, "relation": self.relation, "identity": self.identity}[why]
        return self.reference if self.decision.value() == COURT else self.decision


def before_exit(desk: Desk, person: PersonId) -> str:
    """What somebody who leaves by a return should know of its file; "" where nothing is missing."""
    if not desk.may(Permission.CASE_SEE):
        return ""
    found = voluntary_returns.of(desk, person)
    if not found:
        return words.text("There is no file of this return. Open one in the tab Return, now or after the exit.")
    open_ones = [one.name for one in found[0].steps if one.done_on is None]
    later = ("left", "arrived", "follow_up")
    missing = [voluntary_return_words.to_do(name) for name in open_ones if name not in later]
    if not missing:
        return ""
    told = words.text("File {number}, still to do: {steps}.")
    return told.format(number=found[0].file.return_no, steps=", ".join(missing))


def propose_last_seen(found: Unseen, day: DayField, hour: ClockField) -> None:
    """Show that moment; it can be typed over."""
    day.set_day(found.left.date())
    hour.set_clock(None if is_plain(found.left) else found.left.time())


def last_seen_text(found: Unseen) -> str:
    """Since when the person was not seen, "" where nothing says so."""
    if found.called is not None:
        return words.text("Absent from roll calls since {day}.").format(day=formats.day(found.called))
    if found.away is not None:
        return words.text("Noted as away since {day}.").format(day=formats.day(found.away))
    return ""


class ExitMore(QWidget, FieldGroup):
    """Who decided, where to, what was reached, what papers are given, what follows."""

    def __init__(self, today: date, said: Exit | None = None) -> None:
        super().__init__()
        start = self._start = said or Exit(ExitId(0), StayId(0))
        safe = None if start.safety_ok is None else "oui" if start.safety_ok else "non"
        self.by = CodeField(words.text("Decided by"), "exit_decided_by", start.decided_by or None)
        countries = [one for one in code_lists.of("nationality") if one[0] != "ML"]
        self.country = ChoiceField(words.text("Country"), countries, start.dest_country or None, key="dest_country")
        self.region = CodeField(words.text("Region"), "region_ml", start.dest_region or None, key="dest_region")
        self.escort = CodeField(words.text("Escort"), "transport_escort", start.escort or None)
        self.safety = ChoiceField(words.text("No known danger"), yes_no(), safe, key="safety_ok")
        self.needs = CodeField(words.text("Objectives of the plan met"), "needs_met", start.needs_met or None)
        papers = [one for one in code_lists.of("id_document") if one[0] != "aucun"]
        self.papers = Ticks(words.text("Papers given"), papers, start.documents_given)
        self.follow = ChoiceField(
            words.text("Agrees to a follow-up"), yes_no(), start.follow_up_consent or None, key="follow_up_consent"
        )
        self.follow_on = DayField(
            words.text("First follow-up on"), today, value=start.follow_up_on, kind="ahead", key="follow_up_on"
        )
        self.channel = CodeField(words.text("How, safely"), "follow_up_channel", start.follow_up_channel or None)
        in_column(
            row_of((self.by, 200), (self.country, 240), (self.region, 200), (self.escort, 180)),
            row_of((self.safety, 200), (self.needs, 220)),
            self.papers,
            row_of((self.follow, 200), (self.follow_on, 170), (self.channel, 260)),
            within=self,
            spacing=tokens.SPACE_PANEL,
        )
        self.follow.chosen.connect(self.refresh)
        self.refresh()

    def show_for(self, destination: str) -> None:
        """Ask the country or the region as fits that destination."""
        self.country.setVisible(destination in ("pays_origine", "pays_tiers"))
        self.region.setVisible(destination in ("mali_region", "mali_autre"))

    @Slot()
    def refresh(self) -> None:
        """Show what hangs on the answers."""
        agreed = self.follow.value() == "oui"
        self.follow_on.setVisible(agreed)
        self.channel.setVisible(agreed)

    def said(self, stay: StayId) -> Exit:
        """What was answered. Raises Missing for a day that is none."""
        agreed = self.follow.value() == "oui"
        return Exit(
            ExitId(0),
            stay,
            self.by.code(),
            self.country.code() if not self.country.isHidden() else "",
            self.region.code() if not self.region.isHidden() else "",
            escort=self.escort.code(),
            safety_ok=None if self.safety.value() is None else self.safety.value() == "oui",
            needs_met=self.needs.code(),
            valuables_returned=self._start.valuables_returned,
            documents_given=self.papers.values(),
            follow_up_consent=self.follow.code(),
            follow_up_on=self.follow_on.known() if agreed else None,
            follow_up_channel=self.channel.code() if agreed else "",
        )


class Handovers(QWidget):
    """One for each who was a minor alone when they came; the day of the exit decides who is asked about."""

    def __init__(self, desk: Desk, leaving: Sequence[Leaver]) -> None:
        super().__init__()
        self._desk, self._leaving = desk, list(leaving)
        self.of = {
            who.stay: ChildHandover(minors.of(desk, who.person).assessments, who.code)
            for who in leaving
            if exits.needs_decision(desk, who.stay)
        }
        self.fields: dict[str, Field] = {}
        self.drafted: dict[str, QWidget] = {}
        for child in self.of.values():
            self.fields |= child.fields
            self.drafted |= child.drafted
        in_column(*self.of.values(), within=self, spacing=tokens.SPACE_PANEL)
        watch_inside(desk, self)
        self.hide()

    def show_for(self, leaving: Collection[StayId], reason: str, on: date) -> None:
        """Ask about who leaves so, and is a minor alone on that day."""
        for stay, child in self.of.items():
            is_asked = stay in leaving and exits.needs_decision(self._desk, stay, on)
            child.show_for(reason if is_asked else "")
        self.setVisible(not all(child.isHidden() for child in self.of.values()))

    def added_to(self, said: ExitRecord) -> ExitRecord:
        """What is told of an exit, with the decision and the adult who receives the child."""
        child = self.of.get(said.exit.stay)
        if child is None or child.isHidden():
            return said
        return replace(said, exit=child.added_to(said.exit), handed_to=child.name.text())

    def says(self, error: RuleBroken) -> bool:
        """Say it beside the field of the child that a refusal is about."""
        if not isinstance(error, ChildDecisionNeeded) or not self._leaving:
            return False
        stay = next((who.stay for who in self._leaving if who.code == error.code), self._leaving[0].stay)
        child = self.of.get(stay)
        if child is None or child.isHidden():
            return False
        field = child.beside(error.why)
        field.set_error(sentence(error))
        field.setFocus()
        return True
