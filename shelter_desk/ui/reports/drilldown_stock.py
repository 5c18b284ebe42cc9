"""The movements behind a figure of the stock."""

from collections.abc import Mapping

from shelter_desk import words
from shelter_desk.domain.reports.figures import Amount, Row
from shelter_desk.domain.stock.moves import Move
from shelter_desk.operations.reports.reports import Month
from shelter_desk.words import formats

Told = tuple[str, str, Amount, str]  # number, day, what it brings, kind with for whom


def heads() -> tuple[str, str, str]:
    """Of day, amount and words."""
    return words.text("Date"), words.text("Quantity"), words.text("Movement")


def lines(month: Month, rows: tuple[Row, ...]) -> tuple[Told, ...]:
    """Each movement with its voucher, its day and what it brings."""
    known: Mapping[int, Move] = {int(move.id): move for move in month.facts.store.moves}
    return tuple(_line(known[key], amount) for key, amount in rows)


def _line(move: Move, amount: Amount) -> Told:
    kind = words.label("stock_move_type", move.move_type)
    about = words.text("{kind}, {who}").format(kind=kind, who=move.third_party) if move.third_party else kind
    return move.voucher_no or move.move_no, formats.short_day(move.moved_on), amount, about
