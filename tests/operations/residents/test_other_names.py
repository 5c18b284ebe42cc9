"""Parents and the numbers by which others know a person: sealed, found, merged, erased, out in the registers and in."""

from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path

import pytest

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.consent.consents import RECORDING, NoConsent
from shelter_desk.domain.residents import merging as merging_rules
from shelter_desk.domain.residents.residents import NAMES, Birth, Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations import desk as desks
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export, registers
from shelter_desk.operations.residents import duplicates, global_search, merging, residents, retention
from shelter_desk.operations.stays import exits, stays
from shelter_desk.storage.residents.search import letters_apart
from tests.operations.referral_scene import given
from tests.operations.retention_scene import alone
from tests.operations.shelter import admit, born, days_ago, small_shelter

AWA = Names(
    "Ouédraogo",
    "Awa",
    mother_name="Fatoumata Kéita",
    father_name="Issa Ouédraogo",
    paper_no="12/2026; 7/2025",
    iom_no="ML-2026-0417",
    partner_no="A 77",
    partner_no_of="Kanuya",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def test_all_of_it_is_sealed_and_read_with_the_name(desk: Desk) -> None:
    made = admit(desk, "1A", names=AWA)
    with desk.reading() as connection:
        (row,) = connection.exec_driver_sql(f"SELECT {', '.join(NAMES)} FROM persons").mappings()
    assert all(row[key] for key in NAMES if getattr(AWA, key))
    assert not [key for key in NAMES if any(word.encode() in (row[key] or b"") for word in ("Issa", "0417", "12/20"))]
    assert residents.name(desk, made.person) == AWA


def test_a_correction_is_undone(desk: Desk) -> None:
    made = admit(desk, "1A", names=AWA)
    person = residents.record(desk, made.person).person
    done = residents.correct(desk, person, replace(AWA, iom_no="ML-1", mother_name=""))
    assert residents.search(desk, "ML-1") == [made.person]
    desks.undo(desk, done)
    assert residents.name(desk, made.person) == AWA
    assert residents.search(desk, "ml 2026 0417") == [made.person]


def test_no_number_is_written_of_somebody_who_refuses_the_recording(desk: Desk) -> None:
    made = admit(desk, "1A")
    consents.record(desk, replace(given(made.person, "", RECORDING), status="refuse"))
    with pytest.raises(NoConsent):
        residents.correct(desk, residents.record(desk, made.person).person, Names(iom_no="ML-1"))


@pytest.mark.parametrize("typed", ["draogo", "Drao", "ouedra", "wedraogo", "awa DRAOGO", "OUÉDRAOGO"])
def test_a_name_is_found_by_any_part_of_it_and_by_sound(desk: Desk, typed: str) -> None:
    made = admit(desk, "1A", names=AWA)
    admit(desk, "1B", names=Names("Traoré", "Fanta"))
    assert residents.search(desk, typed) == [made.person]


def test_two_letters_within_a_name_are_no_part_of_it(desk: Desk) -> None:
    admit(desk, "1A", names=AWA)
    assert residents.search(desk, "ao") == []


@pytest.mark.parametrize("typed", ["ML-2026-0417", "ml 2026 0417", "12/2026", "7/2025", "a77", "0417", "2026-04"])
def test_a_number_is_found_whole_or_by_a_part(desk: Desk, typed: str) -> None:
    made = admit(desk, "1A", names=AWA)
    assert residents.search(desk, typed) == [made.person]


def test_who_has_the_whole_number_comes_first(desk: Desk) -> None:
    longer = admit(desk, "1A", names=Names("Traoré", paper_no="112"))
    exact = admit(desk, "1B", names=Names("Keïta", iom_no="112-B; 12"))
    part = admit(desk, "1C", names=Names("Diallo", partner_no="9112"))
    assert residents.search(desk, "12") == [exact.person]
    assert residents.search(desk, "112") == [longer.person, exact.person, part.person]


def test_the_name_of_a_parent_finds_the_child_after_those_who_are_called_so(desk: Desk) -> None:
    child = admit(desk, "1A", names=AWA)
    called = admit(desk, "1B", names=Names("Kéita", "Moussa"))
    assert residents.search(desk, "keita") == [called.person, child.person]


def test_nobody_is_like_another_by_parents_or_numbers(desk: Desk) -> None:
    admit(desk, "1A", names=AWA)
    assert duplicates.alike(desk, Names("Kéita", "Fatoumata"), "f", Birth(), "ML") == []


def test_who_has_a_name_within_another_is_no_possible_duplicate(desk: Desk) -> None:
    admit(desk, "1A", names=Names("Sakobani", "Hawadou"))
    assert len(residents.search(desk, "kobani awado")) == 1
    assert duplicates.alike(desk, Names("Kobani", "Awado"), "f", born(27), "GN") == []


def test_the_whole_search_says_which_number_it_is(desk: Desk) -> None:
    made = admit(desk, "1A", names=AWA)
    found = [(one.kind, one.number, one.code, one.place) for one in global_search.numbered(desk, "a77")]
    assert found == [("partner_no", "A 77", made.code, f"residents/{made.code}")]


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_who_may_not_read_names_finds_nobody_by_a_number(desk: Desk, role: Role) -> None:
    admit(desk, "1A", names=AWA)
    residents.search(desk, "awa")
    desk.role = role
    assert global_search.numbered(desk, "ML-2026-0417") == []


def test_the_night_reception_finds_nobody_by_a_number_or_a_part_of_a_name(desk: Desk) -> None:
    admit(desk, "1A", names=AWA)
    residents.search(desk, "awa")
    desk.role = Role.RECEPTION
    assert residents.search(desk, "ML-2026-0417") == residents.search(desk, "draogo") == []


def test_two_files_keep_the_numbers_of_both(desk: Desk) -> None:
    first = admit(desk, "1A", names=AWA, days=40)
    stays.leave(desk, first.stay, days_ago(30), "autonomie", "mali_autre")
    more = Names("Wedraogo", "Awa", father_name="Issa", paper_no="12-2026; 90", partner_no="B 1; A77")
    again = admit(desk, "1B", names=more)
    merging.merge(desk, first.person, again.person, {}, "autre_nom")
    names = residents.name(desk, first.person)
    assert (names.father_name, names.paper_no) == ("Issa Ouédraogo", "12/2026; 7/2025; 90")
    assert (names.partner_no, names.partner_no_of) == ("A 77; B 1", "Kanuya; –")
    assert residents.search(desk, "B1") == [first.person]


def test_names_of_which_one_is_a_number_alone_are_no_letter_apart() -> None:
    assert merging_rules.apart_by(Names(iom_no="1"), Names(iom_no="1"), letters_apart) is None


def test_they_go_out_for_a_purpose_and_come_in_again(desk: Desk, tmp_path: Path) -> None:
    admit(desk, "1A", names=AWA)
    out, bare = tmp_path / "out.xlsx", tmp_path / "bare.xlsx"
    register_export.export(desk, bare)
    register_export.export_with_names(desk, out, GateAnswers(purpose="essai"), alone(desk, GraveAct.EXPORT))
    assert registers.look(desk, out).judgement.counts["personnes"].same == 1
    told = {key for row in registers.look(desk, bare).lines if row.list == "personnes" for key in row.values}
    assert told & set(NAMES) == set()
    with small_shelter(tmp_path / "other") as other:
        registers.take_in(other, registers.look(other, out))
        (known,) = [one.person.id for one in residents.listed(other, "all")]
        assert residents.name(other, known) == AWA
        registers.take_in(other, registers.look(other, bare))
        assert residents.name(other, known) == AWA


def test_they_are_erased_with_the_name(desk: Desk) -> None:
    made = admit(desk, "1A", names=AWA, days=200)
    residents.search(desk, "ouedraogo")
    stays.leave(desk, made.stay, days_ago(100), "autonomie")
    exits.close_case(desk, made.stay, days_ago(90).date(), "objectifs_atteints")
    retention.erase_on_request(desk, made.person, "demande", alone(desk))
    with desk.reading() as connection:
        (row,) = connection.exec_driver_sql(f"SELECT {', '.join(NAMES)} FROM persons")
    assert set(row) == {None}
    assert residents.search(desk, "ML-2026-0417") == residents.search(desk, "kéita") == []
    assert astuple(residents.name(desk, made.person)) == ("",) * len(NAMES)
