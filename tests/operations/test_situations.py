"""What is said of a stay beside its days, of a person beside sex, birth and nationality, of a place beside its nights.

Behind the wall, written at night into the box, changed and undone as the stay or the person is.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import ChangedSince, Damaged, RowsAltered
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.memberships import Membership
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.imports import closed_months, intake, intake_batches, opened_files, registers
from shelter_desk.operations.reports import closing as month_closing
from shelter_desk.operations.reports import month_versions
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import exits, stay_corrections, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.operations.today import postponed_tasks
from shelter_desk.operations.today.task_kinds import Matter, Task, TaskThing
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.storage.file import journal, sealed_boxes
from shelter_desk.storage.file.case import case_inbox
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.storage.tables import placement_reasons, profiles, settled_flags, situations
from shelter_desk.system import clock
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import book
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import PASSWORD, admit, born, days_ago, open_small_shelter, small_shelter
from tests.operations.test_case_file_wall import WITHOUT, seen

CODE = "7K3-QMX-E"
TOLD = (situations, profiles, settled_flags, placement_reasons)
MOVED = tuple(one.name for one in situations.c if one.name not in ("id", "stay_id"))


# The wall -------------------------------------------------------------------------------------------------------------


def arriving(**told: Any) -> Callable[[Desk, StayId], None]:
    def act(desk: Desk, _: StayId) -> None:
        stays.admit(desk, replace(Admission(clock.now(), "premiere", "transit", "f", born(12), "GN"), **told))

    return act


def aside(reason: str) -> Callable[[Desk, StayId], None]:
    """A man in the dormitory of the women."""
    return arriving(sex="m", spot=Spot("lit", BedId(2), reason=reason))


def correcting(**told: Any) -> Callable[[Desk, StayId], None]:
    def act(desk: Desk, stay: StayId) -> None:
        with desk.reading() as connection:
            known = stored_stays.stay(connection, stay)
        person = residents.record(desk, known.person).person
        residents.correct(desk, person, stay=replace(known, **told))

    return act


def leaving(destination: str, reason: str = "autonomie") -> Callable[[Desk, StayId], None]:
    def act(desk: Desk, stay: StayId) -> None:
        stays.leave(desk, stay, clock.now(), reason, destination)

    return act


def planning(days: int) -> Callable[[Desk, StayId], None]:
    def act(desk: Desk, stay: StayId) -> None:
        exits.plan(desk, stay, desk.today() + timedelta(days=days))

    return act


def describing(**told: Any) -> Callable[[Desk, StayId], None]:
    def act(desk: Desk, _: StayId) -> None:
        with desk.reading() as connection:
            (known,) = stored_residents.persons(connection).values()
        residents.correct(desk, replace(known, **told))

    return act


def settling(rule: str, kind: str = "") -> Callable[[Desk, StayId], None]:
    def act(desk: Desk, stay: StayId) -> None:
        flags.settle(desk, [Flag(rule, "W", kind, stay=stay)], "Vu")

    return act


def postponing(matter: Matter, thing: str) -> Callable[[Desk, StayId], None]:
    def act(desk: Desk, stay: StayId) -> None:
        task = Task(matter, things=(TaskThing(f"stay/{stay}/{thing}", "", CODE),))
        postponed_tasks.set_aside(desk, task, "Vu", desk.today() + ONE_DAY)

    return act


def formerly(*memberships: Membership) -> Callable[[Desk, StayId], None]:
    def act(desk: Desk, stay: StayId) -> None:
        with desk.writing("regroup", EVERYTHING) as writing:
            known = stored_stays.stay(writing.connection, stay)
            stored_stays.change(writing.trail, replace(known, former_families=tuple(one.text for one in memberships)))

    return act


TWINS = {
    "why somebody left": (leaving("inconnue", "transfert"), leaving("inconnue", "retour_autonome")),
    "alert settled": (settling("R-20"), settling("R-24", "screening")),
    "task put off": (postponing("high_risk", "risk/1"), postponing("appointment_late", "appointment/12")),
    "marital status": (describing(marital_status="marie"), describing(marital_status="celibataire")),
    "region": (describing(region_origin="ml_kayes"), describing(region_origin="ml_tombouctou")),
    "schooling": (describing(education_level="aucun"), describing(education_level="superieur")),
    "other nationalities": (
        describing(other_nationalities=("CI",)),
        describing(other_nationalities=("BF", "NE", "TG")),
    ),
    "profile at the door": (arriving(region_origin="ml_mopti"), arriving(other_nationalities=("CI", "BF"))),
    "migration situation": (arriving(migration_situation="transit"), arriving(migration_situation="retour_force")),
    "child status": (arriving(child_status="accompagne"), arriving(child_status="enfant_residente")),
    "referral source": (arriving(referral_source="oim"), arriving(referral_source="police")),
    "urgent needs": (arriving(urgent_needs=("soins",)), arriving(urgent_needs=("soins", "repos", "securite"))),
    "interpreter": (arriving(interpreter_needed=True), arriving(interpreter_needed=False)),
    "planned exit": (planning(3), planning(30)),
    "why a rule was set aside": (aside("Nuit"), aside("Le dortoir des hommes est plein, il y va demain matin")),
    "families of before": (
        formerly(Membership(StayId(1), None, date(2026, 3, 9), "enfant", "papier")),
        formerly(Membership(None, None, date(2026, 3, 9)), Membership(StayId(2), date(2026, 3, 9), date(2026, 4, 1))),
    ),
    "destination": (leaving("inconnue"), leaving("pays_origine")),
    "country of before": (correcting(country_last="NE"), correcting(country_last="DZ")),
    "situation corrected": (correcting(migration_situation="bloque"), correcting(migration_situation="retour_force")),
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelter with a resident, and somebody of each role."""
    folder = Path(tmp_path_factory.mktemp("situations")) / "shelter"
    with open_small_shelter(folder) as desk:
        for role in WITHOUT:
            user_accounts.add(desk, f"Agent {role.value}", role, PASSWORD)
        agree_to_recording(desk, admit(desk, "1A").person)
    return folder


