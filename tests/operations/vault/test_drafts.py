"""Drafts of the person at the desk, on a real encrypted file."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.rights import Role
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, key_change, unlocking
from shelter_desk.storage import tables
from shelter_desk.storage.file import drafts as stored_drafts
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.system import clock
from tests.operations.shelter import PASSWORD, open_small_shelter

FORM = "residents/admission"
TYPED: dict[str, drafts.Value] = {"last_name": "Sacko", "languages": ["bam", "boz"], "kind": "premiere"}
OTHER = "deux citrons jaunes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def reopened(desk: Desk, name: str = "Agent A", password: str = PASSWORD) -> Desk:
    desk.close()
    return unlocking.unlock(desk.folder, name, password)


def test_a_draft_is_found_again_after_unlocking(desk: Desk) -> None:
    drafts.keep(desk, FORM, TYPED)
    with reopened(desk) as again:
        found = drafts.find(again, FORM)
    assert found is not None
    assert (dict(found.values), found.form) == (TYPED, FORM)


def test_a_draft_tells_the_minute_it_was_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(minutes=7)
    monkeypatch.setattr(clock, "now", lambda: later)
    drafts.keep(desk, FORM, TYPED)
    found = drafts.find(desk, FORM)
    assert found is not None
    assert found.saved_at == later.replace(second=0, microsecond=0)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_finds_it(desk: Desk, role: Role) -> None:
    drafts.keep(desk, FORM, TYPED)
    user_accounts.add(desk, "Agent B", role, OTHER)
    with reopened(desk, "Agent B", OTHER) as other:
        assert (drafts.find(other, FORM), drafts.mine(other)) == (None, [])
        drafts.forget(other, FORM)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as mine:
        assert len(drafts.mine(mine)) == 1


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_who_types_no_names_keeps_drafts_too(desk: Desk, role: Role) -> None:
    user_accounts.add(desk, "Agent B", role, OTHER)
    with reopened(desk, "Agent B", OTHER) as other:
        drafts.keep(other, "stock/count", {"items": "12"})
        found = drafts.find(other, "stock/count")
        assert found is not None
        assert found.values == {"items": "12"}


def test_typing_writes_no_line_in_the_journal_and_leaves_the_file_sound(desk: Desk) -> None:
    with desk.reading() as connection:
        before = journal.head(connection)
    drafts.keep(desk, FORM, TYPED)
    drafts.forget(desk, FORM)
    with desk.reading() as connection:
        assert journal.head(connection) == before
    with reopened(desk) as again:
        assert integrity_check.check(again).journal_lines == before[0]


def test_a_forgotten_draft_leaves_nothing(desk: Desk) -> None:
    drafts.keep(desk, FORM, TYPED)
    drafts.forget(desk, FORM)
    with desk.reading() as connection:
        left = connection.execute(text("SELECT count(*) FROM drafts")).scalar_one()
    assert (left, drafts.find(desk, FORM)) == (0, None)


def test_forgetting_what_was_never_kept_writes_nothing(desk: Desk) -> None:
    heard: list[object] = []
    desk.database.listen(heard.append)
    drafts.forget(desk, FORM)
    assert heard == []


def kept_before(desk: Desk, form: str, values: Mapping[str, drafts.Value]) -> None:
    """As a program before 0.3 kept it, in the open but for what is typed."""
    of, told = tables.drafts, json.dumps(dict(values))
    assert desk.protection is not None
    with desk.database.transaction(Changes()) as connection:
        row = {"user_id": desk.user, "form": form, "saved_at": to_text(desk.now()), "body": b""}
        (key,) = connection.execute(of.insert().values(**row)).inserted_primary_key or (0,)
        body = stored_drafts.sealed(desk.protection, key, desk.user, form, told)
        connection.execute(of.update().where(of.c.id == key).values(body=body))


def test_one_of_before_is_found_until_it_is_kept_anew_or_given_up(desk: Desk) -> None:
    kept_before(desk, FORM, TYPED)
    kept_before(desk, "residents/exit/X", TYPED)
    assert {one.form for one in drafts.mine(desk)} == {FORM, "residents/exit/X"}
    drafts.keep(desk, FORM, TYPED)
    drafts.forget(desk, "residents/exit/X")
    assert [(one.form, one.values) for one in drafts.mine(desk)] == [(FORM, TYPED)]
    with desk.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM drafts")).scalar_one() == 0


def test_which_form_somebody_who_reads_the_case_file_fills_is_seen_by_nobody_else(desk: Desk) -> None:
    drafts.keep(desk, f"residents/interview/{FORM}", TYPED)
    user_accounts.add(desk, "Agent M", Role.STOREKEEPER, OTHER)
    with desk.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM case_drafts")).scalar_one() == 1
    author = desk.user
    with reopened(desk, "Agent M", OTHER) as keeper, keeper.reading() as connection:
        assert stored_drafts.of_user(connection, author) == []
        assert connection.execute(text("SELECT count(*) FROM drafts")).scalar_one() == 0


def test_a_damaged_draft_is_passed_over(desk: Desk) -> None:
    kept_before(desk, FORM, TYPED)
    drafts.keep(desk, "residents/exit/X", TYPED)
    with desk.reading() as connection:
        row = connection.execute(text("SELECT id FROM drafts WHERE form = :form"), {"form": FORM}).scalar_one()
    with desk.writing("test", Changes()) as writing:
        writing.connection.execute(text("UPDATE drafts SET body = x'00112233' WHERE id = :id"), {"id": row})
    assert [draft.form for draft in drafts.mine(desk)] == ["residents/exit/X"]


def test_no_letter_of_a_draft_lies_readable_in_the_folder(desk: Desk) -> None:
    drafts.keep(desk, FORM, {"last_name": "Quirmangolu"})
    folder = desk.folder
    desk.close()
    assert not any(b"Quirmangolu" in file.read_bytes() for file in folder.rglob("*") if file.is_file())


# Who holds no key -----------------------------------------------------------------------------------------------------


@pytest.fixture
def keeper(desk: Desk) -> Iterator[Desk]:
    """A storekeeper, who holds the key of the file alone, with a draft."""
    user_accounts.add(desk, "Agent M", Role.STOREKEEPER, OTHER)
    with reopened(desk, "Agent M", OTHER) as opened:
        drafts.keep(opened, "assistance/incidents/new", {"facts": "Un sac de riz manque"})
        yield opened


def facts(desk: Desk) -> list[drafts.Value]:
    return [one.values["facts"] for one in drafts.mine(desk)]


def test_a_draft_of_a_storekeeper_is_sealed_and_found_again(keeper: Desk) -> None:
    with keeper.reading() as connection:
        body = bytes(connection.execute(text("SELECT body FROM drafts")).scalar_one())
    with reopened(keeper, "Agent M", OTHER) as again:
        assert (b"riz" in body, facts(again)) == (False, ["Un sac de riz manque"])


def test_a_manager_with_every_key_does_not_open_it(keeper: Desk) -> None:
    mine = keeper.user
    with reopened(keeper) as manager:
        manager.user = mine
        assert drafts.mine(manager) == []


def test_it_stays_when_its_author_changes_the_password(keeper: Desk) -> None:
    user_accounts.change_password(keeper, OTHER, "trois pastèques rondes")
    here = facts(keeper)
    with reopened(keeper, "Agent M", "trois pastèques rondes") as again:
        assert (here, facts(again)) == (["Un sac de riz manque"],) * 2


def test_it_stays_when_all_keys_of_the_file_are_changed(keeper: Desk) -> None:
    with reopened(keeper) as manager:
        key_change.change_keys(manager, PASSWORD)
    with unlocking.unlock(keeper.folder, "Agent M", OTHER) as again:
        assert facts(again) == ["Un sac de riz manque"]


def test_it_is_passed_over_when_the_manager_gave_another_password(keeper: Desk) -> None:
    mine = keeper.user
    with reopened(keeper) as manager:
        user_accounts.reset(manager, mine, "trois pastèques rondes")
    with unlocking.unlock(keeper.folder, "Agent M", "trois pastèques rondes") as again:
        assert drafts.mine(again) == []


def test_what_a_manager_types_does_not_open_for_who_reads_names_alone(desk: Desk) -> None:
    kept_before(desk, FORM, {"facts": "un récit"})
    desk.protection = None
    assert drafts.mine(desk) == []


@pytest.mark.parametrize(
    "written",
    [
        "body = CAST('text:[[' AS BLOB)",
        "body = CAST('text:[]' AS BLOB)",
        "body = CAST('text:{\"a\": 5}' AS BLOB)",
        "body = CAST('text:{\"a\": [5]}' AS BLOB)",
        "body = CAST('text:' || replace(hex(zeroblob(50000)), '00', '[') AS BLOB)",
        "body = CAST('text:' AS BLOB) || x'ff'",
        "body = x'00'",
        "body = 'text:{}'",
        "body = 1000000000000000",
        "saved_at = 'yesterday'",
        "saved_at = 5",
        "saved_at = '2026-02-31T08:00'",
        "saved_at = '2026-02-01T08:61'",
        "saved_at = '2026-01-01T08:00+01:00'",
    ],
)
def test_what_somebody_wrote_in_the_place_of_a_draft_hides_that_one_alone(desk: Desk, written: str) -> None:
    kept_before(desk, FORM, TYPED)
    kept_before(desk, "residents/exit", TYPED)
    with desk.database.transaction(Changes()) as connection:
        connection.execute(text(f"UPDATE drafts SET {written} WHERE form = 'residents/exit'".replace(":", "\\:")))
    assert [one.form for one in drafts.mine(desk)] == [FORM]
    assert drafts.find(desk, "residents/exit") is None
    user_accounts.change_password(desk, PASSWORD, OTHER)
    drafts.forget(desk, "residents/exit")
    drafts.keep(desk, "residents/exit", TYPED)
    assert {one.form for one in drafts.mine(desk)} == {FORM, "residents/exit"}


def test_a_draft_of_midnight_is_found_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = (clock.now() + timedelta(days=1)).replace(hour=0, minute=0)
    monkeypatch.setattr(clock, "now", lambda: midnight)
    drafts.keep(desk, FORM, TYPED)
    found = drafts.find(desk, FORM)
    assert found is not None
    assert found.saved_at == midnight.replace(second=0, microsecond=0)
