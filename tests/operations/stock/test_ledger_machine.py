"""The ledger played at random: receipts, issues, gifts, loans, returns, back-dating, reversals, counts, expiry.

Beside it a clerk writes every movement that was accepted into a list, and counts the list day by day.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
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
from shelter_desk.domain.stock.moves import ISSUES, Lot, Move
from shelter_desk.domain.stock.refusals import NotEnough
from shelter_desk.domain.stock.vouchers import AskedLine, BroughtBack, Receipt, ReceivedLine, Slip, TakenLine
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, stock, stock_counts, vouchers
from shelter_desk.operations.stock.stock_counts import CountEntry
from shelter_desk.storage.reports import reports as stored_reports
from shelter_desk.storage.stock import stock as stored_stock
from shelter_desk.system import clock
from tests.examples import examples
from tests.operations import store_scene as scene
from tests.operations.shelter import admit, open_small_shelter

DAYS = st.integers(0, 40)
AMOUNTS = st.integers(1, 12).map(lambda n: n * 500)
DONORS = st.sampled_from(("oim", "ue", "don_prive"))


class LedgerMachine(RuleBasedStateMachine):
    """One store, three items: rice in lots that expire, soap that stands for a service, blankets that are lent."""

    desk: Desk

    @initialize()
    def open(self) -> None:
        self.desk = open_small_shelter(Path(mkdtemp()) / "s")
        self.rice, self.soap = scene.rice(self.desk), scene.soap(self.desk)
        self.blanket = scene.blanket(self.desk)
        self.items = self.rice, self.soap, self.blanket
        self.stay = admit(self.desk, "1A", days=45).stay
        self.gifts: set[str] = set()  # slips of soap to the resident that stand
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

    @rule(days=DAYS, amount=AMOUNTS, donor=DONORS, is_soap=st.booleans())
    def soap_or_blankets_come(self, days: int, amount: int, donor: str, is_soap: bool) -> None:
        self._receive(self.soap if is_soap else self.blanket, days, amount, Lot(donor=donor))

    def _receive(self, item: ItemId, days: int, amount: int, lot: Lot) -> None:
        receipt = Receipt(scene.ago(days), "don", (ReceivedLine(item, amount, lot),))
        if self._try(lambda: vouchers.receive(self.desk, receipt)):
            self.written.append((item, scene.ago(days), amount, lot))

    @rule(days=DAYS, amount=AMOUNTS, is_rice=st.booleans())
    def something_goes(self, days: int, amount: int, is_rice: bool) -> None:
        """From the lots that are proposed, which are known once they are written."""
        self._issue(Slip(scene.ago(days), "cuisine", (AskedLine(self.rice if is_rice else self.soap, amount),)))

    @rule(days=DAYS, amount=AMOUNTS, is_soap=st.booleans())
    def a_resident_gets_something(self, days: int, amount: int, is_soap: bool) -> None:
        """Soap is given, which is a service; a blanket is lent, which is none."""
        line = AskedLine(self.soap, amount) if is_soap else AskedLine(self.blanket, amount, lent=True)
        number = self._issue(Slip(scene.ago(days), "individuel", (line,), self.stay))
        if number and is_soap:
            self.gifts.add(number)

    def _issue(self, slip: Slip) -> str:
        """The number of the slip, "" where it is refused."""
        before, done = self._last(), list[str]()
        told = replace(slip, approved_by=self.desk.user)
        if not self._try(lambda: done.append(issuing.issue(self.desk, told).subject)):
            return ""
        moves = self._since(before)
        assert sum(move.amount for move in moves) == sum(line.amount for line in slip.lines)
        for move in moves:
            assert not move.lot.is_expired(move.moved_on)
            self._note(move)
        return done[0]

    def _note(self, move: Move) -> None:
        self.written.append((move.item, move.moved_on, move.change, move.lot))

    def _last(self) -> int:
        with self.desk.reading() as connection:
            return stored_stock.last_move(connection)

    def _since(self, last: int) -> list[Move]:
        with self.desk.reading() as connection:
            return [move for item in self.items for move in stored_stock.moves_of(connection, item) if move.id > last]

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
    @rule(days=DAYS, amount=AMOUNTS, data=st.data())
    def something_is_sent_away(self, days: int, amount: int, data: st.DataObject) -> None:
        item, _, _, lot = data.draw(st.sampled_from(self.written))
        if self._try(lambda: vouchers.send_away(self.desk, scene.ago(days), [TakenLine(item, lot, amount)], "Croix")):
            self.written.append((item, scene.ago(days), -amount, lot))

    @precondition(lambda self: bool(stock.loans(self.desk)))
    @rule(days=DAYS, data=st.data())
    def a_loan_is_lost(self, days: int, data: st.DataObject) -> None:
        """It came back on paper and is gone: in all, nothing."""
        loan = data.draw(st.sampled_from(stock.loans(self.desk)))
        lost = BroughtBack(loan.move.id, loan.out)
        if self._try(lambda: vouchers.lose_loan(self.desk, scene.ago(days), [lost], "Partie avec")):
            for change in (loan.out, -loan.out):
                self.written.append((self.blanket, scene.ago(days), change, loan.move.lot))

    @precondition(lambda self: self.written)
    @rule(data=st.data())
    def a_voucher_is_taken_back(self, data: st.DataObject) -> None:
        everything = stock.papers(self.desk, Period(scene.ago(60), clock.today()))
        one, before = data.draw(st.sampled_from(everything)), self._last()
        if self._try(lambda: vouchers.take_back(self.desk, one.id)):
            self.gifts.discard(one.voucher_no)
            for move in self._since(before):
                self._note(move)

    @precondition(lambda self: self.written)
    @rule(data=st.data(), only=st.sampled_from(("", "aliments_secs", "hygiene")))
    def the_store_is_counted(self, data: st.DataObject, only: str) -> None:
        """While it is counted things come, go and are taken back, which is replayed on top; nothing is back-dated."""
        key = stock_counts.begin(self.desk, ["A. D.", "K. T."], only)
        lines, before = stock_counts.sheet(self.desk, key).count.lines, len(self.written)
        for act in data.draw(st.lists(st.sampled_from(("comes", "goes", "back", "before")), max_size=3)):
            self._happens_meanwhile(act, data, {line.item for line in lines})
        found = {line.id: data.draw(AMOUNTS) for line in lines}
        entries = [CountEntry(n, amount, amount, "erreur_saisie") for n, amount in found.items()]
        stock_counts.enter(self.desk, key, entries)
        meanwhile, last = self.written[before:], self._last()
        if self._try(lambda: stock_counts.approve(self.desk, key)):
            for move in self._since(last):
                self._note(move)
            for line in lines:
                more = sum(change for item, _, change, lot in meanwhile if (item, lot) == (line.item, line.lot))
                assert self._clerk(line.item)[line.lot] == found[line.id] + more
        else:
            stock_counts.give_up(self.desk, key)

    def _happens_meanwhile(self, act: str, data: st.DataObject, counted: set[ItemId]) -> None:
        amount = data.draw(AMOUNTS)
        if act == "comes":
            self._receive(self.soap, 0, amount, Lot(donor="oim"))
        elif act == "goes":
            self._issue(Slip(scene.ago(0), "cuisine", (AskedLine(self.rice, amount),)))
        elif act == "back":
            self.a_voucher_is_taken_back(data)
        elif self.soap in counted:
            before, refused = len(self.written), self.refused
            self._receive(self.soap, 1, amount, Lot(donor="oim"))
            assert (len(self.written), self.refused) == (before, refused + 1)

    def _clerk(self, item: ItemId) -> dict[Lot, int]:
        found: dict[Lot, int] = defaultdict(int)
        for of, _, change, lot in self.written:
            if of == item:
                found[lot] += change
        return found

    @invariant()
    def no_item_and_no_lot_was_ever_below_zero(self) -> None:
        for item in self.items if hasattr(self, "items") else ():
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
        for item in self.items if hasattr(self, "items") else ():
            left = dict(stock.card(self.desk, item).lots)
            assert left == {lot: amount for lot, amount in self._clerk(item).items() if amount}

    @invariant()
    def the_figures_reconcile(self) -> None:
        if not hasattr(self, "items"):
            return
        period = Period(scene.ago(20), scene.ago(5))
        with self.desk.reading() as connection:
            report = compute(stored_reports.facts(connection, period))
        assert [one for one in report.identities if one.id in ("I-18", "I-19", "I-20") and not one.holds] == []
        for item, code in zip(self.items, ("RIZ", "SAV", "COUV"), strict=True):
            for key, day in (("t11.opening", scene.ago(21)), ("t11.closing", period.last)):
                there = sum(change for of, moved_on, change, _ in self.written if of == item and moved_on <= day)
                assert report.value(key, ("item_code", code)) == there / 1000

    @invariant()
    def each_gift_that_stands_is_one_service(self) -> None:
        if hasattr(self, "items"):
            served = assistance.of_stays(self.desk, [self.stay]).get(self.stay, ())
            assert len(served) == len(self.gifts)

    @invariant()
    def vouchers_are_numbered_without_gaps(self) -> None:
        if not hasattr(self, "items"):
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
