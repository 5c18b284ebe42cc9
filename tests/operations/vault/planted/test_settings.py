"""Settings that somebody wrote past the program: told, and none renames what the program counts."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import assessments
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.vault import recovery_sheet
from shelter_desk.storage.file import journal
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.keys.recovery import PROVEN
from tests.operations.shelter import small_shelter
from tests.operations.vault.planted.scene import wrong

KINDS, YEAR = "local_service_types", 2026
FACTORS = f"structural_factors_{YEAR}"
DEEP = "[" * 100_000
KIND = {"code": "x_san_a", "label_fr": "A", "label_en": "A", "parent": "san", "unit": "u", "is_local": True}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def put(desk: Desk, key: str, value: str) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(
            text("INSERT INTO settings VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value"),
            {"key": key, "value": value},
        )


@pytest.mark.parametrize(
    "value",
    [
        DEEP,
        "7",
        '{"a": 1}',
        "[7]",
        json.dumps([{**KIND, "code": "san_consult"}]),
        json.dumps([{**KIND, "code": "x_jur_a"}]),
        json.dumps([{**KIND, "label_fr": None}]),
        json.dumps([{**KIND, "code": 5, "parent": 7}]),
        json.dumps([{**KIND, "is_local": False}]),
        json.dumps([{**KIND, "active": "no"}]),
        json.dumps([KIND, KIND]),
    ],
)
def test_no_kind_that_was_not_added_here_takes_the_place_of_one(desk: Desk, value: str) -> None:
    put(desk, KINDS, value)
    for look in (service_catalogue.kinds, service_catalogue.all_kinds):
        with pytest.raises(Damaged) as refused:
            look(desk)
        assert refused.value.path == f"settings.value.{KINDS}"
    assert wrong(desk) == 1


def test_kinds_that_were_added_here_are_told_by_their_lines(desk: Desk) -> None:
    made = service_catalogue.add_kind(desk, "san", "Dentiste", "séance")
    service_catalogue.retire_kind(desk, service_catalogue.add_kind(desk, "jur", "Tribunal", "séance").code)
    assert wrong(desk) == 0
    with desk.reading() as connection:
        kept = connection.execute(text("SELECT value FROM settings WHERE key = :key"), {"key": KINDS}).scalar_one()
    for value in (kept.replace("Dentiste", "Refusée"), "[]", kept.replace('"active": false', '"active": true')):
        put(desk, KINDS, value)
        assert wrong(desk) == 1
    put(desk, KINDS, kept)
    assert (wrong(desk), service_catalogue.all_kinds(desk)[made.code].label_fr) == (0, "Dentiste")


def test_kinds_of_an_older_program_are_told_as_far_as_their_lines_go(desk: Desk) -> None:
    told = (
        {"after": {"name": "A", "unit": "u", "code": "x_san_a"}},
        {"after": {"name": "B", "unit": "u", "code": "x_san_b"}},
        {"before": {"code": "x_san_b"}},
    )
    with desk.database.transaction(EVERYTHING) as connection:
        for one in told:
            journal.add(connection, desk.now(), desk.user, "service_kinds", details=one)
    kinds = [{**KIND, "active": True}, {**KIND, "code": "x_san_b", "label_fr": "B", "active": False}]
    put(desk, KINDS, json.dumps(kinds))
    assert wrong(desk) == 0
    for changed in ([kinds[0]], [kinds[0], {**kinds[1], "active": True}], [{**kinds[0], "label_fr": "C"}, kinds[1]]):
        put(desk, KINDS, json.dumps(changed))
        assert wrong(desk) == 1


@pytest.mark.parametrize("value", [DEEP, "[[", "7", '{"x": "oui"}', '["risque"]'])
def test_factors_of_the_country_that_are_none_are_refused_by_name(desk: Desk, value: str) -> None:
    put(desk, FACTORS, value)
    with pytest.raises(Damaged) as refused:
        assessments.structural(desk, YEAR)
    assert refused.value.path == f"settings.value.{FACTORS}"
    assert wrong(desk) == 1


def test_factors_of_the_country_are_told_by_their_line(desk: Desk) -> None:
    key = "str_conflit"
    assessments.keep_structural(desk, YEAR, {key: "risque"})
    assert wrong(desk) == 0
    put(desk, FACTORS, json.dumps({key: "protection"}))
    assert wrong(desk) == 1


@pytest.mark.parametrize("key", ["shelter_name", "town", "sigle", "eas_channel", "capacity_from"])
def test_what_the_shelter_is_called_is_told_from_its_first_line(desk: Desk, key: str) -> None:
    assert wrong(desk) == 0
    put(desk, key, "Autre maison")
    assert wrong(desk) == 1


def test_columns_that_are_none_are_chosen_anew(desk: Desk) -> None:
    for value in (DEEP, "7", "[7]"):
        put(desk, f"sheet_columns_{desk.user}", value)
        assert assistance.columns(desk) is None


def test_secrets_of_imports_that_were_replaced_are_told(desk: Desk) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        import_lines.digests_to_keep(connection, desk.key_of_names())
        import_lines.keep_salt(connection, desk.key_of_names(), "0f" * 16)
    assert wrong(desk) == 0
    put(desk, "import_secret", "zz")
    put(desk, "import_numbers", "zz")
    assert wrong(desk) == 2


def test_that_the_recovery_sheet_was_typed_back_a_line_tells(desk: Desk) -> None:
    assert wrong(desk) == 0
    put(desk, PROVEN, "no")
    assert wrong(desk) == 1
    recovery_sheet.prove(desk)
    assert wrong(desk) == 0