@pytest.mark.parametrize("fact", TWINS)
def test_two_shelters_that_differ_in_one_such_fact_are_the_same_without_the_key(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fact: str
) -> None:
    later = clock.now()
    monkeypatch.setattr(clock, "now", lambda: datetime(later.year, later.month, later.day, 23, 59))
    monkeypatch.setattr(stays, "new_code", lambda _: CODE)
    told = []
    for name, act in zip("ab", TWINS[fact], strict=True):
        shutil.copytree(first, tmp_path / name)
        with unlocking.unlock(tmp_path / name, "Agent A", PASSWORD) as desk:
            act(desk, StayId(1))
            with desk.reading() as connection:
                told.append([connection.execute(of.select().order_by(of.c.id)).all() for of in TOLD])
    assert told[0] != told[1]
    for role in WITHOUT:
        one, other = (seen(tmp_path / name, role) for name in "ab")
        assert {name: some for name, some in one.items() if some != other[name]} == {}


@pytest.mark.parametrize("role", WITHOUT)
def test_who_has_no_key_reads_the_days_of_a_stay_and_nothing_of_its_situation(first: Path, role: Role) -> None:
    with unlocking.unlock(first, f"Agent {role.value}", PASSWORD) as desk, desk.reading() as connection:
        stay = stored_stays.stay(connection, StayId(1))
    assert (stay.id, stay.entry_kind, stay.exited_at) == (1, "premiere", None)
    usual = Stay(stay.id, stay.stay_no, stay.person, stay.admitted_at, stay.entry_kind, "")
    assert {one: getattr(stay, one) for one in MOVED} == {one: getattr(usual, one) for one in MOVED}


def test_the_night_is_told_who_turns_18_by_the_birth_alone(first: Path, tmp_path: Path) -> None:
    """No alarm about a child that it cannot judge: who is written as a child still is told to who reads the file."""
    folder = tmp_path / "shelter"
    shutil.copytree(first, folder)
    today = clock.today()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        soon = today + timedelta(days=10)
        birth = Birth(date(soon.year - 18, soon.month, soon.day))
        stays.admit(desk, Admission(days_ago(5), "premiere", "transit", "f", birth, "GN", child_status="separe"))
        grown = admit(desk, "1B", age=19)
        with desk.writing("correct", EVERYTHING) as writing:
            writing.trail.change("situations", grown.stay, {"child_status": "accompagne"})
        manager = [(one.rule, one.kind) for one in flags.of_house(desk)]
        free = {(one.rule, one.kind) for one in flags.of_house(desk) if one.rule in ("R-04", "R-05", "R-06")}
    with unlocking.unlock(folder, f"Agent {Role.RECEPTION.value}", PASSWORD) as desk:
        night = [(one.rule, one.kind) for one in flags.of_house(desk)]
    assert {("R-07", "soon"), ("R-07", "turned")} <= set(manager)
    assert [one for one in night if one[0] == "R-07"] == [("R-07", "soon")]
    assert free <= set(night) <= set(manager)


# Written at night -----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "shelter"))


