"""Movements that happened in a closed month: dated today, with their real day, for a reason that the journal keeps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.ids import ServiceId, VoucherId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.exits import BACK, LOST, ExitRecord, LoanEnd, nothing_said
from shelter_desk.domain.stock.moves import Lot, Move
from shelter_desk.domain.stock.refusals import CountOpen, LotExpired, NotEnough, NotReversible
from shelter_desk.domain.stock.vouchers import AskedLine, BroughtBack, Receipt, ReceivedLine, Slip, TakenLine
from shelter_desk.operations.assistance import assistance, service_from_stock
from shelter_desk.operations.desk import Desk, Done, undo
from shelter_desk.operations.reports import closing, month_versions
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.operations.stock import issuing, reclassifying, stock, stock_counts, vouchers
from shelter_desk.operations.stock.reclassifying import Reclassified
from shelter_desk.operations.vault import journal as journal_operations
from shelter_desk.storage.file import journal
from shelter_desk.storage.stock import stock as stored_stock
from shelter_desk.system import clock
from shelter_desk.words import formats
from shelter_desk.words import journal as words_of_journal
from tests.operations import store_scene as scene
from tests.operations.shelter import admit, month_when_over, open_small_shelter
from tests.operations.stock_desk import director

LATE = "saisie_tardive: le cahier du magasin"


@dataclass
class ClosedStore:
    """A store with thirty of each thing since before the month that is closed, and somebody here as long."""

    desk: Desk
    month: Period
    she: Admitted
    lot: Lot

    def __post_init__(self) -> None:
        self.soap, self.rice, self.blanket = scene.soap(self.desk), scene.rice(self.desk), scene.blanket(self.desk)
        for item, lot in ((self.soap, Lot()), (self.rice, self.lot), (self.blanket, Lot("", None, "oim"))):
            self.first = scene.came(self.desk, item, 30_000, self.month.first - timedelta(days=3), lot, "don")

    @property
    def day(self) -> date:
        """In the middle of the month that is closed."""
        return self.month.first + timedelta(days=14)

    def slip(self, *lines: AskedLine, purpose: str = "cuisine", day: date | None = None) -> Slip:
        whom = self.she.stay if purpose == "individuel" else None
        return Slip(day or self.day, purpose, lines, whom, approved_by=director(self.desk))

    def last(self) -> Move:
        """The movement written last."""
        with self.desk.reading() as connection:
            return max(stored_stock.all_moves(connection), key=lambda one: one.id)

    def voucher(self) -> VoucherId:
        """That of the movement written last."""
        return scene.voucher(self.desk, self.last().voucher_no)

    def told(self) -> journal.JournalLine:
        """The last line of the journal."""
        with self.desk.reading() as connection:
            return journal.last(connection)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClosedStore]:
    """On a 20 November, October closed."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 12))
    with open_small_shelter(tmp_path / "shelter") as desk:
        month = Period(desk.today(), desk.today()).month_before
        made = ClosedStore(desk, month, admit(desk, "1A", days=100), Lot("A", month.last, "oim"))
        closing.close(desk, month, lambda _: "sans_objet")
        yield made


def receive(store: ClosedStore) -> Done:
    return vouchers.receive(store.desk, Receipt(store.day, "achat", (ReceivedLine(store.soap, 5_000),)))


def issue(store: ClosedStore) -> Done:
    return issuing.issue(store.desk, store.slip(AskedLine(store.soap, 2_000)))


def lend(store: ClosedStore) -> Done:
    line = AskedLine(store.blanket, 1_000, lent=True)
    return issuing.issue(store.desk, store.slip(line, purpose="individuel"))


def break_some(store: ClosedStore) -> Done:
    return vouchers.write_off(
        store.desk, store.day, "casse_avarie", (TakenLine(store.soap, Lot(), 1_000),), "tombé du camion"
    )


def send(store: ClosedStore) -> Done:
    return vouchers.send_away(store.desk, store.day, (TakenLine(store.soap, Lot(), 1_000),), "CSCom")


def keep_as_equipment(store: ClosedStore) -> Done:
    lot = Lot("", None, "oim")
    said = Reclassified(store.blanket, lot, 2, store.day, "literie", "neuf", "rendues chaque matin")
    return reclassifying.to_equipment(store.desk, said)


DOORS: tuple[Callable[[ClosedStore], Done], ...] = (receive, issue, lend, break_some, send, keep_as_equipment)


