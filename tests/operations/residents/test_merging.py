"""Two files of one person: compared, made one, found by both codes, counted once."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shelter_desk.domain.errors import NoSuch, NotAllowed, NotInList, SealsAltered
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.merging import (
    MustNotMeet,
    NamesGone,
    OfOneFamily,
    OneFileAlready,
    StaysOverlap,
)
from shelter_desk.domain.residents.residents import Birth, Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import referral_sheets, referrals
from shelter_desk.operations.casefile import flags, notes
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, pending
from shelter_desk.operations.residents import contact_risks, global_search, merging, person_acts, residents, retention
from shelter_desk.operations.stays import stays
from shelter_desk.operations.vault import integrity_check
from shelter_desk.operations.vault import journal as journal_lines
from shelter_desk.storage import tables
from shelter_desk.storage.file import journal
from shelter_desk.storage.stock import stock
from tests.operations.case_scene import SECRET, wording
from tests.operations.referral_scene import CLINIC, agree, agree_to_recording, given, wish
from tests.operations.residents.merging_scene import (
    OTHERWISE,
    WRITTEN,
    Scene,
    codes,
    scene,
    with_other_keys,
)
from tests.operations.retention_scene import alone
from tests.operations.shelter import admit, days_ago, month_when_over

__all__ = ["scene"]


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
    assert {one.key for one in told.changed} & {"for_undo", "digest", "merged_into", "person_id"} == set()


def test_a_file_checked_afterwards_is_sound_also_with_other_keys(scene: Scene) -> None:
    agree_to_recording(scene.desk, scene.again.person)
    notes.write(scene.desk, scene.again.person, wording())
    scene.merge()
    with with_other_keys(scene.desk) as desk:
        assert integrity_check.check(desk).stays == 2


def test_what_was_lent_under_either_code_is_the_persons(scene: Scene) -> None:
    scene.merge()
    with scene.desk.reading() as connection:
        told = person_acts.told_by(connection, scene.first.stay)
        meant = stock.persons_of_codes(connection, [scene.former, scene.code.lower()])
    assert {scene.code, scene.former} < told
    assert set(meant.values()) == {scene.first.person}


def test_a_person_who_was_apart_from_one_is_apart_from_the_one_file(scene: Scene) -> None:
    sister = admit(scene.desk, "1C", age=28, names=WRITTEN)
    merging.say_apart(scene.desk, scene.again.person, sister.person)
    scene.merge()
    assert merging.likely(scene.desk, sister.person) == []


def test_who_is_said_to_be_another_person_can_still_be_made_one(scene: Scene) -> None:
    merging.say_apart(scene.desk, scene.first.person, scene.again.person)
    assert (merging.likely(scene.desk, scene.first.person), scene.compare().said_apart) == ([], True)
    assert residents.record(scene.desk, scene.first.person).thread[0].action == "not_same"
    assert scene.merge().former == scene.former


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
    stays.void(scene.desk, both.stay, "Entrée tapée deux fois.")
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
