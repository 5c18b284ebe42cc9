"""Registers out and in again: whatever the shelter, what was written comes back without a change."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.registers.rows import Incoming
from shelter_desk.domain.residents.residents import ALPHABET, check_character, printed
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export, registers
from shelter_desk.operations.stock import stock
from shelter_desk.system import clock
from tests.domain.casefile.filed import Cards, file, file_store, storable
from tests.domain.reports.random_facts.random_care import cared_for
from tests.domain.reports.random_facts.random_store import stores
from tests.domain.reports.shelters import Shelter
from tests.examples import examples
from tests.operations.retention_scene import alone
from tests.operations.shelter import small_shelter


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patched, small_shelter(tmp_path_factory.mktemp("registers") / "s") as opened:
        patched.setattr(clock, "now", lambda: datetime(2027, 6, 1, 12))  # after every random day
        opened.clock_accepted = True
        yield opened


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[*HealthCheck])
@given(shelter=cared_for())
def test_any_shelter_written_and_read_again_is_the_same(desk: Desk, tmp_path: Path, shelter: Shelter) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        file(connection, storable(shelter))
    register_export.export(desk, tmp_path / "out.xlsx")

    looked = registers.look(desk, tmp_path / "out.xlsx")

    assert looked.judgement.refusals == []
    assert {
        name: (one.new, one.changed, one.refused) for name, one in looked.judgement.counts.items()
    } == dict.fromkeys(looked.judgement.counts, (0, 0, 0))


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[*HealthCheck])
@given(cards=stores())
def test_any_store_written_and_read_again_is_the_same(desk: Desk, tmp_path: Path, cards: Cards) -> None:
    file_store(desk, cards)
    register_export.export(desk, tmp_path / "out.xlsx")

    looked = registers.look(desk, tmp_path / "out.xlsx")

    assert looked.judgement.refusals == []
    counts = {name: looked.judgement.counts[name] for name in ("articles", "mouvements") if cards[1]}
    assert {name: (one.new, one.changed, one.same) for name, one in counts.items()} == {
        name: (0, 0, len(rows)) for name, rows in zip(counts, cards, strict=False)
    }


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[*HealthCheck])
@given(cards=stores())
def test_any_store_read_into_another_shelter_has_the_same_balances(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, cards: Cards
) -> None:
    out = tmp_path_factory.mktemp("out") / "out.xlsx"
    file_store(desk, cards)
    register_export.export(desk, out)
    before = {one.item.code: one.physical for one in stock.standing(desk)}
    file_store(desk, ((), ()))

    registers.take_in(desk, registers.look(desk, out))

    assert {one.item.code: one.physical for one in stock.standing(desk)} == before


NASTY = (
    '"a"b;c,d e',
    "a;b",
    "Kayes;Mopti",
    "ml_kayes;ml_mopti",
    "a  b",
    "a\u00a0b",
    "Éa’b, c",
    "=1+1",
    "0007",
    "néant",
    "-",
    "n/a",
    "?",
)


def test_free_words_come_back_to_the_character(desk: Desk, tmp_path: Path) -> None:
    rows = []
    for at, words_ in enumerate(NASTY):
        six = f"QQMQ{ALPHABET[at]}{ALPHABET[at + 7]}"
        told = {"region_origin": words_, "last_name": words_, "alias": words_}
        code = printed(six + check_character(six))
        rows.append(Incoming("personnes", "x", at, {"person_code": code, "sex": "f", "nationality": "SN", **told}))
    registers.take_in_rows(desk, registers.judged(desk, rows))
    register_export.export_with_names(
        desk, tmp_path / "out.xlsx", GateAnswers(purpose="essai"), alone(desk, GraveAct.EXPORT)
    )

    looked = registers.look(desk, tmp_path / "out.xlsx")

    changed = [
        {key: (kept.before[key], value) for key, value in kept.values.items() if kept.before.get(key) != value}
        for kept in looked.judgement.standing["personnes"].values()
        if kept.before is not None and kept.is_changed
    ]
    assert (looked.judgement.refusals, changed) == ([], [])
    for key in ("last_name", "alias", "region_origin"):  # a shelter that knows nobody reads them as well
        assert set(NASTY) - {row.values.get(key) for row in looked.lines} == set(), key
