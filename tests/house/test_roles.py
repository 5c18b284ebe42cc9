"""What each role opens, as `docs/field/roles.md` has it: schema, keys, permissions and journal follow that table."""

import pytest
from sqlalchemy import LargeBinary

from shelter_desk.domain.residents.residents import FOR_A_REASON, NAMES
from shelter_desk.domain.residents.timeline import TOPICS
from shelter_desk.domain.rights import KEYS_HELD, PERMISSIONS, KeyName, Permission, Role
from shelter_desk.operations.residents.global_search import _PLACES
from shelter_desk.operations.vault.journal import SEEN_WITH, UNSAID
from shelter_desk.storage.file.case.case_lines import READINGS
from shelter_desk.storage.file.journal import SEALED
from shelter_desk.storage.residents.search import KINDS as NUMBERED
from shelter_desk.storage.retention import erasing
from shelter_desk.storage.tables import case_tables, metadata
from shelter_desk.words import journal_actions
from tests.operations.test_rights import GUARDED
from tests.role_table import ABOUT, ALL, KINDS, MARK, NONE, PERMITTED, WITHOUT_LINES, Kind, kinds_of_columns

EVERY = "every kind"  # of a permission that reads or writes whatever there is
OPENED_WITH = {
    "database": {KeyName.DATABASE},
    "identity": {KeyName.IDENTITY},
    "night": {KeyName.NIGHT},
    "protection": {KeyName.PROTECTION},
    "box": {KeyName.PROTECTION},
    "case": {KeyName.PROTECTION},
    "author": {KeyName.IDENTITY, KeyName.PROTECTION},  # either opens drafts of others
}
OPEN_CONTENT = {
    ("asset_photos", "content"),
    ("journal", "hash"),
    ("journal_signatures", "signer"),
    ("journal_signatures", "signature"),
    ("journal_signers", "public"),
    ("journal_signers", "signature"),
    ("report_versions", "partner"),
}  # bytes that nothing seals
OF_CASE_FILE = {("case_drafts", "body"), ("case_rows", "place"), ("case_rows", "sealed"), ("case_version", "version")}
CLAIMED = kinds_of_columns()
OF = {column: kinds[0] for column, kinds in CLAIMED.items() if kinds}


def holds(role: Role, kind: Kind) -> bool:
    return all(OPENED_WITH[key] & KEYS_HELD[role] for key in kind.keys)


def test_every_column_of_the_schema_belongs_to_one_kind() -> None:
    every = {(table.name, column.name) for table in metadata.sorted_tables for column in table.columns}
    assert set(CLAIMED) == every
    assert {column: [one.name for one in kinds] for column, kinds in CLAIMED.items() if len(kinds) != 1} == {}


def test_a_kind_has_columns_and_a_name_of_its_own() -> None:
    assert {one.name for one in KINDS} - {one.name for one in OF.values()} == set()
    assert len({one.name for one in KINDS}) == len(KINDS)


def expected_keys() -> dict[tuple[str, str], str]:
    """What the program seals each column of bytes with, by the lists that sealing and erasing follow."""
    found = {(table, one): "identity" for table, columns in erasing.IDENTITY.items() for one in columns}
    found |= {(table, one): "protection" for table, columns in erasing.NARRATIVES.items() for one in columns}
    found |= {("persons", one): "identity" for one in (*NAMES, "seal")}
    found |= {("incidents", one): "box" for one in erasing.INCIDENT}
    more = {
        ("profiles", "protection_seal"): "protection",
        ("settled_flags", "sealed_reason"): "protection, box",
        ("merges", "for_undo"): "protection",
        ("drafts", "body"): "author",
        ("report_versions", "sealed"): "protection",
        ("sendings", "sealed"): "protection",
        ("sendings", "copy"): "box",
        ("report_comments", "text"): "protection",
        ("report_passages", "content"): "protection",
        ("handover_lines", "words"): "night",
        ("handover_lines", "seal"): "night",
        ("tonight_names", "names"): "night",
        ("tonight_rows", "sealed"): "night",
    }
    return {column: key for column, key in (found | more).items() if column in SEALED}


def test_the_key_of_a_column_is_the_one_that_seals_it_and_what_nothing_seals_lies_under_that_of_the_database() -> None:
    sealed = expected_keys()
    assert SEALED - set(sealed) == OPEN_CONTENT | OF_CASE_FILE | {("case_inbox", "sealed")}
    told = {column: ", ".join(kind.keys) for column, kind in OF.items()}
    case = {one.name for one in case_tables()} | {"case_rows", "case_version"}
    sealed["case_inbox", "sealed"] = "box"
    assert told == {column: sealed.get(column, "case" if column[0] in case else "database") for column in OF}


@pytest.mark.parametrize("role", list(Role))
def test_a_cell_is_marked_where_the_keys_of_the_role_open_more_than_the_program_shows(role: Role) -> None:
    wrong = {kind.name: kind.cells[role] for kind in KINDS if kind.opened(role) != holds(role, kind)}
    assert wrong == {}
    twice = [kind.name for kind in KINDS if kind.shown(role) == ALL and MARK in kind.cells[role]]
    assert twice == []


