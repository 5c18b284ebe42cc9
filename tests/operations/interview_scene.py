"""A small shelter with a woman and a girl, to lead interviews in."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.casefile.interviews import Answer, Interview
from shelter_desk.domain.consent.consents import RECORDING
from shelter_desk.domain.ids import InterviewId, StayId
from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.stays import stays
from shelter_desk.system import clock
from tests.operations.referral_scene import given
from tests.operations.shelter import admit, small_shelter

WHOLE: dict[str, Answer] = {"i01_tiers_organise": "oui", "i07_papiers": "oui", "i14_non_paye": "oui"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def woman(desk: Desk) -> Admitted:
    return admit(desk, "1A", days=60)


@pytest.fixture
def girl(desk: Desk) -> Admitted:
    return admit(desk, "3A", age=12, days=60)


def asked(stay: StayId, **told: object) -> Interview:
    """What is typed before the interview, and what is named."""
    made = Interview(InterviewId(0), "", stay, 0, clock.now(), "en_cours", language="bam", place="Bureau 2")
    return replace(made, **told)  # type: ignore[arg-type]


def begun(desk: Desk, stay: StayId, **told: object) -> Interview:
    """A session begun, the person agreeing to it and to having the answers written."""
    with desk.reading() as connection:
        person = stays.stay(connection, stay).person
    agree = replace(given(person, "", RECORDING), scope=(), child_assent="oui", given_by="tuteur")
    if all(one.purpose != RECORDING for one in consents.of(desk, person).all):
        consents.record(desk, agree)
    return interviews.begin(desk, asked(stay, consent_interview="donne", **told)).interview


def finished(desk: Desk, stay: StayId, **told: object) -> Interview:
    """A session begun and finished."""
    one = replace(begun(desk, stay), **told)  # type: ignore[arg-type]
    interviews.finish(desk, one)
    return one