@pytest.mark.parametrize("door", DOORS, ids=lambda one: one.__name__)
def test_what_happened_in_a_closed_month_is_dated_today_with_its_real_day_and_a_reason(
    store: ClosedStore, door: Callable[[ClosedStore], Done]
) -> None:
    desk, before = store.desk, store.last()
    with pytest.raises(NeedsLateReason) as refused:
        door(store)
    assert (refused.value.months, refused.value.moved_on, store.last()) == ((store.month,), store.day, before)
    with desk.because_late(LATE):
        done = door(store)
    made, told = store.last(), store.told()
    assert (made.moved_on, made.actual_on, made.happened_on) == (desk.today(), store.day, store.day)
    assert (told.known["late_reason"], told.known["actual_on"]) == (LATE, [store.day.isoformat()])
    assert "late_months" not in told.known
    paper = stock.paper(desk, store.voucher())
    assert (paper.voucher.voucher_on, paper.actual_on, done.late_reason) == (desk.today(), store.day, LATE)
    assert month_versions.pending(desk, store.month) == ()


@pytest.mark.parametrize("day", ["today", "yesterday of an open month"])
def test_no_real_day_is_kept_where_the_month_is_open(store: ClosedStore, day: str) -> None:
    on = store.desk.today() if day == "today" else store.month.last + timedelta(days=1)
    with store.desk.because_late(LATE):
        scene.came(store.desk, store.soap, 1_000, on)
    assert (store.last().moved_on, store.last().actual_on) == (on, None)
    assert "late_reason" not in store.told().known


def test_the_journal_shows_the_real_day_beside_the_reason(store: ClosedStore) -> None:
    with store.desk.because_late(LATE):
        receive(store)
    told = dict(journal_operations.detail(store.desk, store.told().seq).facts)
    assert told["actual_on"] == [store.day.isoformat()]
    assert words_of_journal.value("actual_on", told["actual_on"], "") == formats.day(store.day)


def test_figures_of_both_months_hold_and_go_by_the_day_it_is_dated_on(store: ClosedStore) -> None:
    desk, of_soap = store.desk, (("item_code", "SAV"),)
    with desk.because_late(LATE):
        issuing.issue(desk, store.slip(AskedLine(store.soap, 2_000), purpose="individuel"))
    (service,) = assistance.of_stays(desk, [store.she.stay])[store.she.stay]
    assert (service.service_on, store.last().service_no) == (store.day, service.service_no)
    closing.reopen(desk, store.month, "pour recompter")
    now = Period(desk.today().replace(day=1), desk.today())
    for period, closing_stock in ((store.month, 30), (now, 28)):
        report = month_when_over(desk, period).report
        assert report.value("t11.closing", *of_soap) == closing_stock
        assert [one for one in report.identities if not one.holds] == []


def test_a_lot_that_expired_since_was_good_on_the_real_day(store: ClosedStore) -> None:
    desk = store.desk
    with pytest.raises((LotExpired, NotEnough)):
        issuing.issue(desk, store.slip(AskedLine(store.rice, 1_000), day=desk.today()))
    with desk.because_late(LATE):
        issuing.issue(desk, store.slip(AskedLine(store.rice, 1_000)))
    assert (store.last().lot, store.last().actual_on) == (store.lot, store.day)


def test_only_what_is_there_today_goes_out(store: ClosedStore) -> None:
    desk = store.desk
    scene.went(desk, store.soap, 29_000)
    assert stock.lots(desk, store.soap, store.day) == ((Lot(), 1_000),)
    with desk.because_late(LATE), pytest.raises(NotEnough) as refused:
        issuing.issue(desk, store.slip(AskedLine(store.soap, 2_000)))
    assert (refused.value.on_hand, refused.value.day) == (1, desk.today())


def test_a_loan_typed_late_is_out_since_its_real_day_and_comes_back_after_it(store: ClosedStore) -> None:
    desk = store.desk
    with desk.because_late(LATE):
        lend(store)
        (loan,) = stock.loans(desk)
        assert loan.move.happened_on == store.day
        with pytest.raises(NotReversible):
            vouchers.give_back(desk, store.day - timedelta(days=1), [BroughtBack(loan.move.id, 1_000)])
        vouchers.give_back(desk, store.month.last, [BroughtBack(loan.move.id, 1_000)])
    back = store.last()
    assert (back.moved_on, back.actual_on, stock.loans(desk)) == (desk.today(), store.month.last, ())


