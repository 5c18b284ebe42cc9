"""What is told of a voucher that was just written: it can be taken back by its contrary, and printed at once."""

from functools import partial

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import VoucherId
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.stock import stock, vouchers
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import printing


def told(desk: Desk, done: Done, sentence: str) -> Told:
    """The sentence, with the contrary voucher as what undoes it, and its paper."""
    made = next(row.id for row in done.written if row.table == "stock_vouchers" and row.before is None)
    key = VoucherId(made)
    paper = words.text("Print the voucher"), partial(print_voucher, desk, key)
    back = partial(vouchers.take_back, desk, key)
    return Told("ok", sentence, contrary=back, other=paper)


def print_voucher(desk: Desk, key: VoucherId, parent: QWidget) -> str:
    """Print that voucher, or write a PDF where there is no printer; what was done, "" when closed."""
    paper = stock.paper(desk, key)
    number = paper.voucher.voucher_no
    return printed(desk, "voucher", printing.print_it(parent, printing.voucher(paper), number), number) or ""
