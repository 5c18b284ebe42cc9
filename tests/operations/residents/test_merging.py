"""Two files of one person: compared, made one, found by both codes, counted once, parted again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.errors import NoSuch, NotAllowed, NotInList, SealsAltered
from shelter_desk.domain.ids import PartnerId, PersonId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.merging import (
    EditedSince,
    MustNotMeet,
    NamesGone,
    OfOneFamily,
    OneFileAlready,
    Side,
    StaysOverlap,
)
from shelter_desk.domain.residents.residents import Birth, Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import partners, referral_sheets, referrals
from shelter_desk.operations.casefile import flags, notes
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.imports import registers
from shelter_desk.operations.reports import closing, pending
from shelter_desk.operations.residents import contact_risks, global_search, merging, residents, retention
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.vault import integrity_check, key_change, unlocking
from shelter_desk.operations.vault import journal as journal_lines
from shelter_desk.storage import tables
from shelter_desk.storage.file import journal
from tests.operations.case_scene import SECRET, wording
from tests.operations.imports.test_own_registers import HEADINGS, book, counts
from tests.operations.referral_scene import CLINIC, agree, agree_to_recording, given, wish
from tests.operations.retention_scene import alone
from tests.operations.shelter import PASSWORD, admit, days_ago, month_when_over, open_small_shelter

WRITTEN, OTHERWISE = Names("Coulibaly", "Awa"), Names("Kulubali", "Awa", "Petite")


@dataclass
class Scene:
    """Awa, who left and came back and was not recognised: the same woman under two codes."""

    desk: Desk
    first: Admitted
    again: Admitted

    def merge(self, sides: dict[str, Side] | None = None, cause: str = "autre_nom") -> merging.Merged:
        return merging.merge(self.desk, self.first.person, self.again.person, sides or {}, cause)

    def compare(self) -> merging.Comparison:
        return merging.compare(self.desk, self.first.person, self.again.person)

    @property
    def code(self) -> str:
        return self.first.code

    @property
    def former(self) -> str:
        return self.again.code


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with open_small_shelter(tmp_path / "shelter") as desk:
        partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, "sante", "Bamako"))
        first = admit(desk, "1A", days=100, names=WRITTEN)
        stays.leave(desk, first.stay, days_ago(70), "retour_autonome", "pays_origine")
        again = admit(desk, "1B", days=40, age=28, names=OTHERWISE)
        yield Scene(desk, first, again)


def registers_of(desk: Desk, path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The registers as they are exported, sheet by sheet."""
    registers.export(desk, path)
    made = openpyxl.load_workbook(path, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in made.worksheets}


def with_other_keys(desk: Desk) -> Desk:
    """The same shelter, opened again after all keys of the file were changed."""
    key_change.change_keys(desk, PASSWORD)
    return unlocking.unlock(desk.folder, desk.user_name, PASSWORD)


def codes(desk: Desk, found: list[PersonId]) -> list[str]:
    return [residents.record(desk, one).person.code for one in found]


# Side by side ---------------------------------------------------------------------------------------------------------


def test_what_differs_is_told_and_the_better_value_proposed(scene: Scene) -> None:
    mine, theirs = (residents.record(scene.desk, one.person).person for one in (scene.first, scene.again))
    guessed = replace(mine, birth=Birth(age_estimated=27, age_estimated_on=days_ago(100).date()), languages=("bam",))
    exact = replace(theirs, birth=Birth(date(1998, 5, 4)), languages=("ffm",), region_origin="ml_kayes")
    for one, person in ((scene.first, guessed), (scene.again, exact)):
        agree_to_recording(scene.desk, one.person)
        residents.correct(scene.desk, person)
    told = scene.compare()
    proposed = {one.key: one.proposed for one in told.values if one.proposed is not None}
    assert proposed == {"birth": "other", "languages": "kept", "region_origin": "other"}
    assert (told.refused, told.letters, told.names_proposed, told.is_near) == (None, 4, "other", True)


def test_no_name_is_read_by_comparing(scene: Scene) -> None:
    scene.compare()
    thread = [one.action for one in residents.record(scene.desk, scene.first.person).thread]
    assert "name_read" not in thread


def test_values_are_kept_as_chosen_and_the_other_name_is_another_spelling(scene: Scene) -> None:
    born = residents.record(scene.desk, scene.again.person).person.birth
    scene.merge({"birth": "other", "names": "kept"})
    kept = residents.record(scene.desk, scene.first.person).person
    names = residents.name(scene.desk, scene.first.person)
    assert (kept.code, kept.birth) == (scene.code, born)
    assert (names.last_name, names.first_name, names.alias) == ("Coulibaly", "Awa", "Awa Kulubali, Petite")


