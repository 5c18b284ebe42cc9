"""Whatever is done at random after a month was closed: its figures move only where a reason was asked for."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from shelter_desk.domain.assistance.assistance import Activity, Service
from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import ActivityId, PartnerId, ServiceId, StayId, VictimStatusId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.assistance import activities, assistance, partners, referrals
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions
from shelter_desk.operations.stays import absences, stays, victim_statuses
from shelter_desk.operations.stays.placing import Spot
from tests.operations.referral_scene import CLINIC, wish
from tests.operations.shelter import admit, bed, open_small_shelter

ACTS = 24


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    partners.keep_partner(opened, Partner(PartnerId(0), CLINIC, "sante", "Bamako"))
    yield opened
    opened.close()


def moved(desk: Desk, month: Period) -> dict[object, object]:
    """What is otherwise than published, but for the rate that reads how a referral ended, whenever it did."""
    return {
        one.ref: one.now
        for one in month_versions.pending(desk, month)
        if not one.ref[0].endswith(("completed", "completion_rate"))
    }


def random_act(desk: Desk, random: Random, here: list[StayId]) -> Callable[[], object]:
    """One act on a day of the last seventy, of somebody."""
    ago = random.randrange(70)
    day = desk.today() - timedelta(days=ago)
    at = datetime.combine(day, time(random.randrange(24), 30)) if ago else desk.now()
    stay = random.choice(here)
    free = random.choice(("1C", "1D", "4A", "4B"))
    return random.choice(
        [
            lambda: here.append(admit(desk, days=ago).stay),
            lambda: stays.move(desk, stay, Spot("lit", bed(desk, free).id), at),
            lambda: stays.leave(desk, stay, at, "autonomie", "inconnue"),
            lambda: stays.void(desk, stay, "doublon"),
            lambda: absences.be_away(desk, stay, "hopital", day, day + timedelta(days=random.randrange(1, 4))),
            lambda: assistance.give(desk, [Service(ServiceId(0), "", day, stay, "san_consult")]),
            lambda: victim_statuses.decide(desk, VictimStatus(VictimStatusId(0), stay, "non_victime", day)),
            lambda: activities.hold_activity(desk, Activity(ActivityId(0), "", "psy_groupe", day, "residents"), [stay]),
            lambda: referrals.advance(
                desk, referrals.receive(desk, wish(admit(desk, days=70)), day).id, "refusee_personne", day
            ),
        ]
    )


@pytest.mark.parametrize("seed", range(3))
def test_no_figure_of_a_closed_month_moves_without_a_reason(desk: Desk, seed: int) -> None:
    random = Random(seed)
    here = [admit(desk, code, days=90).stay for code in ("1A", "1B")]
    month = Period(desk.today(), desk.today()).month_before
    closing.close(desk, month, lambda _: "sans_objet")
    known, asked = moved(desk, month), 0
    for _ in range(ACTS):
        act = random_act(desk, random, here)
        try:
            act()
        except NeedsLateReason:
            asked += 1
            with desk.because_late("erreur"), suppress(RuleBroken):
                act()
            known = moved(desk, month)
        except RuleBroken:
            continue
        assert moved(desk, month) == known
    assert asked
