"""Who must not meet whom: said once, seen by who gives beds, and asked of every bed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.casefile.incidents import SaidAlready
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NoSuch, NotAllowed, NotInList
from shelter_desk.domain.ids import ContactRiskId, VictimStatusId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.beds import beds, occupancy
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import contact_risks, residents
from shelter_desk.operations.residents.contact_risks import KeptApart
from shelter_desk.operations.stays import stays, victim_statuses
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from tests.operations.shelter import PASSWORD, admit, bed, born, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def two(desk: Desk) -> tuple[Admitted, Admitted]:
    """Two women in two rooms, who must not meet."""
    one, other = admit(desk, "1A"), admit(desk, "4A")
    contact_risks.say(desk, one.person, "conflit", other.code, "Menaces au téléphone")
    return one, other


def rules_of(desk: Desk, who: Admitted, bed_code: str) -> set[str]:
    found = beds.beds_for(desk, "f", born(27), clock.today(), None, who.stay)
    return {finding.rule for one in found if one.bed.code == bed_code for finding in one.against}


def test_the_alert_stands_on_both_sides(desk: Desk, two: tuple[Admitted, Admitted]) -> None:
    one, other = two
    assert contact_risks.alerts(desk, clock.today()) == {
        one.person: KeptApart((other.code,)),
        other.person: KeptApart((one.code,)),
    }


def test_the_night_reception_sees_the_alert_and_not_why(desk: Desk, two: tuple[Admitted, Admitted]) -> None:
    key = contact_risks.of(desk, two[0].person)[0].risk.id
    desk.role = Role.RECEPTION
    assert two[0].person in contact_risks.alerts(desk, clock.today())
    with pytest.raises(NotAllowed):
        contact_risks.note(desk, key)


def test_why_is_read_with_a_line_in_the_journal(desk: Desk, two: tuple[Admitted, Admitted]) -> None:
    key = contact_risks.of(desk, two[0].person)[0].risk.id
    assert contact_risks.note(desk, key) == "Menaces au téléphone"
    assert residents.record(desk, two[0].person).thread[0].action == "contact_risk_read"


def test_a_bed_in_the_same_room_is_warned_of_twice(desk: Desk, two: tuple[Admitted, Admitted]) -> None:
    assert {"R-28", "R-28A"} <= rules_of(desk, two[1], "1B")
    assert rules_of(desk, two[1], "4B") & {"R-28", "R-28A"} == {"R-28"}


def test_a_bed_in_another_room_comes_first(desk: Desk) -> None:
    one, other = admit(desk, "1A"), admit(desk, "1B")
    contact_risks.say(desk, one.person, "conflit", other.code)
    assert beds.beds_for(desk, "f", born(27), clock.today(), None, other.stay)[0].bed.code == "4A"


def test_moving_into_the_same_room_warns_and_does_not_block(desk: Desk, two: tuple[Admitted, Admitted]) -> None:
    stays.move(desk, two[1].stay, Spot("lit", bed(desk, "1B").id), desk.now())
    assert {line.bed_code for line in residents.listed(desk, "here")} == {"1A", "1B"}


def test_nobody_is_warned_of_once_the_risk_has_ended(desk: Desk, two: tuple[Admitted, Admitted]) -> None:
    contact_risks.end(desk, contact_risks.of(desk, two[0].person)[0].risk.id, clock.today())
    assert contact_risks.alerts(desk, clock.today()) == {}
    assert rules_of(desk, two[1], "1B") & {"R-28", "R-28A"} == set()


def test_a_possible_recruiter_is_kept_from_victims_alone(desk: Desk) -> None:
    recruiter, victim, other = admit(desk, "1A"), admit(desk, "1B"), admit(desk, "1C")
    victim_statuses.decide(desk, decision(victim))
    contact_risks.say(desk, recruiter.person, "recruteur")
    assert contact_risks.alerts(desk, clock.today()) == {
        recruiter.person: KeptApart((), True),
        victim.person: KeptApart((recruiter.code,)),
    }
    assert "R-28A" in rules_of(desk, victim, "1D")
    assert "R-28A" in rules_of(desk, recruiter, "1D")
    assert "R-28A" not in rules_of(desk, other, "1D")


def test_who_is_here_and_a_victim_is_read_as_the_whole_house_is(desk: Desk) -> None:
    recruiter, victim, left = admit(desk, "1A"), admit(desk, "1B"), admit(desk, "1C")
    victim_statuses.decide(desk, decision(victim))
    undo(desk, left.done)
    contact_risks.say(desk, recruiter.person, "recruteur")
    with desk.reading() as connection:
        house = occupancy.house(connection, clock.today())
        here, victims = occupancy.who_is_here(connection, clock.today())
    assert (here, victims) == (frozenset(one.person.id for one in house.present), house.victims)
    assert (here, victims) == (frozenset({recruiter.person, victim.person}), frozenset({victim.person}))


def decision(who: Admitted) -> VictimStatus:
    return VictimStatus(
        VictimStatusId(0),
        who.stay,
        "presumee",
        clock.today(),
        "ong_centre",
        review_on=clock.today() + timedelta(days=30),
    )


def test_a_conflict_names_the_other(desk: Desk) -> None:
    with pytest.raises(Missing):
        contact_risks.say(desk, admit(desk, "1A").person, "conflit")


def test_a_kind_is_one_of_three(desk: Desk) -> None:
    with pytest.raises(NotInList):
        contact_risks.say(desk, admit(desk, "1A").person, "autre")


def test_nobody_is_kept_from_themselves_or_from_a_code_of_nobody(desk: Desk) -> None:
    one = admit(desk, "1A")
    for code in (one.code, "7K3-QMX-E"):
        with pytest.raises(NoSuch):
            contact_risks.say(desk, one.person, "conflit", code)


def test_what_is_said_already_is_not_said_again(desk: Desk, two: tuple[Admitted, Admitted]) -> None:
    with pytest.raises(SaidAlready):
        contact_risks.say(desk, two[1].person, "conflit", two[0].code)


def test_a_risk_ends_between_its_day_and_today(desk: Desk, two: tuple[Admitted, Admitted]) -> None:
    key = contact_risks.of(desk, two[0].person)[0].risk.id
    with pytest.raises(BadDates):
        contact_risks.end(desk, key, clock.today() - timedelta(days=1))
    with pytest.raises(InTheFuture):
        contact_risks.end(desk, ContactRiskId(key), clock.today() + timedelta(days=1))


def test_a_risk_is_undone(desk: Desk) -> None:
    one, other = admit(desk, "1A"), admit(desk, "1B")
    undo(desk, contact_risks.say(desk, one.person, "conflit", other.code))
    assert contact_risks.of(desk, one.person) == []


def test_the_night_reception_keeps_a_recruiter_from_everybody_since_it_may_not_read_who_is_a_victim(
    tmp_path: Path,
) -> None:
    with small_shelter(tmp_path / "shelter") as desk:
        user_accounts.add(desk, "Agent C", Role.RECEPTION, PASSWORD)
        victim, recruiter, other = admit(desk, "1A"), admit(desk, "1B"), admit(desk, "4A")
        day = clock.today()
        status = VictimStatus(VictimStatusId(0), victim.stay, "presumee", day, review_on=day + timedelta(days=30))
        victim_statuses.decide(desk, status)
        contact_risks.say(desk, recruiter.person, "recruteur")
    with unlocking.unlock(tmp_path / "shelter", "Agent C", PASSWORD) as desk:
        assert "R-28A" in rules_of(desk, recruiter, "1D")  # with the victim
        assert "R-28A" in rules_of(desk, recruiter, "4B")  # with somebody who is none
        assert "R-28A" not in rules_of(desk, recruiter, "3A")  # alone
        assert {"R-28A" in rules_of(desk, who, "1D") for who in (victim, other)} == {True}
        assert contact_risks.alerts(desk, day) == {recruiter.person: KeptApart((), is_from_all=True)}
