"""What a role without the key of the case file does with its own password: all of its work, and nobody else's."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import ChangedSince, LinesForged
from shelter_desk.domain.flags.flag import rules
from shelter_desk.domain.ids import ItemId, StayId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import KEYS_HELD, PERMISSIONS, KeyName, Role
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations.beds import beds
from shelter_desk.operations.casefile import flags, incidents
from shelter_desk.operations.desk import Desk, Done, undo
from shelter_desk.operations.residents import contact_risks, diets
from shelter_desk.operations.stays import absences
from shelter_desk.operations.stock import issuing
from shelter_desk.operations.today import shifts, today
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, integrity_check, unlocking
from shelter_desk.storage.file import journal
from tests.operations import store_scene as store
from tests.operations.casefile.test_incidents import CONTENT, fight
from tests.operations.shelter import PASSWORD, admit, born, days_ago, open_small_shelter
from tests.operations.stock_desk import director, services

WITHOUT = [role for role in Role if KeyName.PROTECTION not in KEYS_HELD[role]]


@dataclass(frozen=True)
class House:
    """A closed shelter: two women who must not meet, soap in the store, an account of each role."""

    folder: Path
    woman: StayId
    soap: ItemId

    def open(self, role: Role = Role.DIRECTOR) -> Desk:
        return unlocking.unlock(self.folder, "Agent A" if role is Role.DIRECTOR else role.value, PASSWORD)


@pytest.fixture
def house(tmp_path: Path) -> House:
    with open_small_shelter(tmp_path / "shelter") as desk:
        for role in WITHOUT:
            user_accounts.add(desk, role.value, role, PASSWORD)
        woman, other = admit(desk, "1A", names=Names("Coulibaly", "Tenin")), admit(desk, "1B", age=30)
        contact_risks.say(desk, other.person, "conflit", woman.code)
        diets.keep(desk, woman.stay, ["allergie_lait"])
        gone = admit(desk, "2A", sex="m")
        absences.be_away(desk, gone.stay, "injustifiee", days_ago(6).date())  # a red flag that the night sees
        soap = store.soap(desk)
        store.came(desk, soap, 100_000)
    return House(tmp_path / "shelter", woman.stay, soap)


def _admitted(desk: Desk, _house: House) -> Done:
    return admit(desk, "1C", days=1).done


def _given(desk: Desk, house: House) -> Done:
    line = AskedLine(house.soap, 2_000)
    return issuing.issue(desk, Slip(store.ago(0), "individuel", (line,), house.woman, approved_by=director(desk)))


def _reported(desk: Desk, _house: House) -> Done:
    return incidents.report(desk, fight(), CONTENT).done


Act = Callable[[Desk, House], Done]
ACTS: dict[Role, tuple[Act, ...]] = {
    Role.RECEPTION: (_admitted, _reported),
    Role.STOREKEEPER: (_given, _reported),
    Role.AUDITOR: (),
}
EACH = [(role, act) for role, acts in ACTS.items() for act in acts]


@pytest.mark.parametrize("role", WITHOUT)
def test_the_file_is_checked_and_backed_up_when_they_leave(house: House, role: Role) -> None:
    desk = house.open(role)
    for act in ACTS[role]:
        act(desk, house)
    assert integrity_check.check(desk).stays == 3 + (role is Role.RECEPTION)
    backups.leave(desk)
    with house.open() as desk:
        newest = max(backups.held(desk), key=lambda one: one.manifest.made_at)
        assert newest.is_known
        assert integrity_check.check(desk).stays == 3 + (role is Role.RECEPTION)


@pytest.mark.parametrize(("role", "act"), EACH)
def test_they_take_back_what_they_did(house: House, role: Role, act: Act) -> None:
    with house.open(role) as desk:
        done = act(desk, house)
        undo(desk, done)
        with pytest.raises(ChangedSince):
            undo(desk, done)
        integrity_check.check(desk)
    with house.open() as desk:
        assert (incidents.register(desk), services(desk, house.woman)) == ([], [])
        assert integrity_check.check(desk).stays == 3


def test_a_slip_gives_a_service_that_the_day_reads(house: House) -> None:
    with house.open(Role.STOREKEEPER) as desk:
        _given(desk, house)
    with house.open() as desk:
        assert services(desk, house.woman) == ["nfi_hygiene"]


def test_the_night_proposes_the_beds_that_the_day_does(house: House) -> None:
    found = []
    for role in (Role.DIRECTOR, Role.RECEPTION):
        with house.open(role) as desk:
            night = desk.today()
            proposed = [beds.beds_for(desk, sex, born(age), night) for sex, age in (("f", 27), ("m", 30), ("f", 9))]
            told = [[(one.bed.code, one.fits, one.is_possible, len(one.against)) for one in some] for some in proposed]
            apart = {person: one.codes for person, one in contact_risks.alerts(desk, night).items()}
            found.append((told, apart, diets.of(desk, [house.woman])))
    assert found[0] == found[1]
    assert len(found[0][1]) == 2


def test_the_night_sees_the_flags_and_tasks_that_it_is_to_see(house: House) -> None:
    seen = {rule for rule, one in rules().items() if one.seen_by in PERMISSIONS[Role.RECEPTION]}
    with house.open() as desk:
        flagged = [(one.rule, one.subject) for one in flags.of_house(desk) if one.rule in seen]
        asked = {one.matter for one in today.to_do(desk)} & shifts.AT_NIGHT
    with house.open(Role.RECEPTION) as desk:
        assert [(one.rule, one.subject) for one in flags.of_house(desk)] == flagged
        assert {one.matter for one in today.to_do(desk)} & shifts.AT_NIGHT == asked
    assert flagged


@pytest.mark.parametrize("is_told", [True, False])
def test_a_row_of_somebody_else_is_neither_taken_out_nor_made_anew_by_them(house: House, *, is_told: bool) -> None:
    """As whoever has the key of the file could, with a line in their own name."""
    with house.open() as desk:
        key = incidents.report(desk, fight(), CONTENT).id
    with house.open(Role.RECEPTION) as desk:
        rows: list[dict[str, object]] = [{"table": "incidents", "id": key, "before": {}}] if is_told else []
        made = {"table": "incidents", "id": key, "after": {"incident_type": "vol"}}
        with desk.database.transaction(EVERYTHING) as connection:
            journal.add(connection, desk.now(), desk.user, "report_incident", "", {"rows": [*rows, made]})
    with house.open() as desk, pytest.raises(LinesForged):
        integrity_check.check(desk)


def test_nobody_takes_back_in_a_shift_what_somebody_else_did(house: House) -> None:
    with house.open() as desk:
        seq = admit(desk, "1C", days=1).done.seq
    with house.open(Role.RECEPTION) as desk:
        with desk.database.transaction(EVERYTHING) as connection:
            journal.add(connection, desk.now(), desk.user, "undo", "", {"of": seq})
        with desk.reading() as connection:
            assert journal.undone_after(connection, seq) == set()
