"""Everything that is typed in an interview, stage by stage, as one fact and back."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.identification import indicators
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import ContactId, PersonId
from shelter_desk.domain.residents.contacts import Contact, Named
from shelter_desk.operations.casefile.interviews import InterviewOutcome
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.code_lists import Ticks
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField, TextField
from shelter_desk.ui.forms.rows_field import Line, RowsField
from shelter_desk.ui.forms.several_field import SeveralField
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.acts.contact_form import wishes
from shelter_desk.ui.residents.interviewing.answers import AnswerLines
from shelter_desk.ui.widgets.name_on_demand import NameField

OLDEST, LONGEST = 120, 1200  # years, months
# which indicators are asked at which stage: what is bound to fear stands with fear, what is seen with the needs
AT_STAGE: Mapping[int, tuple[str, ...]] = {
    3: indicators("observation"),
    4: indicators("act"),
    5: ("i05_promesse_fausse",),
    6: indicators("purpose"),
    7: ("i06_menace_violence", "i07_papiers", "i08_enferme", "i09_dette", "i12_serment_rite", "i13_autorite_familiale"),
    8: ("i10_menace_famille", "i11_peur_autorites"),
}
_TICKED = ("acts", "means", "recruitment_methods", "others_present", "assimilated_practices")
_LISTED = ("exploitation_forms", "exploitation_countries", "exploitation_regions", "control_methods")
_CHOSEN = ("language", "consent_interview", "consent_anonymous_stats", "recruiter_relation", "legal_action_wish")
_CHECKED = ("interviewer_trained", "interviewer_sex_ok", "ready_rested", "ready_care", "ready_safe")
_ASKED = ("was_minor_at_facts", "immediate_danger", "risk_family_reprisal")
_NUMBERS = ("age_at_facts", "duration_months")


class Editors:
    """The editors by the name of what they fill in. `fields` are those beside which a refusal is said."""

    def __init__(self, today: date, sex: str, is_child: bool) -> None:
        self.answers = {stage: AnswerLines(codes) for stage, codes in AT_STAGE.items()}
        self.ticks = _ticks()
        self.several = _several(sex)
        self.choices = _choices(is_child)
        self.checks = _checks()
        self.asked = _asked()
        danger = self.asked["immediate_danger"]
        # asked with the needs, and once more with what the person fears
        self.danger_again = ChoiceField(danger.label.text(), _known())
        self.danger_again.chosen.connect(danger.choose)
        danger.chosen.connect(self.danger_again.choose)
        age = NumberField(words.text("Age when it began"), 0, OLDEST, unit=words.text("years"))
        months = NumberField(words.text("How long"), 0, LONGEST, unit=words.text("months"))
        self.numbers = {"age_at_facts": age, "duration_months": months}
        self.day = DayField(words.text("Date"), today, required=True, value=today)
        self.clock = ClockField(words.text("Hour"))
        self.place = LineField(words.text("Place of the interview"), open_words=True)
        self.interpreter = NameField(words.text("Interpreter"))
        self.interpreter_ok = QCheckBox(words.text("Interpreter accepted, confidentiality signed"))
        self.said = {
            "to_record": ChoiceField(words.text("Agrees that the answers are written"), _consents(), required=True),
            "contact_family": ChoiceField(words.text("Agrees that the family is contacted"), _consents()),
        }
        self.contacts = RowsField(
            words.text("Whom to tell, and whom never to tell (sealed)"),
            words.text("One more person"),
            _contact,
            most=3,
        )
        self.urgent = Ticks(words.text("Urgent needs"), code_lists.of("urgent_need"))
        self.no_guardian = LineField(words.text("Why no guardian or judge is asked"), open_words=True)
        self.is_child = is_child
        self.route = LineField(words.text("Towns of the route"), placeholder=words.text("Gao, Niamey"), open_words=True)
        self.summary = TextField(words.text("Summary of the facts"), lines=6)
        self.counts = QCheckBox(words.text("Write the screening as a service given"))
        self.counts.setChecked(True)

    def fields(self) -> dict[str, Field]:
        """The fields by machine key."""
        refused = dict.fromkeys(("contact_name", "contact_wish"), self.contacts)
        apart = {"interview_at": self.day, "no_guardian_reason": self.no_guardian}
        return {**apart, **self.choices, **self.numbers, **refused}

    def drafted(self) -> dict[str, QWidget]:
        """What a draft keeps."""
        return {
            **{f"answers_{stage}": answers for stage, answers in self.answers.items()},
            **self.ticks,
            **self.several,
            **self.choices,
            **self.checks,
            **self.asked,
            **self.numbers,
            "day": self.day,
            "clock": self.clock,
            "place": self.place,
            "interpreter": self.interpreter,
            "interpreter_ok": self.interpreter_ok,
            "route": self.route,
            **{f"said_{name}": field for name, field in self.said.items()},
            "urgent_needs": self.urgent,
            "contacts": self.contacts,
            "no_guardian": self.no_guardian,
            "summary": self.summary,
            "counts": self.counts,
        }

    def show(self, one: Interview) -> None:
        """Show a session, all but its summary."""
        for answers in self.answers.values():
            answers.choose(one.indicators)
        for name in _TICKED:
            self.ticks[name].choose(getattr(one, name))
        for name in _LISTED:
            self.several[name].choose(getattr(one, name))
        for name in _CHOSEN:
            self.choices[name].choose(getattr(one, name) or None)
        for name in _CHECKED:
            self.checks[name].setChecked(getattr(one, name))
        for name in _ASKED:
            said = getattr(one, name)
            self.asked[name].choose(None if said is None else "oui" if said else "non")
        self.say_danger_again()
        for name in _NUMBERS:
            self.numbers[name].set_number(getattr(one, name))
        self.day.set_day(one.interview_at.date())
        self.clock.set_clock(one.interview_at.time() if one.interview_at.time() != time() else None)
        self.place.set_text(one.place)
        self.interpreter.set_text(one.interpreter_name)
        self.interpreter_ok.setChecked(bool(one.interpreter_ok))
        self.route.set_text(", ".join(one.route_points))

    def show_said(self, said: InterviewOutcome) -> None:
        """Show what stands elsewhere: decisions in force, urgent needs of the stay."""
        self.said["to_record"].choose(said.to_record or None)
        self.said["contact_family"].choose(said.contact_family or None)
        self.urgent.choose(said.urgent_needs or ())

    def what_is_said(self) -> InterviewOutcome:
        """What is typed that belongs elsewhere than into the session."""
        decided = {name: field.value() or "" for name, field in self.said.items()}
        contacts = tuple(  # typed and not kept yet; whose they are and of which day the session says
            (Contact(ContactId(0), PersonId(0), wish, date.min, relation), Named(name, phone))
            for wish, relation, name, phone in self.contacts.values()
        )
        urgent, reason = self.urgent.values(), self.no_guardian.text()
        return InterviewOutcome(**decided, urgent_needs=urgent, reason=reason, contacts=contacts)

    def say_danger_again(self) -> None:
        """Show the danger alike at both stages where it is asked."""
        self.danger_again.choose(self.asked["immediate_danger"].value())

    def typed(self, one: Interview) -> Interview:
        """That session with what is typed now. A day or a number that cannot be read counts as not typed."""
        has_interpreter = bool(self.interpreter.text()) or "interprete" in self.ticks["others_present"].values()
        filled: dict[str, Any] = {
            **{name: self.ticks[name].values() for name in _TICKED},
            **{name: self.several[name].values() for name in _LISTED},
            **{name: self.choices[name].value() or "" for name in _CHOSEN},
            **{name: self.checks[name].isChecked() for name in _CHECKED},
            **{name: {"oui": True, "non": False}.get(self.asked[name].value() or "") for name in _ASKED},
            **{name: self.numbers[name].number() for name in _NUMBERS},
            "interview_at": self.moment() or one.interview_at,
            "place": self.place.text(),
            "interpreter_name": self.interpreter.text(),
            "interpreter_ok": self.interpreter_ok.isChecked() if has_interpreter else None,
            "route_points": tuple(town for part in re.split("[,;]", self.route.text()) if (town := part.strip())),
            "indicators": {code: said for ones in self.answers.values() for code, said in ones.values().items()},
        }
        return replace(one, **filled)

    def check(self) -> None:
        """Whether everything typed can be read. Raises Missing."""
        if self.moment() is None or self.clock.is_wrong():
            raise Missing("interview_at")
        for name, field in self.numbers.items():
            if field.line.text().strip() and field.number() is None:
                raise Missing(name)

    def moment(self) -> datetime | None:
        """When the interview was, None while no day is typed."""
        day = self.day.day()
        return None if day is None else datetime.combine(day, self.clock.clock() or time())


def _ticks() -> dict[str, Ticks]:
    return {
        "others_present": Ticks(words.text("Others present"), code_lists.of("other_present")),
        "acts": Ticks(words.text("Act: what was said or seen"), code_lists.of("tip_act")),
        "means": Ticks(words.text("Means: what was said or seen"), code_lists.of("tip_means")),
        "recruitment_methods": Ticks(words.text("How the person was recruited"), code_lists.of("recruitment_method")),
        "assimilated_practices": Ticks(
            words.text("Assimilated practices, apart"), code_lists.of("assimilated_practice")
        ),
    }


def _several(sex: str) -> dict[str, SeveralField]:
    return {
        "exploitation_forms": SeveralField(words.text("Forms of exploitation"), code_lists.of("exploitation_form")),
        "exploitation_countries": SeveralField(words.text("Countries of exploitation"), choices.countries(sex)),
        "exploitation_regions": SeveralField(words.text("Regions in Mali"), code_lists.of("region_ml")),
        "control_methods": SeveralField(words.text("Methods of control"), code_lists.of("control_method")),
    }


def _choices(is_child: bool) -> dict[str, ChoiceField]:
    asked = words.text("Agrees to talk") if is_child else words.text("Agrees to the interview")
    return {
        "language": ChoiceField(words.text("Language"), code_lists.of("language"), required=True),
        "consent_interview": ChoiceField(asked, _consents(), required=True),
        "consent_anonymous_stats": ChoiceField(words.text("Agrees to anonymous figures"), _consents()),
        "recruiter_relation": ChoiceField(
            words.text("Who recruited, for the person"), code_lists.of("recruiter_relation")
        ),
        "legal_action_wish": ChoiceField(words.text("Wants legal action"), code_lists.of("legal_action_wish")),
    }


def _consents() -> list[Choice]:
    return [("donne", words.text("Yes, freely")), ("refuse", words.text("No"))]


def _checks() -> dict[str, QCheckBox]:
    told = {
        "interviewer_trained": words.text("Trained interviewer"),
        "interviewer_sex_ok": words.text("Interviewer accepted (woman or man)"),
        "ready_rested": words.text("Rested"),
        "ready_care": words.text("Urgent care done"),
        "ready_safe": words.text("Safe"),
    }
    return {name: QCheckBox(label) for name, label in told.items()}


def _asked() -> dict[str, ChoiceField]:
    told = {
        "was_minor_at_facts": words.text("Under 18 when it happened"),
        "immediate_danger": words.text("Immediate danger"),
        "risk_family_reprisal": words.text("Family at risk"),
    }
    return {name: ChoiceField(label, _known()) for name, label in told.items()}


def _contact() -> Line:
    return (
        (ChoiceField(words.text("What the person wants"), wishes()), 210),
        (ChoiceField(words.text("Who it is"), code_lists.of("kin_relation")), 170),
        (NameField(words.text("Name")), 150),
        (NameField(words.text("Telephone")), 130),
    )


def _known() -> list[Choice]:
    return [("oui", words.text("Yes")), ("non", words.text("No")), ("inconnu", words.text("Not known"))]