def test_somebody_under_quite_another_name_is_found_by_both(scene: Scene) -> None:
    stranger = admit(scene.desk, "1C", days=65, names=Names("Traoré", "Fanta"))
    stays.leave(scene.desk, stranger.stay, days_ago(60), "retour_autonome", "pays_origine")
    merging.merge(scene.desk, scene.first.person, stranger.person, {}, "autre_nom")
    for typed in ("fanta traore", "awa coulibaly"):
        assert residents.search(scene.desk, typed)[0] == scene.first.person
    scene.desk.index = None
    assert residents.search(scene.desk, "fanta traore") == [scene.first.person]


# One file -------------------------------------------------------------------------------------------------------------


def test_both_codes_answer_in_search_and_everywhere_else(scene: Scene) -> None:
    scene.merge()
    for typed in (scene.code, scene.former, scene.former[:5].lower()):
        assert codes(scene.desk, residents.search(scene.desk, typed)) == [scene.code]
    (found,) = global_search.numbered(scene.desk, scene.former)
    assert (found.code, found.place) == (scene.code, f"residents/{scene.code}")
    assert [one.person.code for one in residents.listed(scene.desk, "all")] == [scene.code]


def test_stays_notes_and_referrals_go_on_under_one_code(scene: Scene) -> None:
    for one in (scene.first, scene.again):
        agree_to_recording(scene.desk, one.person)
        agree(scene.desk, one.person)
        notes.write(scene.desk, one.person, wording(f"{SECRET} {one.code}"))
        referrals.draft(scene.desk, replace(wish(one), summary=f"Résumé {one.code}"))
    scene.merge()
    record = residents.record(scene.desk, scene.first.person)
    assert [one.stay.entry_kind for one in record.stays] == ["readmission", "premiere"]
    kept = notes.of(scene.desk, scene.first.person)
    assert {notes.read(scene.desk, one.note.id) for one in kept} == {
        f"{SECRET} {code}" for code in (scene.code, scene.former)
    }
    lines = referrals.of(scene.desk, scene.first.person)
    assert {referral_sheets.summary(scene.desk, one.referral.id) for one in lines} == {
        f"Résumé {code}" for code in (scene.code, scene.former)
    }


def test_the_thread_tells_of_both_codes(scene: Scene) -> None:
    with scene.desk.reading() as connection:
        before = len(list(journal.lines(connection, scene.code, scene.former)))
    scene.merge()
    thread = residents.record(scene.desk, scene.first.person).thread
    assert (len(thread), thread[0].action) == (before + 1, "merge_persons")
    assert json.loads(thread[0].details)["merged"] == scene.former


def test_the_journal_says_which_codes_and_no_number_of_a_row(scene: Scene) -> None:
    done = scene.merge().done
    told = journal_lines.detail(scene.desk, done.seq)
    assert dict(told.facts)["merged"] == scene.former
    assert {one.key for one in told.changed} >= {"entry_kind", "alias"}
    assert {one.key for one in told.changed} & {"moved", "former", "digest", "merged_into", "person_id"} == set()


def test_a_file_checked_afterwards_is_sound_also_with_other_keys(scene: Scene) -> None:
    agree_to_recording(scene.desk, scene.again.person)
    notes.write(scene.desk, scene.again.person, wording())
    scene.merge()
    with with_other_keys(scene.desk) as desk:
        assert integrity_check.check(desk).stays == 2


def test_a_person_who_was_apart_from_one_is_apart_from_the_one_file(scene: Scene) -> None:
    sister = admit(scene.desk, "1C", age=28, names=WRITTEN)
    merging.say_apart(scene.desk, scene.again.person, sister.person)
    scene.merge()
    assert merging.likely(scene.desk, sister.person) == []


def test_the_figures_count_one_person(scene: Scene) -> None:
    month = Period(days_ago(100).date(), scene.desk.today())
    before = month_when_over(scene.desk, month).report
    scene.merge()
    after = month_when_over(scene.desk, month).report
    persons = [one.figures["t2.distinct_persons", ()].value for one in (before, after)]
    nights = [one.figures["t2.person_nights", ()].value for one in (before, after)]
    assert (persons, nights[0]) == ([2, 1], nights[1])


