"""The journal read: filtered, seen by those who may, verified as one chain, exported without a name."""

import ast
import base64
import importlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

import shelter_desk
from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged, NotAllowed
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.beds import beds
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contact_risks, documents, residents
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Wanted
from shelter_desk.storage.file import journal as stored_journal
from shelter_desk.storage.file import journal_search
from shelter_desk.storage.file.trail import is_told
from shelter_desk.storage.retention import altered_rows
from shelter_desk.storage.tables import metadata
from shelter_desk.system import folders
from shelter_desk.words import journal as journal_words
from shelter_desk.words import journal_actions
from tests.operations.case_scene import paper_file
from tests.operations.referral_scene import agree_to_recording
from tests.operations.retention_scene import last_line
from tests.operations.shelter import PASSWORD, ROOMS, admit, open_small_shelter
from tests.role_table import WITHOUT_LINES

TENIN = Names("Coulibaly", "Tenin", "Ma")
PROGRAM = Path(shelter_desk.__file__).parent


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / name)
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def actions(desk: Desk, wanted: Wanted) -> list[str]:
    return [line.action for line in journal.lines(desk, journal.numbers(desk, wanted))]


def somebody_else(desk: Desk, role: Role = Role.AUDITOR) -> None:
    """Another person sits down."""
    desk.user = user_accounts.add(desk, "Agent B", role, PASSWORD)
    desk.role, desk.sealer = role, None


def test_the_last_line_stands_first(desk: Desk) -> None:
    made = admit(desk, "1A", names=TENIN)
    residents.name(desk, made.person)
    assert actions(desk, Wanted())[:2] == ["name_read", "admit"]
    assert actions(desk, Wanted())[-1] == "create"


def test_lines_are_found_by_action(desk: Desk) -> None:
    admit(desk, "1A")
    assert actions(desk, Wanted(actions=("admit", "create"))) == ["admit", "create"]


def test_lines_are_found_by_a_part_of_the_code_in_any_case(desk: Desk) -> None:
    one, _other = admit(desk, "1A"), admit(desk, "1B")
    found = journal.numbers(desk, Wanted(code=one.code[:-1].lower()))
    assert [line.subject for line in journal.lines(desk, found)] == [one.code]


def test_lines_are_found_by_day_both_days_included(desk: Desk) -> None:
    today, all_of_them = desk.today(), len(journal.numbers(desk, Wanted()))
    yesterday = today - timedelta(days=1)
    counts = [len(journal.numbers(desk, Wanted(*days))) for days in ((today, today), (None, yesterday), (today, None))]
    assert counts == [all_of_them, 0, all_of_them]


def test_lines_are_found_by_person_at_the_desk(desk: Desk) -> None:
    before = len(journal.numbers(desk, Wanted(user=desk.user)))
    somebody_else(desk)
    assert len(journal.numbers(desk, Wanted(user=UserId(1)))) == before + 1
    assert journal.numbers(desk, Wanted(user=desk.user)) == []


def test_an_auditor_reads_every_line_and_no_name(desk: Desk) -> None:
    admit(desk, "1A", names=TENIN)
    seen = len(journal.numbers(desk, Wanted()))
    somebody_else(desk)
    assert len(journal.lines(desk, journal.numbers(desk, Wanted()))) == seen + 1


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.STOREKEEPER])
def test_others_read_their_own_lines_only(desk: Desk, role: Role) -> None:
    everything = journal.numbers(desk, Wanted())
    somebody_else(desk, role)
    user_accounts.undertake(desk)
    own = journal.own_numbers(desk, Wanted(user=UserId(1)))
    assert [line.action for line in journal.lines(desk, [*own, *everything])] == ["undertake"]
    with pytest.raises(NotAllowed):
        journal.numbers(desk, Wanted())


def test_at_the_reception_nobody_reads_the_journal(desk: Desk) -> None:
    somebody_else(desk, Role.RECEPTION)
    with pytest.raises(NotAllowed):
        journal.own_numbers(desk, Wanted())


def test_a_name_that_changed_is_told_as_sealed_and_never_given(desk: Desk) -> None:
    admit(desk, "1A", names=TENIN)
    seq = journal.numbers(desk, Wanted(actions=("admit",)))[0]
    changed = journal.detail(desk, seq).changed
    sealed = [one for one in changed if one.is_sealed]
    assert {one.key for one in sealed} == {"last_name", "first_name", "alias"}
    assert {(one.before, one.after) for one in sealed} == {(None, None)}
    assert {"id", "seal"} & {one.key for one in changed} == set()


