"""What the program would do for somebody who planted it: undo, remember, move, sign, shown as typed."""

import json
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING, Changes
from shelter_desk.domain.errors import Damaged, SealsAltered
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations import drafts
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches, intake_memory
from shelter_desk.operations.imports.intake import LayoutAnswers
from shelter_desk.operations.imports.intake_layouts import SheetAnswer
from shelter_desk.operations.reports import annotations, month_versions, reports
from shelter_desk.operations.residents import merging
from shelter_desk.operations.today import import_gaps
from shelter_desk.storage import tables
from shelter_desk.storage.casefile import settled_flags
from shelter_desk.storage.file import journal, users
from shelter_desk.storage.file.settings import add_user
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.imports import intake as stored_intake
from shelter_desk.system import clock
from tests.operations.casefile.test_incidents import CONTENT, fight
from tests.operations.imports.test_intake import again, nobody, opened
from tests.operations.imports.test_intake_batches import taken, undone
from tests.operations.imports.test_own_registers import AWA, BABY, HEADINGS, MAN, book
from tests.operations.reports.test_closing import closed, last
from tests.operations.shelter import admit, days_ago, small_shelter
from tests.operations.vault.test_drafts import kept_before

NAMED = (*HEADINGS, "Dit au foyer")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened_desk:
        yield opened_desk


def test_the_undo_of_an_import_believes_no_row_that_somebody_put_there(desk: Desk, tmp_path: Path) -> None:
    made = incidents.report(desk, fight(), CONTENT)
    batch = taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN)))
    with desk.database.transaction(EVERYTHING) as connection:
        now = stored_intake.current(connection, [("incidents", made.id)])
        one = stored_intake.BatchRow("incidents", made.id, is_new=True, former={})
        mine = import_lines.new_digests()  # whoever cannot read the names has no other ones
        row = {"batch_id": batch.id, "table_name": "incidents", "row_id": made.id, "is_new": True, "former": ""}
        digest = stored_intake.digest(mine, batch.seq, one, now["incidents", made.id])
        connection.execute(tables.import_rows.insert().values(**row, digest=digest))
    found = undone(desk, batch)
    assert [each.incident.incident_no for each in incidents.register(desk)] == [made.number]
    assert (len(found.left), found.removed) == (1, {**found.removed})
    assert sum(found.removed.values()) > 0


def test_a_remembered_column_of_names_is_sent_nowhere_else(desk: Desk, tmp_path: Path) -> None:
    review = opened(desk, book(tmp_path / "a.xlsx", Registre=(NAMED, (*AWA, "Tantie"))))
    said = SheetAnswer("registre", {intake.fold_heading("Dit au foyer"): "alias"})
    intake_batches.take_in(desk, again(desk, review, LayoutAnswers({"Registre": said})), nobody)
    whole = opened(desk, book(tmp_path / "b.xlsx", Registre=(NAMED, (*MAN, "Petit"))))
    assert "alias" in [one.key for one in whole.sheets[0].headings]
    assert len(intake_memory.remembered(desk)) > 0
    with desk.database.transaction(EVERYTHING) as connection:
        changed = "UPDATE import_layouts SET columns = replace(columns, 'alias', 'stay_no')"
        assert connection.execute(text(changed)).rowcount > 0
    planted = opened(desk, book(tmp_path / "c.xlsx", Registre=(NAMED, (*MAN, "Petit"))))
    assert {"alias", "stay_no"} & {one.key for one in planted.sheets[0].headings} == set()
    assert intake_memory.remembered(desk) == []


def test_a_merge_is_parted_from_nobody_but_who_was_merged(desk: Desk) -> None:
    kept, other, third = (admit(desk, code, days=days).person for code, days in (("1A", 10), ("1B", 40), ("1C", 10)))
    with desk.database.transaction(EVERYTHING) as connection:
        ended = "UPDATE {} SET {} = :at WHERE {} = 2"
        at = {"at": f"{days_ago(30):%Y-%m-%dT%H:%M}"}
        connection.execute(text(ended.format("placements", "ended_at", "stay_id")), at)
        connection.execute(text("UPDATE stays SET exited_at = :at WHERE id = 2"), at)
    merging.merge(desk, kept, other, {}, "nuit")
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE merges SET other_id = :other"), {"other": third})
    with pytest.raises(SealsAltered):
        merging.undo_merge(desk, kept)


def test_a_draft_of_somebody_else_or_of_another_form_does_not_open(desk: Desk) -> None:
    with desk.database.transaction(Changes()) as connection:
        add_user(connection, UserId(2), "Agent B", Role.CASE_WORKER)
    kept_before(desk, "residents/note", {"body": "Elle a peur"})
    for planted in ("user_id = 2", "form = 'today/note'"):
        with desk.database.transaction(Changes()) as connection:
            connection.execute(text(f"UPDATE drafts SET {planted}"))
        desk.user = UserId(2) if "user" in planted else desk.user
        assert drafts.mine(desk) == []
        with desk.database.transaction(Changes()) as connection:
            connection.execute(text("UPDATE drafts SET user_id = 1, form = 'residents/note'"))
        desk.user = UserId(1)
        assert [one.values for one in drafts.mine(desk)] == [{"body": "Elle a peur"}]


