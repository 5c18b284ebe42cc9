"""An erased name is gone for good, with all keys and in every page of the file; codes and figures stay."""

import base64
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from shelter_desk.domain.errors import ChangedSince, Damaged, KeptUntil, Missing, NotErasable
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import NAMES, Names
from shelter_desk.domain.retention.retention import RetentionKind, after_months
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.reports import reports
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.residents import residents, retention
from shelter_desk.operations.training import training
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage import tables
from shelter_desk.storage.file import connections, journal
from shelter_desk.storage.file import drafts as stored_drafts
from shelter_desk.storage.file.sealing import Sealer
from tests.operations.retention_scene import AWA, BINTOU, alone, due_codes, gone, last_line, opened, stored_names
from tests.operations.shelter import PASSWORD, QUICK, admit, days_ago

PAGE, RESERVED, IV = 4096, 80, 16


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path)


# The erasure ----------------------------------------------------------------------------------------------------------


def test_an_erased_name_is_gone(desk: Desk) -> None:
    made = gone(desk)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    assert stored_names(desk, made.person) == []
    assert (residents.name(desk, made.person), residents.record(desk, made.person).has_name) == (Names(), False)
    assert due_codes(desk) == []


def test_an_erased_name_is_found_no_more(desk: Desk) -> None:
    made = gone(desk)
    assert residents.search(desk, "Sacko") == [made.person]
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    assert residents.search(desk, "Sacko") == []


def test_code_stays_and_thread_outlive_the_name(desk: Desk) -> None:
    made = gone(desk)
    before = residents.record(desk, made.person)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    after = residents.record(desk, made.person)
    assert (after.person, after.stays, after.beds) == (before.person, before.stays, before.beds)
    assert after.thread[1:] == before.thread


def test_the_day_of_the_erasure_is_told_by_the_record(desk: Desk) -> None:
    made = gone(desk)
    before = retention.standing(desk, made.person)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    assert (before.erased_at, retention.standing(desk, made.person).erased_at) == (None, desk.now())


def test_the_journal_tells_codes_count_and_reason_of_an_erasure_and_no_name(desk: Desk) -> None:
    one, other = gone(desk, "1A"), gone(desk, "1B", BINTOU)
    retention.erase(desk, [one.person, other.person], "fin de conservation", alone(desk))
    line = last_line(desk)
    told = line.known
    assert (line.action, line.subject, sorted(told["codes"]), told["count"]) == (
        "erase",
        "",
        sorted([one.code, other.code]),
        2,
    )
    assert (told["reason"], told["alone"], told["on_request"], "rows" in told) == (
        "fin de conservation",
        True,
        False,
        False,
    )


def test_an_erasure_leaves_the_others_their_names(desk: Desk) -> None:
    one, other = gone(desk, "1A"), gone(desk, "1B", BINTOU)
    retention.erase(desk, [one.person], "fin de conservation", alone(desk))
    assert residents.name(desk, other.person) == BINTOU


def test_what_was_done_before_an_erasure_cannot_be_undone_into_a_name(desk: Desk) -> None:
    made = gone(desk, names=BINTOU)
    person = residents.record(desk, made.person).person
    done = residents.correct(desk, person, AWA)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    with pytest.raises(ChangedSince):
        undo(desk, done)
    assert stored_names(desk, made.person) == []


def test_a_name_may_be_written_again_when_the_person_comes_back(desk: Desk) -> None:
    made = gone(desk)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    residents.correct(desk, residents.record(desk, made.person).person, BINTOU)
    assert residents.name(desk, made.person) == BINTOU


def test_drafts_that_may_hold_an_erased_name_go_with_it(desk: Desk) -> None:
    made, other = gone(desk, "1A"), gone(desk, "1B", BINTOU)
    correcting, another = f"residents/correct/{made.code}", f"residents/correct/{other.code}"
    with desk.database.transaction(retention.TOPICS) as connection:
        for form, days in ((correcting, 1), (another, 1), ("residents/admission", 45), ("residents/exit", 39)):
            stored_drafts.keep(connection, desk.user, form, days_ago(days), "Sacko", desk.sealer)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    with desk.reading() as connection:
        left = [one.form for one in stored_drafts.of_user(connection, desk.user)]
    assert left == [another, "residents/exit"]


