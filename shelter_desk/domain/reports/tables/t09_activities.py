"""T9: activities held for many, and trainings of the staff apart (field 3.15, 4.3).

T9, each session on a line of its own, and what the staff learnt at trainings (field 3.15, 4.3).
"""

from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.assistance.assistance import MEAL, Activity
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Tally, added, figure_of
from shelter_desk.domain.reports.tables.t02_movements import rollup, rollup_dims
from shelter_desk.domain.reports.tables.t06_services import Home, named
from shelter_desk.domain.reports.tables.t08_protection import folded

STAFF_AUDIENCES = frozenset({"personnel", "mixte"})
ATTENDED, PROFILE = "t9.attended", "t9.attended_profile"
OTHERS = ("t9.attended_outside", "t9.attended_staff")
BY_SEX = "t9.trained_by_sex"
TESTED, SCORES = ("t9.pre_tested", "t9.post_tested"), ("t9.pre_score", "t9.post_score")
STAFF_TOTALS = ("t9.training_hours", "t9.trained_persons", *TESTED, *SCORES)


@dataclass(frozen=True, slots=True)
class Session:
    """One session of the list. facilitators: for the house alone."""

    activity_no: str
    held_on: date
    service_type: str
    audience: str
    theme: str = ""
    facilitators: str = ""
    hours: float | None = None


def held_sessions(facts: ReportFacts) -> tuple[Activity, ...]:
    """The activities held in the period in order of time, without meals."""
    kept = [one for one in facts.activities if one.counts and one.service_type != MEAL]
    return tuple(sorted(kept, key=lambda one: (one.held_on, one.activity_no)))


def listed_sessions(facts: ReportFacts) -> tuple[Session, ...]:
    """Each of them as a line."""
    return tuple(
        Session(one.activity_no, one.held_on, one.service_type, one.audience, one.theme, one.facilitators, one.hours)
        for one in held_sessions(facts)
    )


def of_session(activity_no: str) -> Dims:
    """The dims of a session."""
    return (("activity", activity_no),)


def sessions(facts: ReportFacts, known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    """Who was at each session, and the staff at trainings: persons, hours, scores of tests."""
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    residents, counted = Tally(), Tally(*STAFF_TOTALS)
    people: dict[Dims, set[str]] = {TOTAL: set()}
    for one in held_sessions(facts):
        dims = of_session(one.activity_no)
        for stay in one.residents if one.audience != "personnel" else ():
            if stay in persons:
                residents.add(ATTENDED, stay, 1, dims)
                residents.add(PROFILE, stay, 1, (*dims, *known[persons[stay]].cell))
        for key, number in zip(OTHERS, (sum(one.outside), len(one.staff)), strict=True):
            if number:
                counted.add(key, one.id, number, dims)
        if one.audience in STAFF_AUDIENCES:
            theme: Dims = (("training_theme", one.theme or NOT_RECORDED),)
            for dims in (TOTAL, theme):
                _learnt(counted, one, dims)
                people.setdefault(dims, set()).update(folded(somebody.staff_name) for somebody in one.staff)
    found = counted.figures("activity")
    for dims, names in people.items():
        found["t9.trained_persons", dims] = Figure("t9.trained_persons", dims, len(names))
    return found | residents.figures()


def _learnt(counted: Tally, one: Activity, dims: Dims) -> None:
    if one.staff and one.hours:
        counted.add("t9.training_hours", one.id, added([one.hours] * len(one.staff)), dims)
    for somebody in one.staff:
        counted.add(BY_SEX, one.id, 1, (*dims, ("sex", somebody.sex or "u")))
        for place, score in enumerate((somebody.pre_score, somebody.post_score)):
            if score is not None:
                counted.add(TESTED[place], one.id, 1, dims)
                counted.add(SCORES[place], one.id, score, dims)


SESSIONS = ("t9.sessions", "t9.participations", "t9.person_hours", "t9.outside")
GUESTS = "t6.guest_meals"
TRAININGS = ("t9.trainings", "t9.trained")


AWARENESS, SENSITISED = "inf_risques", "t9.sensitised"
_OUTSIDE = ("femmes", "hommes", "filles", "garcons")  # as an activity counts who came from outside


def sensitised(facts: ReportFacts, known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    """Who was at sessions on the risks of migration and trafficking, residents and people from outside, each time."""
    tally = Tally(SENSITISED)
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    for one in held_sessions(facts):
        if one.service_type != AWARENESS or one.audience == "personnel":
            continue
        who = dict(zip(_OUTSIDE, one.outside, strict=True))
        for stay in one.residents:
            if stay in persons:
                name = rollup(known[persons[stay]].cell)
                who[name] = who.get(name, 0) + 1
        for name, number in who.items():
            if number:
                tally.add(SENSITISED, one.id, number, TOTAL, rollup_dims(name))
    return tally.figures("activity")


def held(facts: ReportFacts, known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    """The figures of T9."""
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    counted, residents = Tally(*SESSIONS, *TRAININGS, GUESTS), Tally()
    whom: dict[Dims, dict[PersonId, None]] = {TOTAL: {}}
    for meal in (one for one in facts.activities if one.counts and one.service_type == MEAL and any(one.outside)):
        counted.add(GUESTS, meal.id, sum(meal.outside), TOTAL)
    for activity in (one for one in facts.activities if one.counts and one.service_type != MEAL):
        if activity.audience in STAFF_AUDIENCES:
            _train(counted, activity)
        if activity.audience == "personnel":
            continue
        # everything, its type, for whom it was held, and its theme
        audience, theme = ("audience", activity.audience), ("training_theme", activity.theme or NOT_RECORDED)
        cells = TOTAL, named(activity.service_type), (audience,), (theme,)
        hours = activity.hours or 0
        hours = int(hours) if float(hours).is_integer() else hours
        counted.add("t9.sessions", activity.id, 1, *cells)
        if sum(activity.outside):
            counted.add("t9.outside", activity.id, sum(activity.outside), *cells)
        for stay in activity.residents:
            if stay not in persons:
                continue
            profile = known[persons[stay]].cell
            residents.add("t9.participations", stay, 1, *cells, profile)
            residents.add("t9.person_hours", stay, hours, *cells, profile)
            for dims in (*cells, profile):
                whom.setdefault(dims, {})[persons[stay]] = None
    found = counted.figures("activity") | residents.figures()
    for dims, people in whom.items():
        ref: Ref = ("t9.participants", dims)
        found[ref] = figure_of(ref, [known[one].row for one in people])
    return found


def _train(counted: Tally, activity: Activity) -> None:
    cells = (TOTAL, (("training_theme", activity.theme or NOT_RECORDED),))
    counted.add("t9.trainings", activity.id, 1, *cells)
    if activity.staff:
        counted.add("t9.trained", activity.id, len(activity.staff), *cells)