def at_night(folder: Path) -> Desk:
    return unlocking.unlock(folder, f"Agent {Role.RECEPTION.value}", PASSWORD)


def arrival() -> Admission:
    made = Admission(clock.now(), "premiere", "retour_force", "f", born(27), "GN", referral_source="police")
    return replace(made, urgent_needs=("soins",), house_rules_explained=True)


def test_what_the_night_says_of_a_stay_is_there_for_who_completes_it(folder: Path) -> None:
    with at_night(folder) as desk:
        made = stays.admit(desk, arrival())
        with desk.reading() as connection:
            mine = stored_stays.stay(connection, made.stay)
            details = journal.last(connection).details
    assert (mine.migration_situation, mine.urgent_needs, mine.house_rules_explained) == ("", (), None)
    assert not any(one in details for one in ("retour_force", "police", "soins"))
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        with desk.reading() as connection:
            stay = stored_stays.stay(connection, made.stay)
            (line,) = [one for one in journal.lines(connection, made.code) if one.action == "admit"]
        assert (stay.migration_situation, stay.referral_source, stay.urgent_needs) == (
            "retour_force", "police", ("soins",)
        )  # fmt: skip
        assert {"stays", "situations"} <= line.tables
        correcting(child_status="sans_objet")(desk, made.stay)
        assert integrity_check.check(desk).stays == 2


def test_the_night_takes_its_admission_back_while_it_waits(folder: Path) -> None:
    with at_night(folder) as desk:
        undo(desk, stays.admit(desk, arrival()).done)
        with desk.reading() as connection:
            assert (case_inbox.waiting(connection), stored_stays.count(connection)) == (0, 1)
        again = stays.admit(desk, arrival())  # the same number once more
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        assert stored_stays.stay(connection, again.stay).migration_situation == "retour_force"
        assert integrity_check.check(desk).stays == 2


@pytest.mark.parametrize("numbered", [{"id": 1}, {"id": 7}])
def test_a_situation_that_somebody_plants_for_a_stay_is_not_taken_in(folder: Path, numbered: dict[str, int]) -> None:
    with at_night(folder) as desk, desk.database.transaction(EVERYTHING) as connection:
        box = sealed_boxes.of(connection, desk.box)
        row = {**numbered, "stay_id": 1, "migration_situation": "retour_force", "child_status": "separe"}
        sealed = case_inbox.boxed(box, "situations", row)
        asked = text("INSERT INTO case_inbox VALUES ('situations', :id, :sealed)")
        connection.execute(asked, {"id": row["id"], "sealed": sealed})
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        assert (stay_of(desk).migration_situation, stay_of(desk).child_status) == ("transit", "")
        with pytest.raises(RowsAltered):
            integrity_check.check(desk)


def test_who_reads_the_file_takes_an_admission_back_whole(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        before = stay_of(desk)
        exits.plan(desk, StayId(1), desk.today() + timedelta(days=3))
        changed = stay_of(desk)
        undo(desk, exits.plan(desk, StayId(1), None))
        undo(desk, stays.leave(desk, StayId(1), clock.now(), "autonomie", "inconnue"))
        assert stay_of(desk) == changed != before
        undo(desk, stays.admit(desk, arrival()).done)
        with desk.reading() as connection:
            assert connection.execute(text("SELECT id FROM situations")).scalars().all() == [1]
        assert integrity_check.check(desk).stays == 1


def stay_of(desk: Desk, key: int = 1) -> Stay:
    with desk.reading() as connection:
        return stored_stays.stay(connection, StayId(key))


def test_somebody_else_who_changed_it_keeps_an_undo_from_it(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        made = stays.admit(desk, arrival())
        correcting(migration_situation="bloque")(desk, made.stay)
        with pytest.raises(ChangedSince):
            undo(desk, made.done)


# In lists and closed months ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "is_late"), [("transit", False), ("retour_force", True)])
def test_a_situation_that_a_list_changes_concerns_the_closed_months_of_its_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, is_late: bool
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 12))
    with small_shelter(tmp_path / "shelter") as desk:
        made = admit(desk, "1A", days=100)
        month = Period(desk.today(), desk.today()).month_before
        month_closing.close(desk, month, lambda _: "sans_objet")
        stay = stay_of(desk)
        keys = "stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation"
        told = stay.stay_no, made.code, f"{stay.admitted_at:%d/%m/%Y %H:%M}", stay.entry_kind, said
        path = book(tmp_path / "sejours.xlsx", sejours=(keys, told))
        look = registers.looked_at(desk, opened_files.read(path))
        assert closed_months.touched(desk, look.judgement) == ((month,) if is_late else ())
        if is_late:
            with pytest.raises(NeedsLateReason) as refused:
                registers.take_in(desk, look)
            assert refused.value.months == (month,)
            with desk.because_late("erreur"):
                registers.take_in(desk, look)
            assert (stay_of(desk).migration_situation, month_versions.pending(desk, month) == ()) == (said, False)


