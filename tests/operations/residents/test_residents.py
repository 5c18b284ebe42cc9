"""The list, the search, one record, names on demand, possible duplicates."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import PersonId, VictimStatusId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import duplicates, residents
from shelter_desk.operations.stays import absences, stays, victim_statuses
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.system import clock
from tests.operations.shelter import admit, born, days_ago, open_small_shelter

TENIN = Names("Coulibaly", "Tenin", "Ma")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def actions(desk: Desk) -> list[str]:
    with desk.reading() as connection:
        return [line.action for line in journal.lines(connection)]


def test_those_here_stand_in_order_of_their_beds(desk: Desk) -> None:
    for code in ("1C", "1A", "1B"):
        admit(desk, code)
    assert [line.bed_code for line in residents.listed(desk, "here")] == ["1A", "1B", "1C"]


def test_those_who_left_stand_latest_first(desk: Desk) -> None:
    first, second = admit(desk, "1A"), admit(desk, "1B")
    stays.leave(desk, first.stay, days_ago(1), "autonomie")
    stays.leave(desk, second.stay, days_ago(3), "autonomie")
    assert [line.person.code for line in residents.listed(desk, "left")] == [first.code, second.code]


def test_the_list_tells_who_is_away_and_why(desk: Desk) -> None:
    made = admit(desk, "1A")
    absences.be_away(desk, made.stay, "hopital", days_ago(1).date())
    assert residents.listed(desk, "here")[0].absence_type == "hopital"


def test_chosen_lines_stand_in_the_order_asked(desk: Desk) -> None:
    made = [admit(desk, code).person for code in ("1A", "1B", "1C")]
    asked = [made[1], made[2], made[0]]
    assert [line.person.id for line in residents.lines_of(desk, asked)] == asked


def test_a_chosen_line_says_of_somebody_here_what_the_list_says(desk: Desk) -> None:
    made = admit(desk, "1A")
    absences.be_away(desk, made.stay, "hopital", days_ago(1).date())
    assert residents.lines_of(desk, [made.person]) == residents.listed(desk, "here")


def test_a_chosen_line_names_no_bed_of_somebody_who_left(desk: Desk) -> None:
    made = admit(desk, "1A")
    stays.leave(desk, made.stay, days_ago(1), "autonomie")
    line = residents.lines_of(desk, [made.person])[0]
    assert (line.bed_code, line.stay and line.stay.exit_reason) == ("", "autonomie")


def test_somebody_unknown_has_no_line(desk: Desk) -> None:
    made = admit(desk, "1A")
    assert len(residents.lines_of(desk, [PersonId(made.person + 1), made.person])) == 1


def test_no_chosen_lines_are_none(desk: Desk) -> None:
    admit(desk, "1A")
    assert residents.lines_of(desk, []) == []


def test_among_all_those_here_are_told_with_their_beds(desk: Desk) -> None:
    admit(desk, "1A")
    assert [line.bed_code for line in residents.listed(desk, "all")] == ["1A"]


@pytest.mark.parametrize(
    "typed",
    ["Coulibaly", "coulibali", "Kulubali", "COULIBALLY", "Coulibaly Tenin", "tenin coulib", "Tenni Coulibaly", "Ma"],
)
def test_a_name_typed_with_mistakes_finds_the_person(desk: Desk, typed: str) -> None:
    made = admit(desk, "1A", names=TENIN)
    admit(desk, "1B", names=Names("Keïta", "Djeneba"))
    assert residents.search(desk, typed) == [made.person]


def test_a_code_is_found_by_its_beginning_and_a_bed_by_its_number(desk: Desk) -> None:
    made = admit(desk, "1A")
    assert residents.search(desk, made.code[:5]) == residents.search(desk, "1a") == [made.person]


def test_a_name_is_not_found_by_a_role_that_may_not_see_names(desk: Desk) -> None:
    admit(desk, "1A", names=TENIN)
    desk.role, desk.sealer = Role.RECEPTION, None
    assert residents.search(desk, "Coulibaly") == []


def test_reading_a_name_is_written_to_the_journal(desk: Desk) -> None:
    made = admit(desk, "1A", names=TENIN)
    assert residents.name(desk, made.person) == TENIN
    assert actions(desk)[-1] == "name_read"


def test_the_journal_never_holds_a_name(desk: Desk) -> None:
    admit(desk, "1A", names=TENIN)
    with desk.reading() as connection:
        told = " ".join(line.details + line.subject for line in journal.lines(connection))
    assert "Coulibaly" not in told
    assert "last_name" in told


def test_somebody_alike_is_shown_before_a_second_record_is_made(desk: Desk) -> None:
    made = admit(desk, "1A", age=25, names=TENIN)
    found = duplicates.alike(desk, Names("Koulibaly", "Tenin"), "f", born(27), "GN")
    assert [(one.person.id, one.age_differs, one.same_nationality) for one in found] == [(made.person, 2, True)]


@pytest.mark.parametrize(("sex", "age"), [("m", 25), ("f", 29)])
def test_another_sex_or_an_age_too_far_is_nobody_alike(desk: Desk, sex: str, age: int) -> None:
    admit(desk, "1A", age=25, names=TENIN)
    assert duplicates.alike(desk, TENIN, sex, born(age), "GN") == []


def test_two_who_were_said_to_differ_are_not_shown_again(desk: Desk) -> None:
    one = admit(desk, "1A", names=TENIN)
    asked = admit(desk, "1B", names=TENIN)
    told_apart = admit(desk, "1C", names=TENIN, not_the_same=(one.person,))
    found = duplicates.alike(desk, TENIN, "f", born(27), "GN", than=one.person)
    assert [one.person.id for one in found] == [asked.person]
    assert told_apart.person not in [one.person.id for one in found]


def test_an_admission_is_taken_back_after_saying_that_it_is_another_person(desk: Desk) -> None:
    one = admit(desk, "1A", names=TENIN)
    other = admit(desk, "1B", names=TENIN, not_the_same=(one.person,))
    undo(desk, other.done)
    assert [line.person.id for line in residents.listed(desk, "all")] == [one.person]


def test_the_record_tells_the_whole_stay_and_its_thread(desk: Desk) -> None:
    made = admit(desk, "1A")
    absences.be_away(desk, made.stay, "hopital", days_ago(4).date(), days_ago(2).date())
    stays.leave(desk, made.stay, days_ago(1), "autonomie", "mali_autre")
    record = residents.record(desk, made.person)
    assert [line.action for line in record.thread] == ["leave", "be_away", "admit"]
    assert len(record.stays[0].absences) == 1


def test_a_correction_keeps_the_old_value_in_the_journal(desk: Desk) -> None:
    made = admit(desk, "1A")
    person = residents.record(desk, made.person).person
    residents.correct(desk, replace(person, nationality="ML"), Names("Sacko", "Awa"))
    line = residents.record(desk, made.person).thread[0]
    assert ('"before":{"nationality":"GN"}' in line.details, line.action) == (True, "correct")
    assert residents.search(desk, "Sako") == [made.person]


def test_an_identification_names_who_decided(desk: Desk) -> None:
    made = admit(desk, "1A")
    with pytest.raises(Missing):
        victim_statuses.decide(desk, VictimStatus(VictimStatusId(0), made.stay, "identifiee", clock.today()))
    whole = VictimStatus(VictimStatusId(0), made.stay, "identifiee", clock.today(), "justice", status_decider="Le juge")
    victim_statuses.decide(desk, whole, "Jugement.")
    assert residents.record(desk, made.person).stays[0].statuses[0].victim_status == "identifiee"


def test_who_is_admitted_while_the_names_are_opened_is_found_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit(desk, "1A", names=Names("Sacko", "Awa"))
    desk.index = None
    really, later = residents.readable_names, list[Admitted]()

    def read(of: Desk, sealer: Sealer) -> dict[PersonId, Names]:
        found = really(of, sealer)
        if not later:
            later.append(admit(desk, "1B", names=Names("Traoré", "Aminata")))
        return found

    monkeypatch.setattr(residents, "readable_names", read)
    residents.search(desk, "Sacko")
    assert residents.search(desk, "Aminata") == [later[0].person]