def test_a_closed_month_keeps_its_figures_and_waits_for_a_correction(scene: Scene) -> None:
    month = Period(scene.desk.today(), scene.desk.today()).month_before
    closing.close(scene.desk, month, lambda _: "sans_objet")
    assert scene.compare().months == (month,)
    scene.merge()
    with scene.desk.reading() as connection:
        (late,) = pending.late_facts(connection, month)
    assert (late.reason, late.code) == ("doublon", scene.code)
    merging.undo_merge(scene.desk, scene.first.person)
    assert scene.compare().months == (month,)


# What keeps two files apart -------------------------------------------------------------------------------------------


def test_stays_over_the_same_days_are_refused_and_named_until_one_is_changed(scene: Scene) -> None:
    both = admit(scene.desk, "1C", days=30, age=28, names=WRITTEN)
    told = merging.compare(scene.desk, scene.again.person, both.person).refused
    assert isinstance(told, StaysOverlap)
    with pytest.raises(StaysOverlap) as refused:
        merging.merge(scene.desk, scene.again.person, both.person, {}, "nuit")
    error = refused.value
    assert (error.code, error.other_code, error.until) == (scene.former, both.code, None)
    stays.void(scene.desk, both.stay)
    assert merging.merge(scene.desk, scene.again.person, both.person, {}, "nuit").code == scene.former


def test_two_who_must_not_meet_are_two_persons(scene: Scene) -> None:
    contact_risks.say(scene.desk, scene.first.person, "conflit", scene.former)
    with pytest.raises(MustNotMeet):
        scene.merge()
    (risk,) = contact_risks.of(scene.desk, scene.first.person)
    contact_risks.end(scene.desk, risk.risk.id, scene.desk.today())
    scene.merge()
    assert contact_risks.of(scene.desk, scene.first.person)[0].other == scene.former


def test_a_member_of_the_family_of_the_other_is_another_person(scene: Scene) -> None:
    child = admit(scene.desk, "4A", days=5, age=8, head=scene.again.stay)
    with pytest.raises(OfOneFamily):
        merging.merge(scene.desk, scene.again.person, child.person, {}, "nuit")


def test_nobody_is_made_one_with_a_file_whose_names_are_gone(scene: Scene) -> None:
    retention.erase_on_request(scene.desk, scene.first.person, "demande", alone(scene.desk))
    with pytest.raises(NamesGone):
        scene.merge()


def test_what_somebody_altered_is_not_lost_by_a_merge(scene: Scene) -> None:
    agree_to_recording(scene.desk, scene.again.person)
    notes.write(scene.desk, scene.again.person, wording())
    with scene.desk.database.transaction(merging.TOPICS) as connection:
        connection.execute(tables.case_notes.update().values(body=b"x" * 60))
    with pytest.raises(SealsAltered):
        scene.merge()
    assert len(residents.listed(scene.desk, "all")) == 2


def test_a_code_that_is_no_file_any_more_and_an_unknown_cause_are_refused(scene: Scene) -> None:
    with pytest.raises(NotInList):
        scene.merge(cause="")
    with pytest.raises(OneFileAlready):
        merging.merge(scene.desk, scene.first.person, scene.first.person, {}, "saisie")
    scene.merge()
    with pytest.raises(NoSuch):
        scene.merge()


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_who_may_not_read_names_and_write_files_makes_nothing_one(scene: Scene, role: Role) -> None:
    scene.desk.role = role
    for act in (scene.merge, scene.compare, lambda: merging.undo_merge(scene.desk, scene.first.person)):
        with pytest.raises(NotAllowed):
            act()


def test_a_case_worker_may(scene: Scene) -> None:
    scene.desk.role = Role.CASE_WORKER
    assert scene.merge().former == scene.former


# Consents -------------------------------------------------------------------------------------------------------------


def standing(scene: Scene) -> consents.ConsentStanding:
    found = consents.of(scene.desk, scene.first.person).standings
    return next(one for one in found if one.recipient == CLINIC)


@pytest.mark.parametrize("refusing", ["first", "again"])
def test_a_refusal_in_either_file_ends_the_consent_of_the_other(scene: Scene, refusing: str) -> None:
    one, other = scene.first, scene.again
    refused, agreed = (one, other) if refusing == "first" else (other, one)
    consents.record(scene.desk, given(agreed.person, on=days_ago(10).date()))
    key = referrals.draft(scene.desk, wish(agreed)).id
    referrals.issue(scene.desk, key, days_ago(9).date())
    consents.record(scene.desk, replace(given(refused.person, on=days_ago(20).date()), status="refuse"))
    told = [one for one in scene.compare().consents if one.recipient == CLINIC]
    assert [len(one.changed) for one in told] == [1]
    assert scene.merge().to_tell == (CLINIC,)
    assert (standing(scene).why_not, standing(scene).to_tell) == ("retire", (CLINIC,))


