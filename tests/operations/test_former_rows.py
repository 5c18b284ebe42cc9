"""Rows of files before version 0039, brought over, proven and undone: stays that were one row with their situation,
tasks of the store that lay among the settled flags.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import RowsAltered
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches
from shelter_desk.operations.residents import merging
from shelter_desk.operations.stays import exits, stay_corrections, stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.file import former_rows, journal, schema
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.former_rows import Pair
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.imports import intake as stored_intake
from shelter_desk.storage.imports.import_lines import Digests
from shelter_desk.storage.imports.intake import Batch, BatchRow
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.merging import merging as stored_merging
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.storage.tables import merges, postponed_tasks, settled_flags, situations
from shelter_desk.system import clock
from tests import OLD_FILES
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import book
from tests.operations.shelter import PASSWORD, admit, days_ago, small_shelter
from tests.operations.test_raw_folder import raw_file

MOVED = tuple(one.name for one in situations.c if one.name not in ("id", "stay_id"))


def old_stays(folder: Path) -> dict[int, dict[str, Any]]:
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        names = ", ".join(former_rows.STAYS.columns)
        rows = raw.execute(f"SELECT {names} FROM stays").fetchall()
    return {row[0]: dict(zip(former_rows.STAYS.columns, row, strict=True)) for row in rows}


def test_a_file_of_before_has_its_situations_behind_the_wall_and_the_check_finds_nothing(tmp_path: Path) -> None:
    shutil.copytree(OLD_FILES / "0038", tmp_path / "old")
    before = old_stays(tmp_path / "old")
    with unlocking.unlock(tmp_path / "old", "Agent A", PASSWORD) as desk, desk.reading() as connection:
        said = {row["id"]: row for row in connection.execute(text("SELECT * FROM situations")).mappings()}
        assert {key: {one: row[one] for one in MOVED} for key, row in said.items()} == {
            key: {one: row[one] for one in MOVED} for key, row in before.items()
        }
        told = connection.execute(text("SELECT details FROM journal")).scalars().all()
        kept = connection.execute(text("SELECT table_name, former FROM import_rows")).all()
        assert not set(MOVED) & {row.name for row in connection.execute(text("PRAGMA main.table_info(stays)"))}
        assert integrity_check._altered_rows(desk, connection) is None
    assert {row["migration_situation"] for row in before.values()} == {"transit", "retour_volontaire"}
    assert [one for one in told if any(f'"{name}"' in one for name in MOVED)] == []
    assert len([one for one in kept if one.table_name == "situations"]) == len(before)


def test_an_import_of_before_is_parted_into_what_one_of_today_keeps(tmp_path: Path) -> None:
    keys = "stay_no", "person_code", "admitted_at", "exited_at", "exit_reason", "entry_kind", "migration_situation"
    whose = "person_code", "sex", "birth_date", "nationality", "region_origin"
    with small_shelter(tmp_path / "shelter") as desk:
        she, he = admit(desk, "1A", days=20), admit(desk, "2A", sex="m", days=20)
        for n, (situation, region) in enumerate((("transit", "kayes"), ("retour_force", "segou"))):
            # new and changed in the first, changed in the next
            told = [
                (f"2025-000{at}", one.code, f"0{at}/03/2025", "20/03/2025", "autonomie", "premiere", situation)
                for at, one in enumerate((she, he), 1)
            ]
            born = [(one.code, sex, "01/02/1999", "ML", region) for one, sex in ((she, "f"), (he, "m"))]
            # a reason is brought and changed, or said of a place that was there; of the third none is
            nights = [
                (f"2025-000{at}", "lit", f"3{'AB'[at - 1]}", f"{day:02}/03/2025", f"{day + 1:02}/03/2025", *why[n])
                for at, day, why in ((1, 1, ALWAYS), (2, 2, LATER), (1, 3, NEVER))
            ]
            path = book(
                tmp_path / f"{n}.xlsx",
                personnes=(whose, *born),
                sejours=(keys, *told),
                couchages=(PLACES, *nights),
            )
            assert intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody).batch is not None
        with desk.database.transaction(EVERYTHING) as connection:
            digests = import_lines.digests(connection, desk.sealer)
            assert digests is not None
            before = kept(connection)
            left = {pair.own.name: rows_as_one(connection, pair) for pair in former_rows.PAIRS}
            for batch in stored_intake.batches(connection):
                for pair in former_rows.PAIRS:
                    as_one_row(connection, pair, batch, digests, left[pair.own.name])
            assert kept(connection) != before
            stored_intake.seal_former(connection, digests)
            assert kept(connection) == before
            assert {table for table, *_ in before} >= {name for pair in former_rows.PAIRS for name in pair.names}
            assert len([one for one in before if one[0] == "placement_reasons"]) == 3
        last, earlier = intake_batches.past(desk)
        for one in (last, earlier):
            assert intake_batches.undo(desk, one.batch.id, nobody).left == ()
        with desk.reading() as connection:
            for pair in former_rows.PAIRS:
                own, beside = (connection.execute(of.select()).all() for of in (pair.own, pair.beside))
                assert len(beside) == (0 if pair.is_sparse else len(own))
            assert {one.region_origin for one in stored_residents.persons(connection).values()} == {""}


def rows_as_one(connection: Connection, pair: Pair) -> dict[int, dict[str, Any]]:
    own, beside = (
        {row["id"]: dict(row) for row in connection.execute(of.select()).mappings()} for of in (pair.own, pair.beside)
    )
    return {key: former_rows.joined(pair, row, beside.get(key, {})) for key, row in own.items()}


PLACES = ("stay_no", "place", "bed_code", "from", "to", "override_rule", "override_reason")
ALWAYS = (("R-04", "Une nuit"), ("R-04", "Deux nuits"))
LATER = ((None, None), ("R-06", "Dortoir plein"))
NEVER = ((None, None), ("R-04", None))


def test_what_was_answered_by_yes_is_known_again_in_an_import_of_before(tmp_path: Path) -> None:
    with small_shelter(tmp_path / "shelter") as desk:
        made = admit(desk, days=20)
        with desk.writing("correct", EVERYTHING) as writing:
            answered = {"interpreter_needed": True, "house_rules_explained": False}
            writing.trail.change("situations", made.stay, answered)
        keys = "stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation"
        with desk.reading() as connection:
            stay = stored_stays.stay(connection, made.stay)
        told = stay.stay_no, made.code, f"{stay.admitted_at:%d/%m/%Y %H:%M}", "premiere", "retour_force"
        path = book(tmp_path / "liste.xlsx", sejours=(keys, told))
        batch = intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody).batch
        assert batch is not None
        with desk.database.transaction(EVERYTHING) as connection:
            digests = import_lines.digests(connection, desk.sealer)
            assert digests is not None
            before = kept(connection)
            left = rows_as_one(connection, former_rows.STAYS)
            as_one_row(connection, former_rows.STAYS, batch, digests, left)
            stored_intake.seal_former(connection, digests)
            assert kept(connection) == before
        assert intake_batches.undo(desk, batch.id, nobody).left == ()


def kept(connection: Connection) -> list[Any]:
    """What imports keep of their rows, without what is random."""
    found = []
    for batch in stored_intake.batches(connection):
        for one in stored_intake.rows(connection, batch.id):
            found.append((one.table, batch.id, one.id, one.is_new, dict(one.former), one.digest))
    return sorted(found, key=repr)


def as_one_row(
    connection: Connection, pair: Pair, batch: Batch, digests: Digests, left: dict[int, dict[str, Any]]
) -> None:
    """What that import kept, as the version before would have. left: the rows as it left them."""
    rows = {one.key: one for one in stored_intake.rows(connection, batch.id)}
    for key in {key for table, key in rows if table in pair.names}:
        parts = [rows[table, key] for table in pair.names if (table, key) in rows]
        former = former_rows.joined(pair, *({**one} for one in _formers(pair, parts)))
        if pair.is_sparse and parts[-1].is_new and not parts[0].is_new:  # a reason that there was not
            former |= dict.fromkeys(pair.lasted, "")
        one = BatchRow(pair.own.name, key, parts[0].is_new, former)
        made = stored_intake.digest(digests, batch.seq, one, left[key])
        row = {"b": batch.id, "id": key, "n": one.is_new, "f": json.dumps(former) if former else "", "d": made}
        row |= dict(zip(("own", "beside"), pair.names, strict=True))
        gone = "DELETE FROM import_rows WHERE table_name IN (:own, :beside) AND batch_id = :b AND row_id = :id"
        connection.execute(text(gone), row)
        asked = "INSERT INTO import_rows (batch_id, table_name, row_id, is_new, former, digest) "
        connection.execute(text(f"{asked}VALUES (:b, :own, :id, :n, :f, :d)"), row)
        left[key] |= former


def _formers(pair: Pair, parts: list[BatchRow]) -> Iterator[Any]:
    for name in pair.names:
        yield next((one.former for one in parts if one.table == name), {})


@pytest.mark.parametrize("altered", ["situations SET country_last = 'DZ'", "profiles SET region_origin = 'ml_segou'"])
def test_sums_of_before_are_of_two_rows_that_were_one(tmp_path: Path, altered: str) -> None:
    """As a very large import of the version before told them."""
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0038", folder)
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    row: dict[str, Any] = {
        "admitted_at": "2026-03-09",
        "child_status": "separe",
        "country_last": "NE",
        "entry_kind": "premiere",
    }
    row |= {"migration_situation": "transit", "person_id": 9, "referral_source": "police", "stay_no": "2026-009"}
    person = {"marital_status": "veuf", "nationality": "GN", "person_code": "7K3-QMY-M", "region_origin": "ml_kayes"}
    person |= {"sex": "f"}
    database = Database.open(folder / "shelter.db", opened.keys.database)
    with database.transaction(EVERYTHING) as connection:
        for table, told in (("persons", person), ("stays", row)):
            names = ", ".join(told)
            values = ", ".join(f":{one}" for one in told)
            connection.execute(text(f"INSERT INTO {table} (id, {names}) VALUES (9, {values})"), told)
        connection.execute(text("UPDATE stays SET exited_at = '2026-03-08', exit_reason = 'autonomie' WHERE id = 1"))
        changed: dict[str, Any] = {"table": "stays", "id": 1, "before": {"exited_at": None, "exit_reason": ""}}
        changed["after"] = {"exited_at": "2026-03-08", "exit_reason": "autonomie"}
        details = {
            "rows": [changed],
            "new_rows": {"persons": 1, "stays": 1},
            "new_sums": {"persons": [[9, summed("persons", person)]], "stays": [[9, summed("stays", row)]]},
        }
        journal.add(connection, clock.now(), None, "take_in", "", details)
    database.close()
    (folder / "shelter.head").unlink()
    user = unlocking.unlock(folder, "Agent A", PASSWORD, HowToOpen(accept_older=True))
    with user as desk:
        user_accounts.add(desk, "Agent E", Role.AUDITOR, PASSWORD)
        assert rows_altered(desk) is None
        with desk.because_late("erreur"), desk.writing("correct", EVERYTHING) as writing:
            writing.trail.change("situations", 9, {"child_status": "accompagne"})
        assert rows_altered(desk) is None
        with desk.database.transaction(EVERYTHING) as connection:
            connection.execute(text(f"UPDATE {altered} WHERE id = 9"))
        found = rows_altered(desk)
    assert isinstance(found, RowsAltered)
    with unlocking.unlock(folder, "Agent E", PASSWORD) as desk:
        assert rows_altered(desk) is None  # who cannot tell


def summed(table: str, row: dict[str, Any], key: int = 9) -> str:
    kept = json.dumps([table, key, dict(sorted(row.items()))], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(kept.encode()).hexdigest()[:16]


def rows_altered(desk: Desk) -> object:
    with desk.reading() as connection:
        return integrity_check._altered_rows(desk, connection)


def test_a_merge_of_before_is_undone(tmp_path: Path) -> None:
    with small_shelter(tmp_path / "shelter") as desk:
        one, other = admit(desk, days=100), admit(desk, days=60)
        stays.leave(desk, one.stay, days_ago(90), "autonomie", "mali_autre")
        merging.merge(desk, one.person, other.person, {}, "nuit")
        with desk.database.transaction(EVERYTHING) as connection:
            then = stored_merging.digest(connection, one.person, is_former=True)
            assert then != stored_merging.digest(connection, one.person)
            connection.execute(merges.update().values(digest=then))
        (standing,) = merging.merges_of(desk, one.person)
        assert standing.may_undo
        exits.plan(desk, other.stay, desk.today())
        (standing,) = merging.merges_of(desk, one.person)
        assert not standing.may_undo


WORDS = (b"ZqSituation", b"ZqProfile", b"ZqReason", b"ZqFlag", b"ZqAside", b"store/stock_low")


def test_nothing_of_what_went_behind_the_wall_is_left_in_the_pages_of_a_file_of_before(tmp_path: Path) -> None:
    """In a file that is not encrypted, by the same steps."""
    import sqlcipher3.dbapi2 as sqlcipher
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    path = tmp_path / "plain.db"
    with closing(sqlcipher.connect(str(path), isolation_level=None)) as raw:
        for pragma in ("journal_mode = WAL", "secure_delete = ON", "foreign_keys = ON"):
            raw.execute(f"PRAGMA {pragma}").fetchall()
        raw.create_function("case_place", 2, lambda table, key: hashlib.sha256(f"{table}{key}".encode()).digest())
        raw.create_function("case_sealed", -1, lambda *_: bytes(400))
        engine = create_engine("sqlite+pysqlite://", module=sqlcipher, creator=lambda: raw, poolclass=StaticPool)
        with engine.connect() as connection:
            raw.execute("BEGIN")
            schema.upgrade(connection, "0038")
            for n in range(1, 1500):
                connection.execute(
                    text(
                        "INSERT INTO persons (person_code, sex, nationality, region_origin) "
                        "VALUES (:code, 'f', 'ML', :said)"
                    ),
                    {"code": f"{n}", "said": f"ZqProfile{'x' * (n % 40)}"},
                )
                connection.execute(
                    text(
                        "INSERT INTO stays (stay_no, person_id, admitted_at, entry_kind, migration_situation, "
                        "referral_source, exited_at, exit_reason) "
                        "VALUES (:no, :n, '2026-01-01', 'premiere', :said, :said, '2026-01-02', :why)"
                    ),
                    {"no": f"2026-{n:04}", "n": n, "said": f"ZqSituation{'x' * (n % 40)}", "why": f"ZqReason{n % 9}"},
                )
                connection.execute(
                    text(
                        "INSERT INTO placements (stay_id, place, started_at, override_reason) "
                        "VALUES (:n, 'appoint', '2026-01-01', :said)"
                    ),
                    {"n": n, "said": f"ZqAside{'x' * (n % 40)}" if n % 2 else ""},
                )
                connection.execute(
                    text(
                        "INSERT INTO settled_flags (rule, subject, settled_at, reason) "
                        "VALUES (:rule, :said, '2026-01-01', '')"
                    ),
                    {"rule": "store/stock_low" if n % 3 else "R-21", "said": f"{'item' if n % 3 else 'ZqFlag'}/{n}"},
                )
            raw.execute("COMMIT")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            assert [word for word in WORDS if word not in path.read_bytes()] == []
            raw.execute("BEGIN")
            schema.upgrade(connection)
            raw.execute("COMMIT")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert [word for word in WORDS if word in path.read_bytes()] == []


def test_alerts_and_tasks_that_were_set_aside_before_are_parted_and_told_so(tmp_path: Path) -> None:
    """Those of the store stay open, those of the case files go behind the wall, one shown again meanwhile too."""
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0038", folder)
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    rules = {7: ("R-21", "stay/1"), 8: ("store/stock_low", "item/1"), 9: ("case/exit_due", "stay/1/exit/2026-11-01")}
    rules |= {10: ("store/stock_low", "item/2"), 11: ("case/high_risk", "stay/1/risk/1")}
    rows: dict[int, dict[str, Any]] = {
        key: {"rule": rule, "subject": subject, "settled_at": "2026-10-01T08:00", "settled_by": 1}
        | {"until": "2026-12-20", "reason": "Livraison" if "store" in rule else ""}
        for key, (rule, subject) in rules.items()
    }
    database = Database.open(folder / "shelter.db", opened.keys.database)
    with database.transaction(EVERYTHING) as connection:
        for key, row in rows.items():
            told = {"rows": [{"table": "settled_flags", "id": key, "after": row}]}
            journal.add(connection, clock.now(), opened.user_id, "set_task_aside", "2024-0001", told)
        for key in (10, 11):  # shown again
            told = {"rows": [{"table": "settled_flags", "id": key, "before": rows.pop(key)}]}
            journal.add(connection, clock.now(), opened.user_id, "bring_task_back", "2024-0001", told)
        for key, row in rows.items():
            asked = (
                f"INSERT INTO settled_flags (id, {', '.join(row)}) VALUES ({key}, {', '.join(f':{n}' for n in row)})"
            )
            connection.execute(text(asked), row)
    database.close()
    (folder / "shelter.head").unlink()
    with unlocking.unlock(folder, "Agent A", PASSWORD, HowToOpen(accept_older=True)) as desk:
        user_accounts.add(desk, "Agent E", Role.AUDITOR, PASSWORD)
        assert rows_altered(desk) is None
        with desk.reading() as connection:
            behind = {row.id: (row.rule, row.subject) for row in connection.execute(settled_flags.select())}
            (left,) = connection.execute(postponed_tasks.select()).all()
            lines = connection.execute(text("SELECT action, subject, details FROM journal ORDER BY seq")).all()
            assert journal.verify(connection) == len(lines)
        assert behind == {7: rules[7], 9: rules[9]}
        assert (left.id, left.matter, left.subject, left.until) == (8, "stock_low", "item/1", "2026-12-20")
    assert [line for line in lines if any(word in line.details for word in ("R-21", "exit_due", "high_risk"))] == []
    assert len([line for line in lines if "stock_low" in line.details]) == 3
    assert {line.action for line in lines if line.subject == "2024-0001" and "stock_low" not in line.details} == set()
    with unlocking.unlock(folder, "Agent E", PASSWORD) as desk, desk.database.transaction(EVERYTHING) as connection:
        assert rows_altered(desk) is None
        connection.execute(text("UPDATE postponed_tasks SET subject = 'item/3'"))
    with unlocking.unlock(folder, "Agent E", PASSWORD) as desk:
        found = rows_altered(desk)
    assert isinstance(found, RowsAltered)


def test_a_stay_that_was_cancelled_before_is_told_so_in_the_open_and_has_its_reason_back(tmp_path: Path) -> None:
    """Why it had ended lies in the line alone, as it did."""
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0038", folder)
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    database = Database.open(folder / "shelter.db", opened.keys.database)
    was = {"exited_at": None, "exit_reason": "", "exit_recorded_at": None}
    left = {"exited_at": "2026-03-08", "exit_reason": "avrr", "exit_recorded_at": "2026-03-08T10:00"}
    with database.transaction(EVERYTHING) as connection:
        code = connection.execute(text("SELECT person_code FROM persons WHERE id = 1")).scalar_one()
        set_ = "exited_at = :exited_at, exit_reason = :exit_reason, exit_recorded_at = :exit_recorded_at"
        for action, before, after in (("leave", was, left), ("void", left, {**left, "exit_reason": "erreur_saisie"})):
            told = {name: before[name] for name in before if before[name] != after[name]}
            row = {"table": "stays", "id": 1, "before": told, "after": {name: after[name] for name in told}}
            connection.execute(text(f"UPDATE stays SET {set_} WHERE id = 1"), after)
            journal.add(connection, clock.now(), opened.user_id, action, code, {"rows": [row]})
    database.close()
    (folder / "shelter.head").unlink()
    with unlocking.unlock(folder, "Agent A", PASSWORD, HowToOpen(accept_older=True)) as desk:
        assert rows_altered(desk) is None
        with desk.reading() as connection:
            (row,) = connection.execute(text("SELECT uncounted FROM stays WHERE id = 1")).scalars()
            lines = connection.execute(text("SELECT details FROM journal")).scalars().all()
            stay = stored_stays.stay(connection, StayId(1))
        assert (row, stay.exit_reason, stay.is_void) == ("erreur_saisie", "erreur_saisie", True)
        assert [line for line in lines if "avrr" in line] == []
        back = stay_corrections.before_void(desk, StayId(1))
        assert (back.exit_reason, to_text(back.exited_at)) == ("avrr", "2026-03-08")
