"""A girl alone in a small shelter, and what is usually written of her, to try the acts for minors on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shelter_desk.domain.casefile.minors import BestInterests, BestInterestsWords, Guardian, Option, Tracing
from shelter_desk.domain.ids import BestInterestsId, ExitId, GuardianId, PersonId, StayId, TracingId, UserId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.exits import Exit, ExitRecord
from shelter_desk.operations.casefile import best_interests
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.system import clock
from tests.operations.shelter import admit, small_shelter

SAID = BestInterestsWords(
    "souhaite rentrer auprès de sa mère",
    "retour accompagné",
    (Option("retour", "mère joignable", "route longue"), Option("placement")),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def girl(desk: Desk) -> Admitted:
    return alone(desk)


def alone(desk: Desk, bed_code: str = "3A", days: int = 10, age: int = 14) -> Admitted:
    """A child admitted that many days ago, said to be unaccompanied."""
    made = admit(desk, bed_code, age=age, days=days)
    record = residents.record(desk, made.person)
    residents.correct(desk, record.person, stay=replace(record.stays[0].stay, child_status="non_accompagne"))
    return made


def colleague(desk: Desk, role: Role = Role.CASE_WORKER, name: str = "Agent B") -> UserId:
    """A second account; nobody sits at the desk with it yet."""
    return user_accounts.add(desk, name, role, "deux citrons jaunes")


def sit_down(desk: Desk, user: UserId, role: Role) -> None:
    """That person at the same desk."""
    desk.user, desk.role = user, role


def whole_assessment(
    stay: StayId, on: date | None = None, exits: tuple[str, ...] = ("reunification",)
) -> BestInterests:
    """A whole assessment that recommends these exits."""
    day = on or clock.today()
    return BestInterests(
        BestInterestsId(0), "", stay, "retour", "complete", day, "", None, True, exits, next_review=clock.today()
    )


def validated(desk: Desk, stay: StayId, exits: tuple[str, ...] = ("reunification",)) -> str:
    """The number of an assessment that the only director made and validated."""
    made = best_interests.assess(desk, whole_assessment(stay, exits=exits), SAID)
    best_interests.validate(desk, made.id, "seule directrice")
    return made.number


def handed_over(stay: StayId, decision: str) -> ExitRecord:
    """A child given to her mother under that decision."""
    said = Exit(ExitId(0), stay, "centre", child_decision_ref=decision, handed_relation="mere", identity_checked=True)
    return ExitRecord(said, "Mariam K.")


def named(person: PersonId, on: date | None = None) -> Guardian:
    """A guardian appointed that day."""
    day = on or clock.today()
    return Guardian(GuardianId(0), person, "designe", day, "justice", "famille", "Ord. 12", day)


def wanted(stay: StayId, yes: bool = True) -> Tracing:
    """A search that the child wants, or not."""
    return Tracing(
        TracingId(0), "", stay, "", yes, clock.today() if yes else None, None, "Kayes", ("migration",), "parents"
    )
