"""Activities held for many, trainings, and meals: who was there (field 3.15)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain import codes
from shelter_desk.domain.assistance.assistance import DONE, MEAL, Activity, Attendance, Service
from shelter_desk.domain.checks import check_code, check_given, check_not_future, check_optional_code
from shelter_desk.domain.errors import BadNumber, InTheFuture, NotInList
from shelter_desk.domain.ids import ActivityId, ServiceId, StayId
from shelter_desk.domain.moments import Period, plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.services.service_log import PLANNED, SERVICES, STATUSES, ServiceLine, add, lines_on, remove
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.storage.file.database import Connection

OTHER = "aut"  # what residents are given by an activity that is no service of the list
NEW = ActivityId(0)
Outside = tuple[int, int, int, int]
NO_GUESTS: Outside = (0, 0, 0, 0)
BEST_SCORE = 100


@needs(Permission.ASSIST_SEE)
def within(desk: Desk, period: Period) -> tuple[Activity, ...]:
    """The activities of those days without the meals, with who was there, in order of time."""
    with desk.reading() as connection:
        return tuple(one for one in stored_assistance.activities_within(connection, period) if one.service_type != MEAL)


@needs(Permission.ASSIST)
def hold_activity(desk: Desk, activity: Activity, residents: Collection[StayId] = ()) -> Done:
    """Write an activity with its staff, and a line for each of these residents.

    Raises Missing, NotInList, BadNumber, InTheFuture for what is not only planned.
    """
    with desk.writing("hold_activity", SERVICES) as writing:
        _check(desk, writing.connection, activity)
        number = stored_assistance.ACTIVITY_NUMBERS.next(writing.connection, activity.held_on.year)
        made = replace(activity, activity_no=number)
        key = ActivityId(writing.trail.add("activities", stored_assistance.activity_row(made)))
        writing.subject = number
        _write_staff(writing, key, activity.staff)
        add(desk, writing, [_line(made, key, stay) for stay in residents])
    return writing.done


@needs(Permission.ASSIST)
def change_activity(desk: Desk, activity: Activity, residents: Collection[StayId]) -> Done:
    """Correct an activity: these residents were there and no others. Raises as `hold_activity`."""
    with desk.writing("change_activity", SERVICES) as writing:
        _check(desk, writing.connection, activity)
        old = stored_assistance.activity(writing.connection, activity.id)
        kept = replace(activity, activity_no=old.activity_no)
        writing.subject = old.activity_no
        writing.trail.change("activities", old.id, stored_assistance.activity_row(kept))
        if kept.staff != old.staff:
            for row in stored_assistance.staff_rows(writing.connection, old.id):
                writing.trail.remove("attendances", row)
            _write_staff(writing, old.id, kept.staff)
        _write_residents(desk, writing, kept, residents)
    return writing.done


def _write_staff(writing: Writing, key: ActivityId, staff: Sequence[Attendance]) -> None:
    for one in staff:
        writing.trail.add("attendances", stored_assistance.attendance_row(key, one))


def _write_residents(desk: Desk, writing: Writing, activity: Activity, residents: Collection[StayId]) -> None:
    """Bring the lines of an activity in accord with who was there."""
    before = {one.stay: one for one in stored_assistance.lines_of(writing.connection, activity.id)}
    for stay, one in before.items():
        if stay not in residents:
            remove(writing, one)
        else:
            made = _line(activity, activity.id, stay)
            said = replace(made, id=one.id, service_no=one.service_no, quantity=one.quantity, cost_xof=one.cost_xof)
            kept = replace(said, recorded_at=one.recorded_at, referral=one.referral, receipt_no=one.receipt_no)
            kept = replace(kept, staff=one.staff, plan_action=one.plan_action)
            writing.trail.change("services", one.id, stored_assistance.SERVICES.write(kept))
    add(desk, writing, [_line(activity, activity.id, stay) for stay in residents if stay not in before])


def _line(activity: Activity, key: ActivityId, stay: StayId) -> Service:
    known = codes.is_code(service_catalogue.LIST, activity.service_type)
    return Service(
        ServiceId(0),
        "",
        activity.held_on,
        stay,
        activity.service_type if known else OTHER,
        provider_kind="partenaire" if activity.partner else "centre",
        partner=activity.partner,
        donor=activity.donor,
        status=activity.status,
        activity=key,
    )


def _check(desk: Desk, connection: Connection, activity: Activity) -> None:
    check_given("service_type", activity.service_type)
    known = service_catalogue.known(connection)
    is_group = activity.service_type in known and known[activity.service_type].is_group
    if not is_group and not codes.is_code("group_activity_type", activity.service_type):
        raise NotInList("service_type", activity.service_type)
    check_code("audience", activity.audience)
    check_optional_code("training_theme", activity.theme)
    check_optional_code("donor", activity.donor)
    if activity.status not in STATUSES:
        raise NotInList("service_status", activity.status)
    if activity.hours is not None and not 0 < activity.hours <= 24:
        raise BadNumber("hours", f"{activity.hours:g}")
    _check_outside(activity.outside)
    for one in activity.staff:
        _check_staff(one)
    if activity.status != PLANNED and activity.held_on > desk.today():
        raise InTheFuture(plain(activity.held_on))


def _check_outside(outside: Outside) -> None:
    if any(n < 0 for n in outside):
        raise BadNumber("outside", str(min(outside)))


def _check_staff(one: Attendance) -> None:
    check_given("staff_name", one.staff_name.strip())
    for field, score in (("pre_score", one.pre_score), ("post_score", one.post_score)):
        if score is not None and not 0 <= score <= BEST_SCORE:
            raise BadNumber(field, str(score))


# Meals ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meal:
    """One meal of a day: who of the residents ate. served: None before it is written.

    guests: others who ate, counted without names as women, men, girls, boys.
    """

    meal: str
    served: frozenset[StayId] | None
    guests: Outside = NO_GUESTS


@dataclass(frozen=True, slots=True)
class MealTable:
    """The meals of a day: who was here, in order of beds, and what is written of each meal."""

    day: date
    lines: tuple[ServiceLine, ...]
    meals: tuple[Meal, ...]


@needs(Permission.ASSIST_SEE)
def meals(desk: Desk, day: date) -> MealTable:
    """Who was here that day, those away and those leaving too, and who was served at each meal."""
    with desk.reading() as connection:
        lines = tuple(one for one in lines_on(connection, day) if one.standing in ("here", "away", "leaves"))
        served = [(one.code, stored_assistance.titled(connection, MEAL, day, one.code)) for one in codes.codes("meal")]
    return MealTable(
        day,
        lines,
        tuple(
            Meal(code, None) if found is None else Meal(code, frozenset(found.residents), found.outside)
            for code, found in served
        ),
    )


@needs(Permission.ASSIST)
def serve_meals(
    desk: Desk,
    day: date,
    meal: str,
    absent: Collection[StayId] = (),
    also: Collection[StayId] = (),
    guests: Outside = NO_GUESTS,
) -> Done:
    """Write one meal for everybody here that day but those absent; said again, it is brought in accord.

    Somebody away that night is served only where named in `also`. Raises NotInList, InTheFuture, BadNumber.
    """
    _check_outside(guests)
    check_code("meal", meal)
    check_not_future(day, desk.today())
    with desk.writing("serve_meals", SERVICES) as writing:
        eaters = [
            one.stay.id
            for one in lines_on(writing.connection, day)
            if (one.standing in ("here", "leaves") or (one.standing == "away" and one.stay.id in also))
            and one.stay.id not in absent
        ]
        found = stored_assistance.titled(writing.connection, MEAL, day, meal)
        if found is None:
            number = stored_assistance.ACTIVITY_NUMBERS.next(writing.connection, day.year)
            made = Activity(NEW, number, MEAL, day, "residents", title=meal)
            found = replace(made, id=ActivityId(writing.trail.add("activities", stored_assistance.activity_row(made))))
        if found.outside != guests:
            found = replace(found, outside=guests)
            writing.trail.change("activities", found.id, stored_assistance.activity_row(found))
        writing.subject = found.activity_no
        _write_residents(desk, writing, replace(found, status=DONE), eaters)
    return writing.done
