"""The ledger played at random: receipts, issues, returns, back-dated movements, reversals, counts, expiry.

Beside it a clerk writes every movement that was accepted into a list, and counts the list day by day.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.domain.stock.moves import ISSUES, Lot
from shelter_desk.domain.stock.refusals import NotEnough
from shelter_desk.domain.stock.vouchers import AskedLine, BroughtBack, Receipt, ReceivedLine, Slip, TakenLine
from shelter_desk.operations import counting, issuing, stock, vouchers
from shelter_desk.operations.counting import Entry
from shelter_desk.operations.desk import Desk
from shelter_desk.storage import reports as stored_reports
from shelter_desk.storage import stock as stored
from shelter_desk.system import clock
from tests.examples import examples
from tests.operations import store_scene as scene
from tests.operations.shelter import open_small_shelter

DAYS = st.integers(0, 40)
AMOUNTS = st.integers(1, 12).map(lambda n: n * 500)
DONORS = st.sampled_from(("oim", "ue", "don_prive"))


class LedgerMachine(RuleBasedStateMachine):
    """One store, two items: rice in lots that expire, soap without."""

    desk: Desk

    @initialize()
    def open(self) -> None:
        self.desk = open_small_shelter(Path(mkdtemp()) / "s")
        self.rice, self.soap = scene.rice(self.desk), scene.soap(self.desk)
        self.written: list[tuple[ItemId, date, int, Lot]] = []
        self.refused = 0

    def _try(self, act: Callable[[], Any]) -> bool:
        try:
            act()
        except RuleBroken:
            self.refused += 1
            return False
        return True

    def _lots(self, item: ItemId) -> list[Lot]:
        return list(dict.fromkeys(lot for of, _, _, lot in self.written if of == item))

    @rule(days=DAYS, amount=AMOUNTS, donor=DONORS, lot=st.sampled_from("AB"), expires=st.integers(-30, 30))
    def rice_comes(self, days: int, amount: int, donor: str, lot: str, expires: int) -> None:
        of = Lot(lot, clock.today() + timedelta(days=expires), donor)
        self._receive(self.rice, days, amount, of)

    @rule(days=DAYS, amount=AMOUNTS, donor=DONORS)
    def soap_comes(self, days: int, amount: int, donor: str) -> None:
        self._receive(self.soap, days, amount, Lot(donor=donor))

    def _receive(self, item: ItemId, days: int, amount: int, lot: Lot) -> None:
        receipt = Receipt(scene.ago(days), "don", (ReceivedLine(item, amount, lot),))
        if self._try(lambda: vouchers.receive(self.desk, receipt)):
            self.written.append((item, scene.ago(days), amount, lot))

    @rule(days=DAYS, amount=AMOUNTS, is_rice=st.booleans())
    def something_goes(self, days: int, amount: int, is_rice: bool) -> None:
        """From the lots that are proposed, which are known once they are written."""
        item = self.rice if is_rice else self.soap
        before = self._last()
        slip = Slip(scene.ago(days), "cuisine", (AskedLine(item, amount),), approved_by=self.desk.user)
        if self._try(lambda: issuing.issue(self.desk, slip)):
            for move in self._since(before):
                assert not move.lot.is_expired(move.moved_on)
                self.written.append((item, move.moved_on, move.change, move.lot))

    def _last(self) -> int:
        with self.desk.reading() as connection:
            return stored.last_move(connection)

    def _since(self, last: int) -> list[Any]:
        with self.desk.reading() as connection:
            moves = [*stored.moves_of(connection, self.rice), *stored.moves_of(connection, self.soap)]
        return [move for move in moves if move.id > last]

    @precondition(lambda self: self.written)
    @rule(days=DAYS, amount=AMOUNTS, data=st.data(), kind=st.sampled_from(("peremption", "casse_avarie")))
    def something_is_written_off(self, days: int, amount: int, data: st.DataObject, kind: str) -> None:
        item, _, _, lot = data.draw(st.sampled_from(self.written))
        taken = TakenLine(item, lot, amount)
        if self._try(lambda: vouchers.write_off(self.desk, scene.ago(days), kind, [taken], "Carton mouillé")):
            self.written.append((item, scene.ago(days), -amount, lot))

    @precondition(lambda self: any(change < 0 for _, _, change, _ in self.written))
    @rule(days=DAYS, amount=AMOUNTS, data=st.data())
    def something_comes_back(self, days: int, amount: int, data: st.DataObject) -> None:
        issued = [move for move in self._since(0) if move.move_type in ISSUES]
        if issued:
            move = data.draw(st.sampled_from(issued))
            back = BroughtBack(move.id, amount)
            if self._try(lambda: vouchers.give_back(self.desk, scene.ago(days), [back])):
                self.written.append((move.item, scene.ago(days), amount, move.lot))

    @precondition(lambda self: self.written)
    @rule(data=st.data())
    def a_voucher_is_taken_back(self, data: st.DataObject) -> None:
        everything = stock.papers(self.desk, Period(scene.ago(60), clock.today()))
        one, before = data.draw(st.sampled_from(everything)), self._last()
        if self._try(lambda: vouchers.take_back(self.desk, one.id)):
            for move in self._since(before):
                self.written.append((move.item, move.moved_on, move.change, move.lot))

    @precondition(lambda self: self.written)
    @rule(data=st.data(), between=AMOUNTS)
    def the_store_is_counted(self, data: st.DataObject, between: int) -> None:
        """While it is counted soap comes in, which is replayed on top."""
        key = counting.begin(self.desk, ["A. D.", "K. T."])
        self._receive(self.soap, 0, between, Lot(donor="oim"))
        lines = counting.sheet(self.desk, key).count.lines
        found = {line.id: data.draw(AMOUNTS) for line in lines}
        entries = [Entry(n, amount, amount, "erreur_saisie") for n, amount in found.items()]
        counting.enter(self.desk, key, entries)
        before = self._last()
        if self._try(lambda: counting.approve(self.desk, key)):
            for move in self._since(before):
                self.written.append((move.item, move.moved_on, move.change, move.lot))
            for line in lines:
                more = between if line.lot == Lot(donor="oim") and line.item == self.soap else 0
                assert self._clerk(line.item)[line.lot] == found[line.id] + more
        else:
            counting.give_up(self.desk, key)

    def _clerk(self, item: ItemId) -> dict[Lot, int]:
        found: dict[Lot, int] = defaultdict(int)
        for of, _, change, lot in self.written:
            if of == item:
                found[lot] += change
        return found

    @invariant()
    def no_item_and_no_lot_was_ever_below_zero(self) -> None:
        for item in (self.rice, self.soap) if hasattr(self, "rice") else ():
            days = sorted({day for of, day, _, _ in self.written if of == item})
            for lot in (None, *self._lots(item)):
                for day in days:
                    total = sum(
                        change
                        for of, moved_on, change, of_lot in self.written
                        if of == item and moved_on <= day and lot in (None, of_lot)
                    )
                    assert total >= 0, (item, lot, day)

    @invariant()
    def every_lot_keeps_its_donor_and_its_amount(self) -> None:
        for item in (self.rice, self.soap) if hasattr(self, "rice") else ():
            left = dict(stock.card(self.desk, item).lots)
            assert left == {lot: amount for lot, amount in self._clerk(item).items() if amount}

    @invariant()
    def the_figures_reconcile(self) -> None:
        if not hasattr(self, "rice"):
            return
        with self.desk.reading() as connection:
            facts = stored_reports.facts(connection, Period(scene.ago(20), scene.ago(5)))
        assert [one for one in compute(facts).identities if one.id in ("I-18", "I-19", "I-20") and not one.holds] == []

    @invariant()
    def vouchers_are_numbered_without_gaps(self) -> None:
        if not hasattr(self, "rice"):
            return
        numbers: dict[str, list[int]] = defaultdict(list)
        for one in stock.papers(self.desk, Period(scene.ago(400), clock.today())):
            prefix, _, count = one.voucher_no.rpartition("-")
            numbers[prefix].append(int(count))
        assert {prefix: sorted(found) for prefix, found in numbers.items()} == {
            prefix: list(range(1, len(found) + 1)) for prefix, found in numbers.items()
        }

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()
            shutil.rmtree(self.desk.folder.parent)


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(max_examples=examples(12), stateful_step_count=25, deadline=None)


def test_the_error_that_stops_an_issue_says_how_much_is_free_and_when(tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "s") as desk:
        rice = scene.rice(desk)
        scene.came(desk, rice, 5_000, scene.ago(10), Lot("L", scene.ahead(90), "oim"))
        scene.went(desk, rice, 4_000, scene.ago(2))
        try:
            scene.went(desk, rice, 2_000, scene.ago(5))
        except NotEnough as error:
            told = (error.item_code, error.on_hand, error.day)
    assert told == ("RIZ", 1, scene.ago(2))