@pytest.mark.parametrize("role", list(Role))
def test_a_cell_says_what_the_permissions_of_the_role_let_it_read(role: Role) -> None:
    found = {}
    for kind in KINDS:
        parts = [way.part for way in kind.ways if way.is_open_to(role)]
        found[kind.name] = NONE if not parts else ALL if "" in parts else parts[0]
    assert found == {kind.name: kind.shown(role) for kind in KINDS}


def test_every_permission_stands_in_the_table_as_the_roles_hold_it() -> None:
    said = {
        permission: {role for role, cell in cells.items() if cell == ALL} for permission, cells in PERMITTED.items()
    }
    assert said == {one: {role for role in Role if one in PERMISSIONS[role]} for one in Permission}
    assert {cell for cells in PERMITTED.values() for cell in cells.values()} == {ALL, NONE}


def test_a_permission_names_kinds_and_a_kind_is_named_by_what_it_is_read_with() -> None:
    names = {one.name for one in KINDS}
    told = {(one, kind) for one, kinds in ABOUT.items() for kind in kinds if not kind.startswith(EVERY)}
    assert {(one, kind) for one, kind in told if kind not in names} == set()
    assert all(ABOUT.values())
    shown = [(way, kind) for kind in KINDS for way in kind.ways if way.part in ("", "tonight")]
    unnamed = [(kind.name, one) for way, kind in shown for one in way.needs if (one, kind.name) not in told]
    apart = {Permission.SEE_COUNTS, Permission.CARE_NOTES_SEE}
    assert [one for one in unnamed if one[1] not in apart] == []


def test_every_operation_asks_for_a_permission_that_stands_in_the_table() -> None:
    asked = {operation.permission for operation in GUARDED.values()}
    assert asked - set(ABOUT) == set()
    assert set(Permission) - asked == {
        Permission.CARE_NOTES_SEE,  # asked for inside the reading of notes
        Permission.CARE_NOTES_EDIT,
        Permission.INCIDENT_SEE_ALL,  # the same, of incidents
    }


def shown_whole(role: Role, table: str) -> bool:
    """Whether the role reads every open column of the table that a line of the journal tells, there or on a page."""
    told = [one.name for one in metadata.tables[table].columns if one.name not in UNSAID | {"id"}]
    open_ones = [OF[table, one] for one in told if (table, one) not in SEALED]
    parts = {kind.shown(role) for kind in open_ones} - {"in the journal"}
    if Permission.JOURNAL_SEE not in PERMISSIONS[role]:
        parts -= {"own", "own lines"}  # the lines that it reads are its own
    return parts <= {ALL}


def test_the_journal_tells_a_role_the_rows_of_the_kinds_that_it_reads_and_no_others() -> None:
    assert set(SEEN_WITH) == {table.name for table in metadata.sorted_tables} - WITHOUT_LINES
    readers = [one for one in Role if PERMISSIONS[one] & {Permission.JOURNAL_SEE, Permission.JOURNAL_SEE_OWN}]
    told = {(table, role) for table in SEEN_WITH for role in readers if SEEN_WITH[table] in PERMISSIONS[role]}
    assert told == {(table, role) for table in SEEN_WITH for role in readers if shown_whole(role, table)}


def test_what_is_opened_for_a_reason_is_sealed_and_named_so() -> None:
    assert {OF[column].name for column in FOR_A_REASON} == {"words opened for a reason", "who received a person"}
    apart = {column for column, kind in OF.items() if kind.name in {OF[one].name for one in FOR_A_REASON}}
    assert apart == FOR_A_REASON


def test_a_number_that_is_searched_is_found_by_who_reads_its_kind() -> None:
    for kind, (needed, _) in _PLACES.items():
        sealed = {"phone": ("contacts", "phone", "id")}.get(kind, ("persons", kind, "id"))  # opened to be compared
        table, column, _ = NUMBERED.get(kind, sealed)
        ways = {one for way in OF[table, column].ways for one in way.needs}
        assert needed in ways | ({Permission.SEE_BEDS} if table in ("beds", "rooms") else set()), kind


def test_a_topic_of_the_thread_is_seen_with_what_a_kind_is_read_with() -> None:
    assert set(TOPICS.values()) <= {one for kind in KINDS for way in kind.ways for one in way.needs}


def test_only_columns_of_bytes_are_sealed() -> None:
    sealed = {column for column, kind in OF.items() if kind.keys not in (("database",), ("case",))}
    assert {one for one in sealed if not isinstance(metadata.tables[one[0]].c[one[1]].type, LargeBinary)} == set()


def test_a_reading_of_the_case_file_is_sealed_by_its_name_alone() -> None:
    readings = {one for one in journal_actions.actions() if one.endswith(("_read", "_shown"))}
    assert readings - READINGS == {"name_read"}
    assert set(journal_actions.actions()) >= READINGS