@pytest.mark.parametrize(
    ("table", "column", "told"),
    [("persons", "seal", 2), ("profiles", "protection_seal", 2), ("document_contents", "content", 0)],
)
def test_a_key_of_a_person_or_a_paper_is_in_no_line_even_sealed(
    desk: Desk, tmp_path: Path, table: str, column: str, told: int
) -> None:
    person = admit(desk, "1A", names=TENIN).person
    agree_to_recording(desk, person)
    documents.take_in(desk, person, paper_file(tmp_path), NewDocument("acte_naissance", "Acte"))
    with desk.writing("test", Changes()) as writing:
        key, kept = writing.connection.execute(text(f"SELECT id, {column} FROM {table}")).one()
        for value in (None, kept):
            writing.trail.change(table, key, {column: value})
    line = last_line(desk)
    assert (line.action, len(line.known.get("rows", ())), len(kept) > 40) == ("test", told, True)
    assert (column in line.details, base64.b64encode(kept).decode() in line.details) == (False, False)


def test_plain_fields_are_told_before_and_after(desk: Desk) -> None:
    kept = settings.read(desk)
    settings.write(desk, settings.Settings(kept.shelter_name, "Kayes", transit_days=20))
    seq = journal.numbers(desk, Wanted())[0]
    told = {one.key: (one.before, one.after) for one in journal.detail(desk, seq).changed}
    assert (told["town"], told["transit_days"]) == (("Bamako", "Kayes"), ("15", "20"))


def test_a_bed_is_told_by_its_code(desk: Desk) -> None:
    admit(desk, "1C")
    seq = journal.numbers(desk, Wanted(actions=("admit",)))[0]
    assert [one.after for one in journal.detail(desk, seq).changed if one.key == "bed_id"] == ["1C"]


def test_the_detail_of_a_line_of_somebody_else_is_empty(desk: Desk) -> None:
    seq = journal.numbers(desk, Wanted())[0]
    somebody_else(desk, Role.STOREKEEPER)
    assert journal.detail(desk, seq) == journal.Detail((), ())


def test_each_table_says_with_what_its_facts_are_seen() -> None:
    assert set(journal.SEEN_WITH) == set(metadata.tables) - WITHOUT_LINES


def test_an_auditor_reads_what_was_done_and_no_fact_of_a_person(desk: Desk) -> None:
    person = admit(desk, "1A", names=TENIN).person
    contact_risks.say(desk, person, "recruteur")
    somebody_else(desk, Role.AUDITOR)
    seqs = journal.numbers(desk, Wanted(actions=("admit", "contact_risk")))
    told = [one for seq in seqs for one in journal.detail(desk, seq).changed]
    assert (len(seqs), told) == (2, [])


def test_an_auditor_reads_no_code_of_a_person_and_finds_none(desk: Desk) -> None:
    one = admit(desk, "1A")
    beds.keep_room(desk, replace(ROOMS[0], code="NEUF"))
    everything = journal.numbers(desk, Wanted())
    somebody_else(desk, Role.AUDITOR)
    assert [line.subject for line in journal.lines(desk, everything) if line.action == "admit"] == [""]
    assert journal.numbers(desk, Wanted(code=one.code)) == []
    assert set(everything) < set(journal.numbers(desk, Wanted()))
    assert len(journal.numbers(desk, Wanted(code="NEUF"))) == 1


def test_filters_offer_what_is_there(desk: Desk) -> None:
    admit(desk, "1A")
    offered = journal.filters(desk)
    assert (offered.people, "admit" in offered.actions, "erase" in offered.actions) == (
        {UserId(1): "Agent A"},
        True,
        False,
    )


def test_the_whole_chain_is_followed(desk: Desk) -> None:
    assert journal.verify(desk).lines == len(journal.numbers(desk, Wanted()))


def test_a_line_altered_from_outside_breaks_the_chain(desk: Desk) -> None:
    with desk.database.transaction(Changes()) as connection:
        connection.execute(text("DROP TRIGGER journal_keeps_update"))
        connection.execute(text("UPDATE journal SET action = 'admit' WHERE seq = 2"))
    with pytest.raises(Damaged) as raised:
        journal.verify(desk)
    assert raised.value.part == "journal"


def test_the_export_holds_codes_and_no_name_and_is_a_line_itself(desk: Desk, tmp_path: Path) -> None:
    made = admit(desk, "1A", names=TENIN)
    residents.name(desk, made.person)
    out = tmp_path / "journal.xlsx"
    seqs = journal.numbers(desk, Wanted())
    journal.export(desk, seqs, out, " contrôle du bailleur ", journal_actions.action)
    sheet = openpyxl.load_workbook(out).active
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert (len(rows), rows[0][2:]) == (len(seqs), ["Agent A", "Name shown", made.code])
    assert not [cell for row in rows for cell in row if "Coulibaly" in cell or "Tenin" in cell]
    last = journal.lines(desk, journal.numbers(desk, Wanted()))[0]
    assert last.action == "journal_exported"
    assert dict(journal.detail(desk, last.seq).facts) == {"lines": len(seqs), "purpose": "contrôle du bailleur"}