def test_of_two_consents_the_fewer_data_and_the_earlier_end_count(scene: Scene) -> None:
    until = scene.desk.today() + timedelta(days=30)
    wide = given(scene.first.person, on=days_ago(5).date(), scope=("code", "sexe", "age", "nom"))
    consents.record(scene.desk, wide)
    narrow = given(scene.again.person, on=days_ago(8).date(), scope=("code", "age"))
    consents.record(scene.desk, replace(narrow, valid_until=until))
    scene.merge()
    kept = standing(scene).consent
    assert kept is not None
    assert (kept.scope, kept.valid_until, standing(scene).why_not) == (("code", "age"), until, None)


def test_what_was_never_asked_takes_nothing_back(scene: Scene) -> None:
    consents.record(scene.desk, given(scene.again.person))
    scene.merge()
    assert standing(scene).why_not is None


# Imports --------------------------------------------------------------------------------------------------------------


def test_the_registers_of_before_change_nothing(scene: Scene, tmp_path: Path) -> None:
    registers.export(scene.desk, tmp_path / "before.xlsx")
    scene.merge()
    look = registers.look(scene.desk, tmp_path / "before.xlsx")
    assert look.judgement.refusals == []
    assert {name: (one.new, one.refused) for name, one in look.judgement.counts.items()} == dict.fromkeys(
        look.judgement.counts, (0, 0)
    )
    assert look.judgement.counts["personnes"].changed == 0


def test_a_line_under_the_former_code_reaches_the_one_file(scene: Scene, tmp_path: Path) -> None:
    scene.merge()
    headings = ("Date", "Code bénéficiaire", "Type de service", "Quantité")
    day = days_ago(3).strftime("%d/%m/%Y")
    register = (
        "Code bénéficiaire",
        "N° dossier",
        "Sexe",
        "Nationalité",
        "Date d'entrée",
        "Date de sortie",
        "Catégorie",
    )
    came = ((scene.former, "99/2025", "F", "Guinée", "01/02/2026", "05/02/2026", "Migrant(e) en transit au Mali"),)
    path = book(
        tmp_path / "r.xlsx",
        Services=(headings, (day, scene.former, "Repas", 2)),
        Registre=(register, *came),
    )
    look = registers.look(scene.desk, path)
    assert look.judgement.refusals == []
    registers.take_in(scene.desk, look)
    assert len(residents.listed(scene.desk, "all")) == 1
    record = residents.record(scene.desk, scene.first.person)
    assert "99/2025" in [one.stay.stay_no for one in record.stays]
    assert counts(look)["services"] == (1, 0, 0, 0)


def test_the_same_own_register_again_asks_nothing_and_turns_no_chosen_value_back(scene: Scene, tmp_path: Path) -> None:
    former = (
        1,
        "TOURÉ Fanta",
        "F",
        "25 ans",
        "Malienne",
        "03/02/2026",
        "Malienne de retour (volontaire)",
        "09/02/2026",
    )
    later = (2, "KEITA Rokia", "F", "26 ans", "Malienne", "05/03/2026", "Malienne de retour (volontaire)", None)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, former, later))
    registers.take_in(scene.desk, registers.look(scene.desk, path))
    (one,), (other,) = (residents.search(scene.desk, typed) for typed in ("fanta toure", "rokia keita"))
    merging.merge(scene.desk, one, other, {"names": "other", "birth": "other"}, "import")
    look = registers.look(scene.desk, path)
    assert look.judgement.refusals == []
    assert {name: (n.new, n.changed) for name, n in look.judgement.counts.items()} == dict.fromkeys(
        look.judgement.counts, (0, 0)
    )


# Parted again ---------------------------------------------------------------------------------------------------------


