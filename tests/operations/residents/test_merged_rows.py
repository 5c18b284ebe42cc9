"""Every row that names a person follows when two files become one, opens with the keys of the one who goes on, and
goes back.
"""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import LargeBinary, select

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.merging import OneFileAlready
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import merging
from shelter_desk.operations.training import training
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.merging import merging as stored
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.retention import erasing
from shelter_desk.storage.tables import metadata
from tests.operations.shelter import QUICK

Row = dict[str, Any]
NAMING = ("person_id", "other_id", "merged_into", "person_code")


def naming() -> set[tuple[str, str]]:
    """Every column that names a person, by its name or by what it refers to."""
    return {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in NAMING or any(key.column.table.name == "persons" for key in column.foreign_keys)
    } - {("persons", "person_code")}


def test_every_column_that_names_a_person_has_its_rule() -> None:
    assert set(stored.FOLLOWS) == naming()


def test_every_table_with_sealed_words_of_a_person_is_reached() -> None:
    moved = {key: (1,) for key, rule in stored.FOLLOWS.items() if rule == "moves"}
    sealed = {
        name
        for lists in (erasing.IDENTITY, stored._WORDS)
        for name, columns in lists.items()
        if any(isinstance(metadata.tables[name].c[one].type, LargeBinary) for one in columns)
    }
    assert {name for name in sealed if stored._hanging(metadata.tables[name], moved) is None} == set()


@pytest.fixture(scope="module")
def shelter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = training.make(tmp_path_factory.mktemp("merged") / "exercice", "gao", 6, 7, cost=QUICK)
    with made.desk as desk:
        yield desk


def named_by(desk: Desk, person: PersonId) -> dict[tuple[str, str], int]:
    """How many rows of each column name that person."""
    found = {}
    with desk.reading() as connection:
        for (name, column), rule in stored.FOLLOWS.items():
            if rule == "moves":
                of = metadata.tables[name].c
                keys = connection.execute(select(of.id).where(of[column] == person)).all()
                found[name, column] = len(keys)
    return {key: n for key, n in found.items() if n}


PAPERS = ("documents", "person_id")


def pair(desk: Desk) -> tuple[PersonId, PersonId]:
    """Two persons who may be one; of the second the most hangs on, papers among it."""
    with desk.reading() as connection:
        known = stored_residents.persons(connection)
    named = {key: named_by(desk, key) for key in known}
    most = sorted(known, key=lambda key: (PAPERS not in named[key], -sum(named[key].values())))[:12]
    for other, kept in permutations(most, 2):
        if known[kept].sex == known[other].sex:
            compared = merging.compare(desk, kept, other)
            if compared.refused is None and not compared.asks_reason:
                return kept, other
    raise AssertionError("nobody to merge")


def sealers(desk: Desk, person: PersonId) -> dict[str, Sealer | None]:
    with desk.reading() as connection:
        seal = stored_residents.seal_of(connection, person)
        names = None if seal is None else desk.key_of_names().of_row("persons", person, seal)
        words = stored_residents.opener_of(connection, desk.key_of_protection(Permission.CASE_SEE), person)
    return {"names": names, "words": words}


def told(desk: Desk, moved: stored.Moved, keys: dict[str, Sealer | None]) -> dict[tuple[str, int, str], str]:
    """What is sealed in the rows that hang on what moved, opened with these keys."""
    found: dict[tuple[str, int, str], str] = {}
    with desk.reading() as connection:
        for kind, lists in (("names", erasing.IDENTITY), ("words", stored._WORDS)):
            for name, columns in lists.items():
                table = metadata.tables[name]
                which = stored._hanging(table, moved)
                rows = [] if which is None else connection.execute(select(table).where(which)).mappings().all()
                for row in rows:
                    for column in columns:
                        own, value = keys[kind], row[column]
                        if own is not None and value and isinstance(value, bytes):
                            opened = own.unseal_bytes(name, column, row["id"], value, Reason("suivi"))
                            found[name, row["id"], column] = opened.hex()
    return found


def everything(desk: Desk) -> dict[str, list[Row]]:
    """Every row of every table, what is sealed and what the journal keeps left out."""
    with desk.reading() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(
                    select(*(one for one in table.c if not isinstance(one.type, LargeBinary)))
                ).mappings()
                if row.get("key") != "present_stays"  # sealed as text
            ]
            for table in metadata.sorted_tables
            if table.name
            not in ("journal", "journal_signatures", "merges", "case_rows", "case_version", "case_numbers")
        }


def test_all_rows_of_a_full_file_follow_and_go_back(shelter: Desk) -> None:
    kept, other = pair(shelter)
    before, mine, theirs = everything(shelter), named_by(shelter, kept), named_by(shelter, other)
    with shelter.reading() as connection:
        moved = stored.named_rows(connection, other, kept)
    words = told(shelter, moved, sealers(shelter, other))
    assert {name for name, _, _ in words} >= {"case_notes", "document_contents", "documents", "interviews", "plans"}
    merging.merge(shelter, kept, other, {}, "saisie")
    now = named_by(shelter, kept)
    assert {key: n - mine.get(key, 0) for key, n in now.items() if n > mine.get(key, 0)} == {
        **theirs,
        ("persons", "merged_into"): 1,
    }
    assert named_by(shelter, other) == {}
    assert told(shelter, moved, sealers(shelter, kept)) == words
    merging.undo_merge(shelter, kept)
    assert everything(shelter) == before
    assert told(shelter, moved, sealers(shelter, other)) == words


def test_the_undo_of_the_last_act_parts_a_full_file_as_well(shelter: Desk) -> None:
    kept, other = pair(shelter)
    before = everything(shelter)
    with shelter.reading() as connection:
        moved = stored.named_rows(connection, other, kept)
    words = told(shelter, moved, sealers(shelter, other))
    undo(shelter, merging.merge(shelter, kept, other, {}, "saisie").done)
    assert everything(shelter) == before
    assert told(shelter, moved, sealers(shelter, other)) == words


def test_a_refused_merge_writes_nothing(shelter: Desk) -> None:
    kept, other = pair(shelter)
    before = everything(shelter)
    with pytest.raises(RuleBroken):
        merging.merge(shelter, kept, other, {}, "nothing")
    with pytest.raises(OneFileAlready):
        merging.merge(shelter, kept, kept, {}, "saisie")
    assert everything(shelter) == before