def test_what_a_line_tells_is_read_of_the_one_that_is_looked_at(desk: Desk) -> None:
    """Of an import of years it is megabytes, and the list shows none of it."""
    admit(desk, "1A")
    with desk.reading() as connection:
        seq = stored_journal.last(connection).seq
    (line,) = journal.lines(desk, [seq])
    assert (line.action, line.details, len(journal.detail(desk, seq).changed) > 3) == ("admit", "", True)


def test_only_those_who_see_the_journal_export_it(desk: Desk, tmp_path: Path) -> None:
    somebody_else(desk, Role.CASE_WORKER)
    with pytest.raises(NotAllowed):
        journal.export(desk, [], tmp_path / "journal.xlsx", "x", journal_actions.action)


# who writes a line: the method, whose it is ("" for anybody's), and the place of the action among what it is given
WRITERS = (
    *(("writing", "", 0), ("note", "desk", 0), ("add", "journal", 3)),
    *(("write", "departures", 1), ("recorded", "departures", 1), ("write_sending", "reports", 1)),
)


def given_to(call: ast.Call) -> ast.expr | None:
    """The action that this call writes a line with, None for any other call."""
    if not isinstance(call.func, ast.Attribute):
        return None
    whose = call.func.value.id if isinstance(call.func.value, ast.Name) else ""
    for method, owner, place in WRITERS:
        if call.func.attr == method and owner in ("", whose) and len(call.args) > place:
            return call.args[place]
    return None


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def handed_on(tree: ast.Module, function: ast.FunctionDef, parameter: str) -> Iterator[ast.expr]:
    """What the calls of that function in its module give for that parameter."""
    place = [one.arg for one in function.args.args].index(parameter)
    for call in calls(tree):
        is_same = isinstance(call.func, ast.Name) and call.func.id == function.name
        if is_same and not isinstance(call.args[place], ast.Name):  # one that hands on its own is found by its callers
            yield call.args[place]


def actions_of(path: Path) -> Iterator[object]:
    """What one module writes lines with: literals, its constants, or what a function of it was handed."""
    name = ".".join(path.relative_to(PROGRAM.parent).with_suffix("").parts)
    tree, constants = ast.parse(path.read_text(encoding="utf-8")), vars(importlib.import_module(name))
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        if [one.arg for one in function.args.args][:1] == ["self"]:
            continue  # the writers themselves
        for given in (found for call in calls(function) if (found := given_to(call)) is not None):
            if isinstance(given, ast.Subscript) and isinstance(given.value, ast.Name):
                yield from constants[given.value.id].values()
            elif not isinstance(given, ast.Name):
                yield ast.literal_eval(given)
            elif given.id in constants:
                yield constants[given.id]
            else:
                yield from (ast.literal_eval(one) for one in handed_on(tree, function, given.id))


def test_every_action_has_a_sentence() -> None:
    found = {one for path in sorted((PROGRAM / "operations").rglob("[a-z]*.py")) for one in actions_of(path)}
    assert len(found) > 60
    assert found - set(journal_actions.actions()) == set()


# written without a line, or told in another way
NOT_TOLD = altered_rows._UNTOLD | {"settings", "import_lines", "merges"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_column_that_a_line_tells_has_a_name_on_the_screen(language: words.Language) -> None:
    with words.speaking(language):
        nameless = {
            (table.name, one.name)
            for table in metadata.sorted_tables
            if table.name not in NOT_TOLD and "id" in table.c
            for one in table.c
            if one.name not in journal.UNSAID
            and is_told(table.name, one.name)
            and (table.name, one.name) not in stored_journal.SEALED
            and journal_search.named_table(table.name, one.name) in ("", "users")
            and journal_words.field(one.name, table.name) == one.name
        }
    assert nameless == set()


def test_an_account_is_told_by_its_name(desk: Desk) -> None:
    flags.settle(desk, [Flag("R-12", "W")], "Vu")
    told = {one.key: one.after for one in journal.detail(desk, journal.numbers(desk, Wanted())[0]).changed}
    assert (told["rule"], told["settled_by"]) == ("R-12", "Agent A")


def test_amounts_days_and_proofs_are_told_as_people_read_them() -> None:
    with words.speaking("fr"):
        assert journal_words.value("change", -12_500, "stock_moves") == "-12,5"
        assert journal_words.value("min_level", 20_000, "stock_items") == "20"
        assert journal_words.value("quantity", 20_000, "services") == "20000"
        assert journal_words.value("sha256", "0123456789abcdef", "sendings") == "01234567 89abcdef"
        assert journal_words.value("first_day", "2026-11-01", "sendings") == "01/11/2026"