def test_nobody_is_erased_when_one_of_the_list_may_not_be(desk: Desk) -> None:
    one, other = gone(desk, "1A"), gone(desk, "1B", BINTOU, days=10)
    with pytest.raises(KeptUntil) as refused:
        retention.erase(desk, [one.person, other.person], "fin de conservation", alone(desk))
    assert (refused.value.code, refused.value.day) == (other.code, after_months(days_ago(10).date(), 1))
    assert residents.name(desk, one.person) == AWA


def test_an_empty_list_erases_nobody(desk: Desk) -> None:
    with pytest.raises(Missing):
        retention.erase(desk, [], "fin de conservation", alone(desk))


def test_somebody_who_is_here_keeps_the_name(desk: Desk) -> None:
    made = admit(desk, "1A", names=AWA)
    with pytest.raises(NotErasable) as refused:
        retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    assert refused.value.why == "here"


def test_an_erased_name_is_not_erased_twice(desk: Desk) -> None:
    made = gone(desk)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    with pytest.raises(NotErasable) as refused:
        retention.erase_on_request(desk, made.person, "demande", alone(desk))
    assert refused.value.why == "nameless"


# Figures --------------------------------------------------------------------------------------------------------------


def test_no_figure_of_a_past_month_moves_when_everybody_due_is_erased(tmp_path: Path) -> None:
    with training.make(tmp_path / "exercice", "gao", 12, 7, cost=QUICK).desk as desk:
        settings.keep_clocks(desk, {RetentionKind.IDENTITY: 1})
        last = training.last_full_month(desk)
        months = [last, last.month_before, last.month_before.month_before]
        before = [_wordless(reports.monthly(desk, month)) for month in months]
        points = [reports.points(desk, month.facts) for month in before]
        waiting = [PersonId(one.item.key) for one in retention.due(desk) if one.item.kind is RetentionKind.IDENTITY]
        retention.erase(desk, waiting, "fin de conservation", alone(desk))
        after = [_wordless(reports.monthly(desk, month)) for month in months]
        assert len(waiting) > 100
        assert any(one.person in waiting for month in before for one in month.stays.values())
        assert after == before
        assert [reports.points(desk, month.facts) for month in after] == points


def _wordless(month: Month) -> Month:
    """Without where a family was parted, or why a rule of a room was set aside: both go with the identity, and no
    figure counts them.
    """
    facts = month.facts
    tracings = tuple(replace(one, separation_place="") for one in facts.protection.tracings)
    placed = {
        stay: tuple(replace(one, override_reason="") for one in several) for stay, several in facts.placements.items()
    }
    protection = replace(facts.protection, tracings=tracings)
    return replace(month, source=replace(facts, protection=protection, placements=placed))


def test_a_month_is_the_same_to_the_last_figure_after_an_erasure_on_request(desk: Desk) -> None:
    made = gone(desk, "3A", age=12, days=1)
    period = Period(desk.today() - timedelta(days=30), desk.today())
    before = reports.monthly(desk, period)
    retention.erase_on_request(desk, made.person, "demande", alone(desk))
    after = reports.monthly(desk, period)
    assert (after.report, after.facts) == (before.report, before.facts)
    assert any(stay.person == made.person for stay in after.stays.values())


# The file itself ------------------------------------------------------------------------------------------------------


def everything(desk: Desk) -> Iterator[bytes]:
    """Every value of every column of every table, with each text inside the details of the journal."""
    with desk.reading() as connection:
        names = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}"):
                for value in row:
                    yield from _values(value)