def test_a_comment_opens_on_its_own_month_and_number_alone(desk: Desk) -> None:
    admit(desk, "1A", days=100)
    annotations.comment(desk, last(desk), WOMEN, "Deux sœurs")
    month_versions.month(desk, last(desk))
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE report_comments SET dims = '', figure = 't2.present_end'"))
    assert (found := month_versions.month(desk, last(desk))).unread
    assert found.report.comments == ()
    with pytest.raises(Damaged):
        month_versions.now(desk, last(desk))


def test_words_that_were_written_anew_do_not_come_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    admit(desk, "1A", days=100)
    annotations.comment(desk, last(desk), WOMEN, "SECRET Awa")
    with desk.reading() as connection:
        former = connection.execute(text("SELECT text FROM report_comments")).scalar_one()
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    annotations.comment(desk, last(desk), WOMEN, "Une femme")
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE report_comments SET text = :former"), {"former": former})
    assert (found := month_versions.month(desk, last(desk))).unread
    assert found.report.comments == ()
    with pytest.raises(Damaged):
        month_versions.now(desk, last(desk))


def test_rows_of_one_import_do_not_go_with_another(desk: Desk, tmp_path: Path) -> None:
    first = taken(desk, book(tmp_path / "a.xlsx", Registre=(HEADINGS, AWA, BABY)))
    second = taken(desk, book(tmp_path / "b.xlsx", Registre=(HEADINGS, MAN)))
    with desk.database.transaction(EVERYTHING) as connection:
        moved = "UPDATE import_rows SET batch_id = :second WHERE batch_id = :first"
        connection.execute(text(moved), {"first": first.id, "second": second.id})
    found = undone(desk, second)
    assert (found.removed["personnes"], len(found.left) > 0) == (1, True)


WOMEN = ("t2.present_end", (("sex", "f"), ("age_group", "a18_59")))


def test_what_is_kept_for_who_sees_closed_months_alone_holds_no_word_on_a_hidden_number(desk: Desk) -> None:
    for code in ("1A", "1B"):
        admit(desk, code, days=100)
    annotations.comment(desk, last(desk), WOMEN, "SECRET deux sœurs")
    closed(desk)
    found = month_versions.month(desk, last(desk))
    assert [one.text for one in found.report.comments] == ["SECRET deux sœurs"]
    assert reports.shown(found, "partenaire").words_given == ("",)
    with desk.reading() as connection:
        kept = connection.execute(text("SELECT partner FROM report_versions")).scalar_one()
    told = json.loads(zlib.decompress(kept))
    assert "SECRET" not in json.dumps(told, ensure_ascii=False)


def test_a_settled_flag_that_no_line_tells_is_not_sealed_for_somebody(desk: Desk) -> None:
    admit(desk, "1A")
    columns = "INSERT INTO settled_flags (rule, subject, settled_at, reason, settled_by) VALUES"
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text(f"{columns} ('R-24', 'stay/1', '2026-01-01', 'Rien', 1)"))
        connection.execute(text(f"{columns} ('R-24', 'stay/1', '2026-01-01', x'ff', 1)"))
        connection.execute(text(f"{columns} ('R-25', x'ff', '2026-01-01', 'Rien', 1)"))
        assert desk.protection is not None
        assert settled_flags.seal_former(connection, desk.protection) == 0
        found = connection.execute(text("SELECT sealed_reason FROM settled_flags WHERE rule = 'R-24'")).scalars().all()
    assert found == [None, None]


@pytest.mark.parametrize("planted", ["row_id = '1) UNION SELECT 1 --'", "owner = 'zzz'", "owner = 'zzz', row_id = 1"])
def test_what_an_import_left_open_is_never_part_of_an_order(desk: Desk, tmp_path: Path, planted: str) -> None:
    odd = (9, "SOW Ali", "M", 33, "?", "05/02/2026", MAN[6], MAN[7])
    review = opened(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN, odd)))
    intake_batches.take_in(desk, again(desk, review, LayoutAnswers(incomplete=True)), nobody)
    before = len(import_gaps.completing(desk))
    with desk.database.transaction(EVERYTHING) as connection:
        first = "(SELECT min(id) FROM import_gaps)"
        connection.execute(text(f"UPDATE import_gaps SET {planted} WHERE id = {first}"))
    assert len(import_gaps.completing(desk)) == before - 1 >= 0


@pytest.mark.parametrize("at", ["'x'", "x'00'", "'2026-01-01T08:00:00+01:00'", "'2026-02-31T08:00:00'", "'9999'"])
def test_a_line_of_no_moment_keeps_nobody_from_writing(desk: Desk, at: str) -> None:
    admit(desk, "1A")
    with desk.database.transaction(EVERYTHING) as connection:
        seq, _ = journal.head(connection)
        made = f"INSERT INTO journal VALUES ({seq + 1}, {at}, 1, 'admit', 'x', '', x'00')"
        connection.execute(text(made.replace(":", "\\:")))
    admit(desk, "1B")
    with desk.reading() as connection:
        assert journal.last_at(connection) is not None
        with pytest.raises(Damaged):
            journal.verify(connection)


@pytest.mark.parametrize(
    "planted", ["undertaken_at = 'x'", "name = CAST(x'41ff' AS TEXT)", "name = x'41'", "role = x'ff'"]
)
def test_an_account_of_no_known_form_is_read(desk: Desk, planted: str) -> None:
    with desk.database.transaction(Changes()) as connection:
        add_user(connection, UserId(2), "Agent B", Role.CASE_WORKER)
        connection.execute(text(f"UPDATE users SET {planted} WHERE id = 2"))
        found = users.one(connection, UserId(2))
    assert found is not None
    assert found.name.startswith("A")
