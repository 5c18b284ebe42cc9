"""Each recipient is given codes of their own; the shelter finds the person again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import NoSuch
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.sending import pseudonyms, recipients
from tests.operations.residents import merging_scene
from tests.operations.shelter import admit, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    for name in ("OIM Mali", "Bailleur"):
        recipients.keep_recipient(opened, recipients.usual(name))
    yield opened
    opened.close()


def test_two_recipients_have_nothing_in_common_to_join_their_lists_by(desk: Desk) -> None:
    codes = [admit(desk, bed).code for bed in ("1A", "1B", "1C")]
    given = [pseudonyms.of_recipient(desk, name, codes) for name in ("OIM Mali", "Bailleur")]
    assert all(one.startswith("OIM-") for one in given[0].values())
    tails = [{one.rpartition("-")[2] for one in found.values()} for found in given]
    assert (len(tails[0]), len(tails[1]), tails[0] & tails[1]) == (3, 3, set())
    assert not [code for code in codes for one in given[0].values() if code.replace("-", "") in one]


def test_the_same_recipient_is_given_the_same_code_again_and_the_shelter_finds_the_person(desk: Desk) -> None:
    code = admit(desk, "1A").code
    (given,) = pseudonyms.of_recipient(desk, "OIM Mali", [code]).values()
    assert pseudonyms.of_recipient(desk, "oim mali", [code]) == {code: given}
    assert pseudonyms.code_of(desk, f" {given.lower()} ") == code
    assert len(residents.search(desk, given.lower())) == 1
    assert residents.search(desk, "AUTRE" + given[3:]) == []
    with pytest.raises(NoSuch):
        pseudonyms.code_of(desk, "OIM-22222222")


def test_a_code_is_replaced_wherever_it_stands_in_a_text(desk: Desk) -> None:
    code = admit(desk, "1A").code
    known = pseudonyms.of_recipient(desk, "OIM Mali", [code])
    told = f"reçu de {code.lower()}, ({code}), pas de 2X{code} ni de ABC-DEF-G"
    assert (
        pseudonyms.in_place(told, known) == f"reçu de {known[code]}, ({known[code]}), pas de 2X{code} ni de ABC-DEF-G"
    )


def test_what_was_given_before_two_files_became_one_leads_to_who_goes_on(tmp_path: Path) -> None:
    for scene in merging_scene.scene.__wrapped__(tmp_path):  # type: ignore[attr-defined]
        recipients.keep_recipient(scene.desk, recipients.usual("OIM Mali"))
        given = pseudonyms.of_recipient(scene.desk, "OIM Mali", [scene.code, scene.former])
        scene.merge()
        assert {pseudonyms.code_of(scene.desk, one) for one in given.values()} == {scene.code}
        assert len({tuple(residents.search(scene.desk, one)) for one in given.values()}) == 1


def test_somebody_who_is_not_in_the_directory_has_no_codes(desk: Desk) -> None:
    with pytest.raises(NoSuch):
        pseudonyms.of_recipient(desk, "Inconnu", [])