def _values(value: Any) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, str):
        yield value.encode()
        with suppress(ValueError):
            yield base64.b64decode(value, validate=True)
        if value.startswith(("{", "[")):
            yield from _values(json.loads(value))
    elif isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _values(inside)


def unsealed(desk: Desk) -> set[str]:
    """Every text that somebody with all keys can get out of the whole database."""
    values = {value for value in everything(desk) if value}
    persons = range(1, 10)
    held = [key for key in (desk.keys.database, desk.keys.identity, desk.keys.protection) if key]
    sealers = [Sealer(key) for key in held]
    for sealer, value, person in product(tuple(sealers), values, persons):
        if len(value) == 60:
            try:
                sealers.append(sealer.of_row("persons", person, value))
            except Damaged:
                continue
    found = {value.decode(errors="replace") for value in values}
    sealed = [value for value in values if len(value) % 32 == 28]  # nonce, blocks of 32, tag
    for sealer, value, person, column in product(sealers, sealed, persons, NAMES):
        try:
            found.add(sealer.unseal("persons", column, person, value))
        except Damaged:
            continue
    return found


def test_with_all_keys_nothing_in_the_database_gives_an_erased_name_back(desk: Desk) -> None:
    oumou = Names("Sacko", "Oumou", "Petite")  # no name so short that sealed text spells it by chance
    made, other = gone(desk, "1A", oumou), gone(desk, "1B", BINTOU)
    residents.correct(desk, residents.record(desk, made.person).person, replace(oumou, alias="Grande"))
    former = {"Sacko", "Oumou", "Petite", "Grande"}
    assert former | {"Kouyaté", "Bintou"} <= unsealed(desk)
    retention.erase(desk, [made.person, other.person][:1], "fin de conservation", alone(desk))
    after = unsealed(desk)
    assert not [one for one in after if any(name in one for name in former)]
    assert {"Kouyaté", "Bintou"} <= after


def pages(desk: Desk) -> bytes:
    """Every page of the file as it lies on the disk, free room included, decrypted."""
    content, key = desk.database.path.read_bytes(), desk.keys.database
    plain = []
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        iv, first = page[PAGE - RESERVED : PAGE - RESERVED + IV], 16 if start == 0 else 0
        decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        plain.append(decryptor.update(page[first : PAGE - RESERVED]) + decryptor.finalize())
    return b"".join(plain)


def test_no_page_of_the_file_holds_what_was_erased(desk: Desk) -> None:
    everybody = [gone(desk, "1A", BINTOU, days=days) for days in range(300, 40, -30)]
    sealed = [value for made in everybody[:6] for value in stored_names(desk, made.person) if value]
    former = [value[at : at + 20] for value in sealed for at in range(0, 60, 20)]
    desk.close()
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert all(one in pages(again) for one in former)
        done = retention.erase(again, [made.person for made in everybody[:6]], "fin de conservation", alone(again))
        log = desk.database.path.with_name(f"{desk.database.path.name}-wal")
        assert (done.is_settled, log.stat().st_size, done.former_seals) == (True, 0, 0)
        assert not [one for one in former if one in pages(again)]


def test_a_file_that_is_being_read_is_settled_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = gone(desk)
    monkeypatch.setattr(connections, "WAIT", 0.1)
    with desk.reading() as connection:
        journal.head(connection)
        assert not retention.erase(desk, [made.person], "fin de conservation", alone(desk)).is_settled
    assert stored_names(desk, made.person) == []


def test_names_of_before_every_person_had_a_key_are_counted(desk: Desk) -> None:
    made, sealer = gone(desk), desk.sealer
    assert sealer is not None
    with desk.database.transaction(retention.TOPICS) as connection:
        former = {"last_name": sealer.seal("persons", "last_name", made.person, "Sacko"), "seal": None}
        chosen = tables.persons.c.id == made.person
        connection.execute(tables.persons.update().where(chosen).values(first_name=None, alias=None, **former))
    assert retention.erase(desk, [made.person], "fin de conservation", alone(desk)).former_seals == 1