def test_a_list_that_changes_the_situation_alone_writes_no_row_of_the_stay(folder: Path, tmp_path: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        stay = stay_of(desk)
        code = residents.record(desk, stay.person).person.code
        keys = "stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation"
        told = stay.stay_no, code, f"{stay.admitted_at:%d/%m/%Y %H:%M}", stay.entry_kind, "retour_force"
        path = book(tmp_path / "sejours.xlsx", sejours=(keys, told))
        batch = intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody).batch
        assert batch is not None
        with desk.reading() as connection:
            (line,) = journal.of(connection, [batch.seq])
        assert [row["table"] for row in line.rows] == ["situations"]
        told_then = intake_batches.undoing(desk, batch.id)
        assert (told_then.restored, told_then.removed, told_then.left) == ({"sejours": 1}, {}, ())
        correcting(migration_situation="bloque")(desk, stay.id)
        (left,) = intake_batches.undoing(desk, batch.id).left
        assert (left.list, left.code, left.why) == ("sejours", stay.stay_no, "changed")


# Damaged, or taken out past the program ----------------------------------------------------------------------------


@pytest.fixture(params=["altered", "taken out"])
def spoilt(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A shelter with somebody whose situation lies there no more as it was, since somebody wrote into the file."""
    folder = tmp_path / "spoilt"
    with small_shelter(folder) as desk:
        made = admit(desk, "1A")
        exits.plan(desk, made.stay, desk.today() + ONE_DAY)
        assert desk.database.case_key is not None
        place = {"place": desk.database.case_key.place("situations", made.stay)}
        spoil = "UPDATE case_rows SET sealed = zeroblob(400)" if request.param == "altered" else "DELETE FROM case_rows"
        with desk.database.transaction(EVERYTHING) as connection:
            assert connection.execute(text(f"{spoil} WHERE place = :place"), place).rowcount == 1
    for file in folder.glob("shelter.case*"):
        file.unlink()
    return folder


def test_who_has_a_spoilt_situation_leaves_and_it_is_again_as_the_journal_told_it(spoilt: Path) -> None:
    with unlocking.unlock(spoilt, "Agent A", PASSWORD) as desk:
        assert (stay_of(desk).migration_situation, stay_of(desk).expected_exit) == ("", None)
        with pytest.raises((Damaged, RowsAltered)):
            integrity_check.check(desk)
        stays.leave(desk, StayId(1), clock.now(), "autonomie", "inconnue")
        gone = stay_of(desk)
        assert (gone.migration_situation, gone.exit_reason, gone.exit_destination) == (
            "transit", "autonomie", "inconnue",
        )  # fmt: skip
        assert gone.expected_exit == desk.today() + ONE_DAY
        integrity_check.check(desk)


def test_an_act_that_says_nothing_of_a_spoilt_situation_leaves_it_for_the_check(spoilt: Path) -> None:
    with unlocking.unlock(spoilt, "Agent A", PASSWORD) as desk:
        stay_corrections.correct(desk, replace(stay_of(desk), entry_kind="transfert"))
        assert (stay_of(desk).entry_kind, stay_of(desk).migration_situation) == ("transfert", "")
        with pytest.raises((Damaged, RowsAltered)):
            integrity_check.check(desk)


def test_whose_profile_is_gone_is_corrected_and_it_is_again_as_the_journal_told_it(tmp_path: Path) -> None:
    folder = tmp_path / "shelter"
    with small_shelter(folder) as desk:
        agree_to_recording(desk, admit(desk, "1A").person)
        describing(region_origin="ml_kayes", marital_status="veuf")(desk, StayId(1))
        assert desk.database.case_key is not None
        place = {"place": desk.database.case_key.place("profiles", 1)}
        with desk.database.transaction(EVERYTHING) as connection:
            assert connection.execute(text("DELETE FROM case_rows WHERE place = :place"), place).rowcount == 1
    for file in folder.glob("shelter.case*"):
        file.unlink()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        with pytest.raises((Damaged, RowsAltered)):
            integrity_check.check(desk)
        describing(education_level="aucun")(desk, StayId(1))
        with desk.reading() as connection:
            (one,) = stored_residents.persons(connection).values()
        assert (one.region_origin, one.marital_status, one.education_level) == ("ml_kayes", "veuf", "aucun")
        integrity_check.check(desk)
