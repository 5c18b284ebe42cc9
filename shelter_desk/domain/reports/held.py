"""T9: activities held for many, and trainings of the staff apart (field 3.15, 4.3)."""

from shelter_desk.domain.assistance import MEAL, Activity
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Row, Tally, figure_of
from shelter_desk.domain.reports.served import Home, named
from shelter_desk.domain.reports.sessions import STAFF_AUDIENCES

SESSIONS = ("t9.sessions", "t9.participations", "t9.person_hours", "t9.outside")
GUESTS = "t6.guest_meals"
TRAININGS = ("t9.trainings", "t9.trained")


def held(facts: Facts, known: dict[PersonId, Home]) -> dict[Ref, Figure]:
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
        cells = _cells(activity)
        counted.add("t9.sessions", activity.id, 1, *cells)
        if sum(activity.outside):
            counted.add("t9.outside", activity.id, sum(activity.outside), *cells)
        for stay in activity.residents:
            if stay not in persons:
                continue
            profile = known[persons[stay]].cell
            residents.add("t9.participations", stay, 1, *cells, profile)
            residents.add("t9.person_hours", stay, _whole(activity.hours or 0), *cells, profile)
            for dims in (*cells, profile):
                whom.setdefault(dims, {})[persons[stay]] = None
    found = {ref: Figure(*ref, one.value, one.rows, "activity") for ref, one in counted.figures().items()}
    return found | residents.figures() | _participants(whom, known)


def _cells(activity: Activity) -> tuple[Dims, ...]:
    """Everything, its type, for whom it was held, and its theme."""
    audience, theme = ("audience", activity.audience), ("training_theme", activity.theme or NOT_RECORDED)
    return TOTAL, named(activity.service_type), (audience,), (theme,)


def _train(counted: Tally, activity: Activity) -> None:
    cells = (TOTAL, (("training_theme", activity.theme or NOT_RECORDED),))
    counted.add("t9.trainings", activity.id, 1, *cells)
    if activity.staff:
        counted.add("t9.trained", activity.id, len(activity.staff), *cells)


def _participants(whom: dict[Dims, dict[PersonId, None]], known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    rows: dict[Ref, list[Row]] = {}
    for dims, persons in whom.items():
        ref: Ref = ("t9.participants", dims)
        rows[ref] = [(known[person].stay, 1) for person in persons]
    return {ref: figure_of(ref, found) for ref, found in rows.items()}


def _whole(hours: float) -> int | float:
    return int(hours) if float(hours).is_integer() else hours
