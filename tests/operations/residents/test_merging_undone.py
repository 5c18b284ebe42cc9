"""Two files that became one, parted again: as they were, while nobody wrote in the one file."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import NoSuch, SealsAltered
from shelter_desk.domain.residents.merging import EditedSince, Side
from shelter_desk.domain.residents.notes import PDF
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import undo
from shelter_desk.operations.residents import age_assessments, documents, merging, residents, retention
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.vault import integrity_check
from shelter_desk.storage import tables
from shelter_desk.storage.merging import merging as stored_merging
from shelter_desk.words import formats
from shelter_desk.words import merging as merging_words
from tests.operations.case_scene import CONTENTS, paper_file
from tests.operations.referral_scene import agree, agree_to_recording, given
from tests.operations.residents.merging_scene import WRITTEN, Scene, codes, registers_of, scene, with_other_keys
from tests.operations.retention_scene import alone
from tests.operations.shelter import admit, days_ago

__all__ = ["scene"]


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


def test_a_paper_follows_and_goes_back_and_what_it_holds_is_in_no_sum(scene: Scene, tmp_path: Path) -> None:
    """A merge that was made while papers lay whole in their rows is undone still."""
    desk, (first, again) = scene.desk, (scene.first.person, scene.again.person)
    agree_to_recording(desk, again)
    documents.take_in(desk, again, paper_file(tmp_path), NewDocument("passeport", "Passeport"), scene.again.stay)
    scene.merge()
    (kept,) = documents.of(desk, first)
    assert documents.show(desk, kept.document.id) == CONTENTS[PDF]
    with desk.database.transaction(EVERYTHING) as connection:
        made = stored_merging.digest(connection, first)
        with connection.begin_nested() as gone:
            connection.execute(tables.document_contents.delete())
            assert stored_merging.digest(connection, first) == made
            gone.rollback()
    merging.undo_merge(desk, first)
    (kept,) = documents.of(desk, again)
    assert (documents.show(desk, kept.document.id), documents.of(desk, first)) == (CONTENTS[PDF], ())
    integrity_check.check(desk)


def test_what_somebody_wrote_into_what_was_kept_of_a_merge_undoes_nothing(scene: Scene) -> None:
    person = scene.first.person
    scene.merge()
    of = tables.merges
    with scene.desk.database.transaction(EVERYTHING) as connection:
        kept = connection.execute(select(of.c.for_undo, of.c.digest)).one()
        assert len(kept.for_undo) > 100
        connection.execute(of.update().values(for_undo=kept.for_undo[:-1] + bytes([kept.for_undo[-1] ^ 1])))
    with pytest.raises(SealsAltered) as caught:
        merging.undo_merge(scene.desk, person)
    assert caught.value.codes == (scene.code,)
    with scene.desk.database.transaction(EVERYTHING) as connection:
        rows = tables.situations.update().where(tables.situations.c.id == scene.first.stay)
        connection.execute(rows.values(referral_source="police"))  # written since, and the sum made to fit
        made = stored_merging.digest(connection, person)
        connection.execute(of.update().values(for_undo=kept.for_undo, digest=made))
    with pytest.raises(SealsAltered):
        merging.undo_merge(scene.desk, person)


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
        keys = connection.execute(select(tables.profiles.c.protection_seal)).scalars().all()
        (merge,) = connection.execute(tables.merges.select()).mappings().all()
    kept = [row[one] for row in rows for one in ("last_name", "first_name", "alias", "seal")]
    assert ({*kept, *keys}, merge["for_undo"], merge["digest"]) == ({None}, None, "")
    with pytest.raises(EditedSince):
        merging.undo_merge(scene.desk, scene.first.person)


def assess(scene: Scene, made: Admitted, age: int, days: int) -> None:
    on = days_ago(days).date()
    birth = Birth(precision="estimated", age_estimated=age, age_estimated_on=on)
    age_assessments.assess(scene.desk, made.person, birth, on, "entretien")


def births(scene: Scene) -> list[Birth]:
    return [residents.record(scene.desk, one.person).person.birth for one in (scene.first, scene.again)]


@pytest.mark.parametrize("side", ["kept", "other"])
def test_what_was_held_of_a_birth_before_it_was_assessed_anew_goes_with_it_and_comes_back(
    scene: Scene, side: Side
) -> None:
    assess(scene, scene.first, 31, days=80)
    assess(scene, scene.again, 24, days=20)
    before = births(scene)
    scene.merge({"birth": side})
    assert births(scene)[0] == before[0 if side == "kept" else 1]
    merging.undo_merge(scene.desk, scene.first.person)
    assert births(scene) == before


def test_of_two_files_that_say_the_same_birth_the_one_that_was_assessed_anew_says_more(scene: Scene) -> None:
    assess(scene, scene.again, 24, days=20)
    assessed = births(scene)[1]
    mine = residents.record(scene.desk, scene.first.person).person
    residents.correct(scene.desk, replace(mine, birth=replace(assessed, former=())))
    (compared,) = [one for one in scene.compare().values if one.key == "birth"]
    assert compared.proposed == "other"
    said = [merging_words.value("birth", one) for one in (compared.kept, compared.other)]
    assert said[1] == f"{said[0]} (assessed anew on {formats.day(days_ago(20))})"
    scene.merge()
    assert births(scene)[0] == assessed
