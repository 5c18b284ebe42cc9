"""No column that holds sealed words is forgotten by an erasure, and no figure reads what a reduction changes."""

from pathlib import Path

from sqlalchemy import LargeBinary

from shelter_desk.domain import reports as domain
from shelter_desk.domain.residents.residents import NAMES
from shelter_desk.storage.reports import reports
from shelter_desk.storage.retention import erasing
from shelter_desk.storage.tables import metadata

# who is at the desk, what is being typed, the chain of the journal: no data of a resident at their term
APART = {
    ("drafts", "body"),
    ("case_drafts", "body"),
    ("journal", "hash"),
    ("settled_flags", "sealed_reason"),
    ("merges", "for_undo"),
    ("asset_photos", "content"),
    # figures of past months stay when a name goes
    ("report_versions", "sealed"),
    ("report_versions", "partner"),
    ("sendings", "sealed"),
    ("sendings", "copy"),
    ("journal_signatures", "signer"),
    ("journal_signatures", "signature"),
    ("journal_signers", "public"),
    ("journal_signers", "signature"),
    ("tonight_names", "names"),  # goes with the exit
    ("tonight_rows", "sealed"),
    # the rows of the case file, whose own columns are judged
    ("case_rows", "place"),
    ("case_rows", "sealed"),
    ("case_version", "version"),
    ("case_inbox", "sealed"),  # taken in before anybody is erased
    ("report_comments", "text"),
    ("report_passages", "content"),
    *(("persons", one) for one in (*NAMES, "seal")),
    ("profiles", "protection_seal"),
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
    shifts = {("handover_lines", one) for one in erasing.HANDOVER}
    gone = listed(erasing.IDENTITY, erasing.NARRATIVES) | incident | shifts | APART
    assert sealed - gone == set()


def test_every_column_listed_is_in_its_table() -> None:
    every = listed(erasing.IDENTITY, erasing.NARRATIVES, erasing.DAYS, erasing.UNCOUNTED)
    assert {(name, column) for name, column in every if column not in metadata.tables[name].c} == set()


def test_no_column_that_figures_read_is_reduced_or_emptied() -> None:
    """Of the tables that figures are read from; what is called as a column of stays or referrals is left to the
    recount of twelve months.
    """
    storage = Path(str(reports.__file__)).read_text(encoding="utf-8")
    figures = "".join(path.read_text(encoding="utf-8") for path in Path(str(domain.__file__)).parent.glob("*.py"))
    touched = listed(erasing.DAYS, erasing.UNCOUNTED, erasing.IDENTITY)
    read = {(name, column) for name, column in touched if f'"{name}"' in storage or f" {name} " in storage}
    assert {("exits", "case_closed_on"), ("best_interests", "validated_on")} <= read  # the tables are found
    named = {(name, one) for name, one in read if f".{one}" in figures or f".{one}" in storage}
    # the partner that figures name is that of a referral
    assert {one for one in named if one[1] not in ("recorded_at", "follow_up_on", "partner")} == set()