def test_a_merge_and_its_undo_leave_the_registers_as_they_were(scene: Scene, tmp_path: Path) -> None:
    consents.record(scene.desk, replace(given(scene.first.person), status="refuse"))
    consents.record(scene.desk, given(scene.again.person, on=days_ago(10).date()))
    before = registers_of(scene.desk, tmp_path / "before.xlsx")
    decided = [consents.of(scene.desk, one.person).all for one in (scene.first, scene.again)]
    called = [residents.name(scene.desk, one.person) for one in (scene.first, scene.again)]
    scene.merge({"birth": "other", "names": "other"})
    assert registers_of(scene.desk, tmp_path / "one.xlsx") != before
    merging.undo_merge(scene.desk, scene.first.person)
    assert registers_of(scene.desk, tmp_path / "after.xlsx") == before
    assert [consents.of(scene.desk, one.person).all for one in (scene.first, scene.again)] == decided
    assert [residents.name(scene.desk, one.person) for one in (scene.first, scene.again)] == called
    assert codes(scene.desk, residents.search(scene.desk, scene.former)) == [scene.former]


def test_the_undo_of_the_last_act_parts_them_as_well(scene: Scene, tmp_path: Path) -> None:
    before = registers_of(scene.desk, tmp_path / "before.xlsx")
    undo(scene.desk, scene.merge().done)
    assert registers_of(scene.desk, tmp_path / "after.xlsx") == before
    assert merging.merges_of(scene.desk, scene.first.person) == []


def test_the_undo_survives_other_keys_of_the_file(scene: Scene) -> None:
    called = [residents.name(scene.desk, one.person) for one in (scene.first, scene.again)]
    scene.merge({"names": "other"})
    with with_other_keys(scene.desk) as desk:
        merging.undo_merge(desk, scene.first.person)
        assert [residents.name(desk, one.person) for one in (scene.first, scene.again)] == called


def test_what_was_written_since_keeps_them_one(scene: Scene) -> None:
    scene.merge()
    (before,) = merging.merges_of(scene.desk, scene.first.person)
    residents.name(scene.desk, scene.first.person)  # reading touches nothing
    agree(scene.desk, scene.first.person)
    (after,) = merging.merges_of(scene.desk, scene.first.person)
    assert (before.code, before.may_undo, after.may_undo) == (scene.former, True, False)
    with pytest.raises(EditedSince):
        merging.undo_merge(scene.desk, scene.first.person)


def test_three_files_become_one_and_only_the_last_is_parted(scene: Scene) -> None:
    third = admit(scene.desk, "1C", days=65, names=WRITTEN)
    stays.leave(scene.desk, third.stay, days_ago(60), "retour_autonome", "pays_origine")
    scene.merge()
    merging.merge(scene.desk, third.person, scene.first.person, {}, "saisie")
    for code in (scene.code, scene.former, third.code):
        assert residents.search(scene.desk, code) == [third.person]
    merging.undo_merge(scene.desk, third.person)
    assert residents.search(scene.desk, scene.former) == [scene.first.person]
    with pytest.raises(NoSuch):
        merging.undo_merge(scene.desk, third.person)


def test_an_erasure_takes_the_names_under_both_codes_and_parts_nothing(scene: Scene) -> None:
    stays.leave(scene.desk, scene.again.stay, days_ago(1), "retour_autonome", "pays_origine")
    scene.merge()
    retention.erase_on_request(scene.desk, scene.first.person, "demande", alone(scene.desk))
    with scene.desk.reading() as connection:
        rows = connection.execute(tables.persons.select()).mappings().all()
        (merge,) = connection.execute(tables.merges.select()).mappings().all()
    kept = [row[one] for row in rows for one in ("last_name", "first_name", "alias", "seal", "protection_seal")]
    assert (set(kept), merge["former"], merge["digest"]) == ({None}, "", "")
    with pytest.raises(EditedSince):
        merging.undo_merge(scene.desk, scene.first.person)


# In the morning -------------------------------------------------------------------------------------------------------


def called_alike(desk: Desk) -> list[tuple[str, ...]]:
    return [one.others for one in flags.of_house(desk) if one.rule == "R-02"]


def test_who_came_at_night_and_may_be_known_is_told_in_the_morning_to_who_may_see_names(scene: Scene) -> None:
    stays.leave(scene.desk, scene.again.stay, days_ago(2), "retour_autonome", "pays_origine")
    scene.desk.role = Role.RECEPTION
    scene.desk.index = None
    night = admit(scene.desk, "1C", days=1, age=28, names=OTHERWISE)
    assert called_alike(scene.desk) == []
    scene.desk.role = Role.CASE_WORKER
    assert [set(others) for others in called_alike(scene.desk)] == [{scene.code, scene.former}]
    merging.say_apart(scene.desk, night.person, scene.first.person)
    merging.merge(scene.desk, scene.again.person, night.person, {}, "nuit")
    assert called_alike(scene.desk) == []
