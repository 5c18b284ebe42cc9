"""The return of a person, prepared step by step: wish, papers, travel, kit, reintegration, arrival.

A return is voluntary and informed; the file shows what is done, what is missing and what comes next, and stops nothing
by itself: the exit of a child alone has its own gate (R-10).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from shelter_desk.domain.checks import check_code, check_given, check_optional_code, check_order
from shelter_desk.domain.consent.consents import Why
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import ReturnFileId, StayId, UserId
from shelter_desk.domain.stays.exits import FollowUp

StepName = Literal[
    "informed", "consent", "child", "asylum", "document", "fit", "travel", "plan", "kit", "left", "arrived", "follow_up"
]
State = Literal["done", "to_do", "stopped"]
# steps that are written in the file itself, in order; the others are read elsewhere
WRITTEN: tuple[StepName, ...] = ("informed", "document", "fit", "travel", "plan", "kit", "left", "arrived")
NO_PAPER = "aucun"
WAITS = "plus_tard"  # `travel_fitness` of somebody who cannot travel yet
# days: after the wish; for a paper asked for; before the travel; after the departure; after the arrival
INFORM, ASK_AGAIN, READY, ARRIVE, FOLLOW = 7, 30, 7, 7, 30
SOON = 7  # days before which a step stands among the tasks
STOPPED = frozenset({"refuse", "retire"})  # the consent that stops a return


class ReturnOpen(RuleBroken):
    """The stay has a file of a return that is not closed."""

    return_no: str


class ReturnClosed(RuleBroken):
    """A closed file is not written in any more."""

    return_no: str


class ReturnGone(RuleBroken):
    """The file is not there any more: what opened it was taken back."""


class AsylumSought(RuleBroken):
    """R-29: a paper is asked of a consulate for somebody who seeks asylum, before a step with UNHCR."""


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """One file; town, wish, number of the paper and what was agreed are sealed and read apart.

    wish_on: when the person said it. informed_on: of the session in which the return was explained. travel_on: planned.
    """

    id: ReturnFileId
    return_no: str
    stay: StayId
    wish_on: date
    dest_country: str
    responsible: UserId | None = None
    informed_on: date | None = None
    document: str = ""
    document_asked_on: date | None = None
    document_obtained_on: date | None = None
    fit_on: date | None = None
    fitness: str = ""
    partner: str = ""
    travel_on: date | None = None
    kit_on: date | None = None
    reintegration_on: date | None = None
    left_on: date | None = None
    arrived_on: date | None = None
    closed_on: date | None = None
    closure: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReturnWords:
    """What is sealed of a file."""

    town: str = ""
    wish: str = ""
    document_no: str = ""
    reintegration: str = ""


NOTHING_SAID = ReturnWords()


@dataclass(frozen=True, slots=True)
class ReturnContext:
    """What else a return hangs on.

    consent: why the consent to the return does not hold, None where it does. consent_on: when it was given.
    needs_child: a child alone (R-10); child_on: when an assessment that allows a return was validated.
    seeks_asylum: R-29; hcr_on: of the first step with UNHCR. follow_ups: planned or held after the exit. plan_no: of
    the plan made with the person that is not closed, "" where there is none.
    """

    consent: Why | None = "absent"
    consent_on: date | None = None
    needs_child: bool = False
    child_on: date | None = None
    seeks_asylum: bool = False
    hcr_on: date | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    plan_no: str = ""


@dataclass(frozen=True, slots=True)
class ReturnStep:
    """One line of the checklist. by: until when, None where nothing sets a day."""

    name: StepName
    done_on: date | None = None
    by: date | None = None
    stopped: bool = False

    @property
    def state(self) -> State:
        """Done, to do, or what stops the return."""
        if self.stopped:
            return "stopped"
        return "to_do" if self.done_on is None else "done"

    def days_late(self, today: date) -> int:
        """Days past its day, 0 before it or where it has none."""
        if self.done_on is not None or self.by is None:
            return 0
        return max(0, (today - self.by).days)

    def is_near(self, today: date) -> bool:
        """Whether it stands among the tasks: its day has passed or is a week away."""
        return self.done_on is None and self.by is not None and self.by <= today + timedelta(days=SOON)


@dataclass(frozen=True, slots=True)
class StepSaid:
    """What is typed of one step. code, partner, document: as the step asks; planned: a second day of the step."""

    step: StepName
    on: date | None = None
    code: str = ""
    partner: str = ""
    planned: date | None = None


# What a file says -----------------------------------------------------------------------------------------------------


def check(file: ReturnFile) -> None:
    """Refuse a file that is not whole or whose days are out of order. Raises Missing, NotInList, BadDates."""
    check_given("dest_country", file.dest_country)
    check_code("nationality", file.dest_country, "dest_country")
    check_optional_code("id_document", file.document)
    check_optional_code("travel_fitness", file.fitness)
    check_optional_code("return_closure", file.closure)
    check_order(file.document_asked_on, file.document_obtained_on)
    check_order(file.wish_on, file.left_on)
    check_order(file.left_on, file.arrived_on)
    check_order(file.wish_on, file.closed_on)


def written(file: ReturnFile, said: StepSaid) -> ReturnFile:
    """The file with that step. Raises Missing, NotInList, BadDates, ReturnClosed."""
    _check_open(file)
    made = replace(file, **_columns(file, said))
    check(made)
    return made


def _check_open(file: ReturnFile) -> None:
    if file.closed_on is not None:
        raise ReturnClosed(file.return_no)


def _columns(file: ReturnFile, said: StepSaid) -> dict[str, Any]:
    if said.step == "document":
        check_given("id_document", said.code)
        check_given("document_asked_on", said.on or said.planned)
        return {"document": said.code, "document_asked_on": said.planned, "document_obtained_on": said.on}
    if said.step == "travel":
        check_given("travel_on", said.planned)
        check_given("partner", said.partner)
        return {"travel_on": said.planned, "partner": said.partner}
    if said.on is None:
        raise Missing("done_on")
    if said.step == "fit":
        check_given("travel_fitness", said.code)
        return {"fit_on": said.on, "fitness": said.code}
    if said.step == "arrived" and file.left_on is None:
        raise Missing("left_on")
    return {_COLUMN[said.step]: said.on}


_COLUMN: Mapping[StepName, str] = {
    "informed": "informed_on",
    "plan": "reintegration_on",
    "kit": "kit_on",
    "left": "left_on",
    "arrived": "arrived_on",
}


def closed(file: ReturnFile, on: date, closure: str) -> ReturnFile:
    """The file closed. Raises Missing, NotInList, BadDates, ReturnClosed."""
    _check_open(file)
    check_given("return_closure", closure)
    made = replace(file, closed_on=on, closure=closure)
    check(made)
    return made


def reopened(file: ReturnFile) -> ReturnFile:
    """The file once more open."""
    return replace(file, closed_on=None, closure="")


# What is done and what is missing -------------------------------------------------------------------------------------


def steps(file: ReturnFile, around: ReturnContext) -> tuple[ReturnStep, ...]:
    """The checklist, in the order in which a return is prepared; what does not concern the person is left out.

    Days: informed within 7 days of the wish; a paper is asked for again after 30 days; before a planned travel
    everything is ready 7 days ahead, the kit on the eve; the arrival is confirmed within 7 days, and the person is
    followed up within 30.
    """
    return tuple(_steps(file, around))


def _steps(file: ReturnFile, around: ReturnContext) -> Iterator[ReturnStep]:
    ready = None if file.travel_on is None else file.travel_on - timedelta(days=READY)
    soon_after = file.wish_on + timedelta(days=INFORM)
    yield ReturnStep("informed", file.informed_on, _earliest(soon_after, ready))
    given = around.consent_on if around.consent is None else None
    yield ReturnStep("consent", given, _earliest(soon_after, ready), around.consent in STOPPED)
    if around.needs_child:
        yield ReturnStep("child", around.child_on, ready)
    if around.seeks_asylum:
        yield ReturnStep("asylum", around.hcr_on, _earliest(soon_after, ready))
    asked = file.document_asked_on
    again = None if asked is None else asked + timedelta(days=ASK_AGAIN)
    yield ReturnStep("document", file.document_obtained_on, _earliest(again, ready))
    waits = file.fitness == WAITS
    yield ReturnStep("fit", None if waits else file.fit_on, ready, waits)
    # the travel counts as planned from the day it has a day and a partner
    yield ReturnStep("travel", file.travel_on if file.partner else None)
    yield ReturnStep("plan", file.reintegration_on, ready)
    yield ReturnStep("kit", file.kit_on, None if file.travel_on is None else file.travel_on - timedelta(days=1))
    yield ReturnStep("left", file.left_on, file.travel_on)
    left = file.left_on
    yield ReturnStep("arrived", file.arrived_on, None if left is None else left + timedelta(days=ARRIVE))
    yield _follow_up(file, around.follow_ups)


def _follow_up(file: ReturnFile, follow_ups: Sequence[FollowUp]) -> ReturnStep:
    after = [one for one in follow_ups if file.left_on is not None and (one.held_on or one.due_on) >= file.left_on]
    held = min((one.held_on for one in after if one.held_on is not None), default=None)
    due = min((one.due_on for one in after if one.held_on is None), default=None)
    if due is None and file.arrived_on is not None:
        due = file.arrived_on + timedelta(days=FOLLOW)
    return ReturnStep("follow_up", held, due)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def next_step(found: Sequence[ReturnStep]) -> ReturnStep | None:
    """What comes next: what stops the return, else the first that is missing; None where everything is done."""
    stopped = next((one for one in found if one.stopped), None)
    return stopped or next((one for one in found if one.done_on is None), None)


def nearest(found: Sequence[ReturnStep], today: date) -> ReturnStep | None:
    """The step for the list of tasks: of those whose day is near or past the first one due, None where none is."""
    near = [one for one in found if one.is_near(today) and one.by is not None]
    return min(near, key=lambda one: (one.by or today, found.index(one)), default=None)


def sealed_fields() -> Mapping[str, str]:
    """The sealed columns by the names of `ReturnWords`."""
    columns = ("dest_town", "wish", "document_no", "reintegration")
    return dict(zip((one.name for one in fields(ReturnWords)), columns, strict=True))