def test_a_loan_typed_late_comes_back_no_sooner_than_it_is_dated(
    store: ClosedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, first = store.desk, store.month.last + timedelta(days=1)
    later = clock.now() + timedelta(days=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    with desk.because_late(LATE):
        lend(store)
    (loan,) = stock.loans(desk)
    vouchers.give_back(desk, first, [BroughtBack(loan.move.id, 1_000)])
    back = store.last()
    assert (back.moved_on, back.actual_on) == (loan.move.moved_on, first)


@pytest.mark.parametrize("end", [BACK, LOST])
def test_an_exit_of_a_closed_month_brings_loans_back_today_for_its_own_reason(store: ClosedStore, end: str) -> None:
    desk = store.desk
    with desk.because_late(LATE):
        lend(store)
    (loan,) = stock.loans(desk)
    ends = (LoanEnd(loan.move.id, end, "emportée" if end == LOST else ""),)
    at = datetime.combine(store.month.last, time(9))

    def leave() -> None:
        record = ExitRecord(nothing_said(store.she.stay), loans=ends)
        stays.leave(desk, store.she.stay, at, "autonomie", "mali_autre", record)

    with pytest.raises(NeedsLateReason) as refused:
        leave()
    assert refused.value.moved_on == store.month.last
    with desk.because_late(LATE):
        leave()
    made = store.last()
    assert (made.moved_on, made.actual_on, stock.loans(desk)) == (desk.today(), store.month.last, ())
    assert store.told().known["late_months"] == [f"{store.month.first:%Y-%m}"]


def test_a_kit_of_an_admission_in_a_closed_month_is_dated_today(store: ClosedStore) -> None:
    desk = store.desk
    scene.kit(desk, (store.soap, 1_000), service_type="")
    admission = Admission(
        datetime.combine(store.day, time(15)), "premiere", "transit", "f", nationality="ML", kit="HYG"
    )
    with desk.because_late(LATE):
        stays.admit(desk, admission)
    made = store.last()
    assert (made.moved_on, made.actual_on, made.change) == (desk.today(), store.day, -1_000)


def test_a_service_of_a_closed_month_takes_from_the_store_today(store: ClosedStore) -> None:
    desk = store.desk
    service = Service(ServiceId(0), "", store.day, store.she.stay, "nfi_hygiene")
    (thing,) = service_from_stock.things(desk, "nfi_hygiene")
    with desk.because_late(LATE):
        service_from_stock.give(desk, service, thing, 1_000)
    (kept,) = assistance.of_stays(desk, [store.she.stay])[store.she.stay]
    assert (kept.service_on, store.last().moved_on, store.last().actual_on) == (store.day, desk.today(), store.day)


def test_the_contrary_of_what_stands_in_a_closed_month_has_its_day_as_the_real_one(store: ClosedStore) -> None:
    desk = store.desk
    closing.reopen(desk, store.month, "un oubli")
    came = scene.came(desk, store.soap, 9_000, store.day)
    closing.close(desk, store.month, lambda _: "sans_objet")
    with pytest.raises(NeedsLateReason):
        vouchers.take_back(desk, came)
    vouchers.take_back(desk, came, "compté deux fois")
    made = store.last()
    assert (made.move_type, made.moved_on, made.actual_on) == ("correction", desk.today(), store.day)
    assert store.told().known["late_reason"] == "compté deux fois"
    assert month_versions.pending(desk, store.month) == ()


def test_the_contrary_of_what_was_dated_today_has_no_other_day(store: ClosedStore) -> None:
    with store.desk.because_late(LATE):
        receive(store)
    vouchers.take_back(store.desk, store.voucher())
    assert (store.last().move_type, store.last().actual_on) == ("correction", None)


def test_what_was_typed_late_is_undone_without_asking_again(store: ClosedStore) -> None:
    desk, before = store.desk, store.last()
    with desk.because_late(LATE):
        done = vouchers.receive(desk, Receipt(store.day, "achat", (ReceivedLine(store.soap, 5_000),)))
    undo(desk, done)
    assert (store.last(), scene.balance(desk, store.soap)) == (before, 30_000)


def test_nothing_that_happened_before_an_open_count_is_typed_under_it(store: ClosedStore) -> None:
    desk = store.desk
    stock_counts.begin(desk, ("AB", "CD"), items=(store.soap,))
    with desk.because_late(LATE), pytest.raises(CountOpen):
        receive(store)


def test_a_request_whose_service_was_of_a_closed_month_is_issued_today(store: ClosedStore) -> None:
    desk = store.desk
    service = Service(ServiceId(0), "", store.day, store.she.stay, "nfi_hygiene")
    (thing,) = service_from_stock.things(desk, "nfi_hygiene")
    desk.role = Role.CASE_WORKER
    with desk.because_late(LATE):
        service_from_stock.give(desk, service, thing, 1_000)
    desk.role = Role.DIRECTOR
    (request,) = stock.requests(desk)
    slip = store.slip(AskedLine(store.soap, 1_000), purpose="individuel", day=desk.today())
    with pytest.raises(NeedsLateReason):
        issuing.answer(desk, request.id, slip)
    with desk.because_late(LATE):
        issuing.answer(desk, request.id, slip)
    assert (store.last().moved_on, store.last().actual_on) == (desk.today(), store.day)
