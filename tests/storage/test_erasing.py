"""No column that holds sealed words is forgotten by an erasure, and no figure reads what a reduction changes."""

from pathlib import Path

from sqlalchemy import LargeBinary

from shelter_desk.storage import erasing, reports
from shelter_desk.storage.tables import metadata

# who is at the desk, what is being typed, the chain of the journal: no data of a resident at their term
APART = {
    ("drafts", "body"),
    ("journal", "hash"),
    ("settled_flags", "sealed_reason"),
    ("asset_photos", "content"),
    *(("persons", one) for one in ("last_name", "first_name", "alias", "seal", "protection_seal")),
}


def listed(*lists: dict[str, tuple[str, ...]]) -> set[tuple[str, str]]:
    return {(name, column) for one in lists for name, columns in one.items() for column in columns}


def test_every_sealed_column_goes_with_the_identity_the_words_or_the_incident() -> None:
    sealed = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    incident = {("incidents", one) for one in erasing.INCIDENT}
    gone = listed(erasing.IDENTITY, erasing.NARRATIVES) | incident | APART
    assert sealed - gone == set()


def test_every_column_listed_is_in_its_table() -> None:
    every = listed(erasing.IDENTITY, erasing.NARRATIVES, erasing.DAYS, erasing.UNCOUNTED)
    assert {(name, column) for name, column in every if column not in metadata.tables[name].c} == set()


def test_no_table_whose_days_are_reduced_is_read_for_figures() -> None:
    read = Path(str(reports.__file__)).read_text()
    assert [name for name in erasing.DAYS if f'"{name}"' in read or f"FROM {name}" in read] == []
