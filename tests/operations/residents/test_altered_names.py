"""Names and keys of names that somebody altered in the file: everything else goes on, and whose they are is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import SealsAltered
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Birth, Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export
from shelter_desk.operations.residents import duplicates, names, residents, retention
from shelter_desk.operations.today import today
from shelter_desk.operations.vault import approvals, integrity_check, unlocking
from shelter_desk.storage.file import journal
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

TENIN, AWA, FANTA = Names("Coulibaly", "Tenin", "Ma"), Names("Traoré", "Awa", ""), Names("Keita", "Fanta", "")
ONE, TWO, THREE = PersonId(1), PersonId(2), PersonId(3)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The name of the first is altered, the keys of the second; the third is as she was written."""
    opened = open_small_shelter(tmp_path / "shelter")
    for bed, known in (("1A", TENIN), ("1B", AWA), ("1C", FANTA)):
        admit(opened, bed, names=known)
    with opened.database.transaction(Changes()) as connection:
        connection.execute(text("UPDATE persons SET last_name = zeroblob(60) WHERE id = 1"))
        connection.execute(text("UPDATE persons SET seal = zeroblob(60) WHERE id = 2"))
        connection.execute(text("UPDATE profiles SET protection_seal = zeroblob(60) WHERE id = 2"))
    yield opened
    opened.close()


def told(desk: Desk) -> list[str]:
    """The codes of whom the journal says that something of theirs opens no more."""
    with desk.reading() as connection:
        return [line.subject for line in journal.lines(connection) if line.action == "seal_unreadable"]


def codes(desk: Desk) -> list[str]:
    return sorted(residents.record(desk, key).person.code for key in (ONE, TWO))


def test_the_search_finds_the_others_and_says_whose_name_opens_no_more(desk: Desk) -> None:
    assert residents.search(desk, "Keita") == [THREE]
    assert residents.search(desk, "Fanta") == [THREE]
    assert sorted(told(desk)) == codes(desk)


def test_who_may_be_known_already_is_looked_for_among_the_others(desk: Desk) -> None:
    assert [one.person.id for one in duplicates.alike(desk, FANTA, "f", Birth(), "ML")] == [THREE]
    assert admit(desk, "1D", names=Names("Diarra", "Kadi", "")).person > THREE


def test_lists_tasks_flags_and_terms_go_on(desk: Desk) -> None:
    assert len(residents.listed(desk, "here")) == 3
    today.to_do(desk)
    flags.of_house(desk)
    assert retention.due(desk) == ()


def test_who_came_at_night_and_whose_name_opens_no_more_is_compared_with_nobody(desk: Desk) -> None:
    desk.role = Role.RECEPTION
    night = [admit(desk, bed, days=1, names=FANTA).person for bed in ("1D", "3A")]
    with desk.database.transaction(Changes()) as connection:
        connection.execute(text(f"UPDATE persons SET last_name = zeroblob(60) WHERE id = {night[0]}"))
    desk.role, desk.index = Role.DIRECTOR, None
    found = {one.person: one.others for one in flags.of_house(desk) if one.rule == "R-02"}
    assert found == {night[1]: (residents.record(desk, THREE).person.code,)}
    assert len(today.to_do(desk)) > 0


def test_an_export_holds_the_names_that_open_and_the_journal_says_whose_do_not(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    register_export.export_with_names(
        desk, out, GateAnswers(purpose="essai"), approvals.alone(desk, GraveAct.EXPORT, PASSWORD)
    )
    cells = {cell.value for row in load_workbook(out)["personnes"].iter_rows() for cell in row}
    assert ("Keita" in cells, "Coulibaly" in cells, sorted(told(desk))) == (True, False, codes(desk))


def test_one_name_on_demand_is_said_to_be_altered(desk: Desk) -> None:
    for person, read in ((ONE, residents.name), (TWO, names.read)):
        with pytest.raises(SealsAltered) as refused:
            read(desk, person)
        assert refused.value.codes == (residents.record(desk, person).person.code,)
    assert residents.name(desk, THREE) == FANTA


def test_a_name_that_is_typed_again_opens_again(desk: Desk) -> None:
    for person, known in ((ONE, TENIN), (TWO, AWA)):
        residents.correct(desk, residents.record(desk, person).person, known)
        assert residents.name(desk, person) == known


def test_the_check_names_everybody(desk: Desk) -> None:
    with pytest.raises(SealsAltered) as refused:
        integrity_check.check(desk)
    assert sorted(refused.value.codes) == codes(desk)


def test_the_next_opening_goes_on_too(desk: Desk) -> None:
    desk.close()
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert residents.search(again, "Keita") == [THREE]
