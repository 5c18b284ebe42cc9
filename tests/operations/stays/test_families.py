"""Families have their days: who joins, leaves or answers for one, what is refused, and what the months then count."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shelter_desk.domain import errors
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import late_facts
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.families import FamilyChange, FamilyRefused
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import absences, families, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.registers import registers
from shelter_desk.storage.retention import erasing
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.words import journal_actions
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import admit, days_ago, month_when_over, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_small_shelter(tmp_path / "shelter")
    yield made
    made.close()


@pytest.fixture
def mother(desk: Desk) -> Admitted:
    return admit(desk, "4A", days=20)


@pytest.fixture
def child(desk: Desk, mother: Admitted) -> Admitted:
    return admit(desk, "4B", age=7, days=20, head=mother.stay)


@pytest.fixture
def aunt(desk: Desk) -> Admitted:
    return admit(desk, "1A", days=15)


def day(days: int) -> date:
    return days_ago(days).date()


def stay(desk: Desk, one: Admitted) -> Stay:
    with desk.reading() as connection:
        return stored_stays.stay(connection, one.stay)


def heads(desk: Desk, one: Admitted, *days: int) -> list[StayId | None]:
    return [stay(desk, one).head_on(day(ago)) for ago in days]


def test_a_child_goes_to_another_carer_from_a_day(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    families.regroup(desk, day(10), [FamilyChange(child.stay, aunt.stay, "neveu_niece", "dit")])
    assert heads(desk, child, 20, 11, 10, 0) == [mother.stay, mother.stay, aunt.stay, aunt.stay]
    told = residents.record(desk, child.person).stays[0]
    around = [(one.person.code, one.membership.joined, one.membership.left, one.is_head) for one in told.families]
    assert around == [(mother.code, None, day(10), True), (aunt.code, day(10), None, True)]
    of_mother = residents.record(desk, mother.person).stays[0]
    assert [(one.person.code, one.membership.left, one.is_head) for one in of_mother.families] == [
        (child.code, day(10), False)
    ]
    assert of_mother.family == ()


def test_the_bed_board_of_a_past_night_has_the_family_of_that_night(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    families.regroup(desk, day(10), [FamilyChange(child.stay, aunt.stay)])
    for night, head in ((12, mother), (2, aunt)):
        seen = {one.stay.id: one.stay for one in bed_board.board(desk, day(night)).everyone}
        assert (seen[child.stay].family, seen[child.stay].has_changed_family) == (head.stay, False)


def test_the_head_leaves_and_is_joined_again(desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted) -> None:
    stays.leave(desk, mother.stay, days_ago(8), "retour_autonome", "pays_origine")
    families.regroup(desk, day(8), [FamilyChange(child.stay, aunt.stay)])
    back = stays.admit(desk, stays.Admission(days_ago(3), "premiere", "transit", person=mother.person, spot=None))
    families.regroup(desk, day(3), [FamilyChange(child.stay, back.stay, "enfant", "papier")])
    assert heads(desk, child, 9, 8, 4, 3) == [mother.stay, aunt.stay, aunt.stay, back.stay]
    assert stay(desk, child).family_link == "enfant"


def test_another_answers_for_the_family_when_the_head_leaves_it(desk: Desk, mother: Admitted, child: Admitted) -> None:
    sister = admit(desk, "1B", days=20, head=mother.stay)
    families.regroup(
        desk, day(5), [FamilyChange(sister.stay), FamilyChange(child.stay, sister.stay), FamilyChange(mother.stay)]
    )
    assert (heads(desk, sister, 6, 5), heads(desk, child, 6, 5)) == ([mother.stay, None], [mother.stay, sister.stay])
    assert not stay(desk, sister).is_dependant


def test_a_change_of_the_day_of_the_admission_leaves_nothing_behind(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    families.regroup(desk, day(15), [FamilyChange(mother.stay), FamilyChange(child.stay)])
    families.regroup(desk, day(15), [FamilyChange(child.stay, aunt.stay)])
    assert len(stay(desk, child).memberships) == 2
    families.regroup(desk, day(15), [FamilyChange(child.stay, mother.stay, "enfant")])
    assert [one.head for one in stay(desk, child).memberships] == [mother.stay, mother.stay]
    other = admit(desk, "3A", age=6, days=5, head=mother.stay)
    families.regroup(desk, day(5), [FamilyChange(other.stay, aunt.stay)])
    assert not stay(desk, other).has_changed_family


def test_a_link_is_written_anew_without_a_day_of_its_own(desk: Desk, mother: Admitted, child: Admitted) -> None:
    families.regroup(desk, day(0), [FamilyChange(child.stay, mother.stay, "enfant", "papier")])
    found = stay(desk, child)
    assert (found.family_link, found.link_basis, found.has_changed_family) == ("enfant", "papier", False)


def refused(desk: Desk, ago: int, *changes: FamilyChange) -> str:
    with pytest.raises(FamilyRefused) as caught:
        families.regroup(desk, day(ago), changes)
    assert caught.value.code in sentence(caught.value) or caught.value.other in sentence(caught.value)
    return caught.value.why


def test_what_is_no_family_is_refused(desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted) -> None:
    gone = admit(desk, "1C", days=20)
    stays.leave(desk, gone.stay, days_ago(6), "retour_autonome", "pays_origine")
    assert refused(desk, 5, FamilyChange(child.stay, child.stay)) == "itself"
    assert refused(desk, 6, FamilyChange(child.stay, gone.stay)) == "away"
    assert refused(desk, 17, FamilyChange(child.stay, aunt.stay)) == "away"
    assert refused(desk, 5, FamilyChange(aunt.stay, child.stay)) == "joins"
    assert refused(desk, 5, FamilyChange(mother.stay, aunt.stay)) == "heads"
    families.regroup(desk, day(5), [FamilyChange(mother.stay, aunt.stay), FamilyChange(child.stay, aunt.stay)])
    assert refused(desk, 7, FamilyChange(aunt.stay, mother.stay)) in ("heads", "joins")
    assert heads(desk, child, 6, 5) == [mother.stay, aunt.stay]


def test_days_out_of_the_stay_or_before_the_last_change_are_refused(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    with pytest.raises(errors.OutsideStay):
        families.regroup(desk, day(21), [FamilyChange(child.stay)])
    with pytest.raises(errors.InTheFuture):
        families.regroup(desk, day(-1), [FamilyChange(child.stay)])
    with pytest.raises(errors.NotInList):
        families.regroup(desk, day(1), [FamilyChange(child.stay, aunt.stay, "cousinage")])
    families.regroup(desk, day(5), [FamilyChange(child.stay, aunt.stay)])
    with pytest.raises(errors.BadDates):
        families.regroup(desk, day(6), [FamilyChange(child.stay)])


def test_a_change_is_undone_whole_and_told_in_the_journal(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    done = families.regroup(desk, day(5), [FamilyChange(mother.stay, aunt.stay), FamilyChange(child.stay, aunt.stay)])
    assert (done.subject, journal_actions.action(done.action)) == (mother.code, "Family changed")
    undo(desk, done)
    assert (heads(desk, child, 5, 0), heads(desk, mother, 0)) == ([mother.stay, mother.stay], [None])
    assert stay(desk, child).former_families == ()


def test_who_may_not_admit_changes_no_family(desk: Desk, child: Admitted) -> None:
    desk.role = Role.STOREKEEPER
    with pytest.raises(errors.NotAllowed):
        families.regroup(desk, day(1), [FamilyChange(child.stay)])


def test_a_correction_typed_before_leaves_the_family_as_it_became(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    seen = residents.record(desk, child.person)
    families.regroup(desk, day(5), [FamilyChange(child.stay, aunt.stay)])
    residents.correct(desk, seen.person, stay=seen.stays[0].stay)
    assert heads(desk, child, 6, 5) == [mother.stay, aunt.stay]


def test_those_who_stay_go_on_with_a_carer_from_the_day_of_the_exit(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    sister = admit(desk, "3A", age=14, days=20, head=mother.stay)
    gone = [mother.stay]
    done = stays.leave_together(desk, gone, days_ago(4), "retour_autonome", "pays_origine", {}, aunt.stay)
    assert [heads(desk, one, 5, 4) for one in (child, sister)] == [[mother.stay, aunt.stay]] * 2
    undo(desk, done)
    assert heads(desk, child, 0) == [mother.stay]
    stays.leave_together(desk, gone, days_ago(4), "retour_autonome", "pays_origine", {}, sister.stay)
    assert (heads(desk, child, 4), heads(desk, sister, 4)) == ([sister.stay], [None])


def test_a_family_is_away_and_back_in_one_act_or_nobody_is(desk: Desk, mother: Admitted, child: Admitted) -> None:
    both = [mother.stay, child.stay]
    with pytest.raises(errors.OutsideStay):
        absences.be_away_together(desk, [*both, admit(desk, "1B", days=2).stay], "permission", day(5))
    assert absences.away_tonight(desk, both) == set()
    done = absences.be_away_together(desk, both, "permission", day(5))
    assert (done.subject, absences.away_tonight(desk, both)) == (mother.code, set(both))
    absences.come_back_together(desk, both, day(0))
    assert absences.away_tonight(desk, both) == set()


def test_who_comes_back_takes_the_family_again_with_the_admission(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    families.regroup(desk, day(9), [FamilyChange(child.stay, mother.stay, "enfant", "papier")])
    stays.leave_together(desk, [mother.stay], days_ago(8), "retour_autonome", "pays_origine", {}, aunt.stay)
    asked = stays.Admission(days_ago(3), "premiere", "transit", person=mother.person, rejoining=(child.stay,))
    back = stays.admit(desk, asked)
    assert heads(desk, child, 9, 8, 4, 3) == [mother.stay, aunt.stay, aunt.stay, back.stay]
    assert (back.done.subject, stay(desk, child).family_link) == (mother.code, "enfant")


def test_registers_have_the_family_of_today(desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted) -> None:
    families.regroup(desk, day(5), [FamilyChange(child.stay, aunt.stay)])
    with desk.reading() as connection:
        rows = {row["stay_no"]: row.get("head_stay_no") for _, row in registers.read(connection)["sejours"]}
    assert rows[stay(desk, child).stay_no] == stay(desk, aunt).stay_no


def test_what_somebody_was_to_the_head_goes_when_the_record_is_reduced(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    families.regroup(desk, day(9), [FamilyChange(child.stay, mother.stay, "enfant", "papier")])
    families.regroup(desk, day(5), [FamilyChange(child.stay, aunt.stay, "neveu_niece", "dit")])
    with desk.database.transaction(EVERYTHING) as connection:
        erasing.reduce(connection, [child.person], desk.now())
    assert [(one.link, one.basis) for one in stay(desk, child).memberships] == [("", ""), ("", "")]
    assert heads(desk, child, 6, 5) == [mother.stay, aunt.stay]


# What the months count ------------------------------------------------------------------------------------------------


def test_a_minor_beside_the_family_of_before_is_counted_from_the_day_of_the_change(
    desk: Desk, mother: Admitted, child: Admitted, aunt: Admitted
) -> None:
    def beside(first: int, last: int) -> object:
        figures = month_when_over(desk, Period(day(first), day(last))).report.figures
        return figures["t5.beside_adults", ()].value

    families.regroup(desk, day(10), [FamilyChange(child.stay, aunt.stay)])
    assert (beside(14, 11), beside(14, 10), beside(10, 5)) == (0, 1, 1)


def test_who_accompanies_nobody_any_more_is_counted_so_from_that_day(
    desk: Desk, mother: Admitted, child: Admitted
) -> None:
    def accompanying(first: int, last: int) -> object:
        figures = month_when_over(desk, Period(day(first), day(last))).report.figures
        found = figures.get(("t2.present_end", (("category", "accompagnant"),)))
        return 0 if found is None else found.value

    families.regroup(desk, day(10), [FamilyChange(child.stay)])
    assert (accompanying(14, 11), accompanying(14, 10)) == (1, 0)


OCTOBER, NOVEMBER = (Period.month(2026, month) for month in (10, 11))
ROW = {"admitted_at": "2026-09-20", "exited_at": None, "person_id": 3, "is_dependant": True, "head_stay_id": 7}


@pytest.mark.parametrize(
    ("since", "concerned"), [("2026-11-04", {NOVEMBER}), ("2026-10-31", {OCTOBER, NOVEMBER}), ("2026-12-01", set())]
)
def test_a_month_before_the_change_is_not_concerned(since: str, concerned: set[Period]) -> None:
    changed = ROW | {"head_stay_id": 9, "family_since": since, "former_families": f"{since}//7/enfant/papier/1"}
    left = ROW | {"head_stay_id": None, "is_dependant": False, "former_families": f"{since}//7/enfant/papier/1"}
    months = [OCTOBER, NOVEMBER]
    assert late_facts.concerned("stays", ROW, changed, months) == concerned
    assert late_facts.concerned("stays", ROW, left, months) == concerned
