"""Vouchers and count sheets on paper or as a PDF: codes, quantities and places to sign, never a name of a resident."""

from collections.abc import Collection, Iterable, Sequence
from html import escape

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.stock.moves import Move
from shelter_desk.domain.stock.vouchers import SLIP
from shelter_desk.operations.stock.stock import StockPaper
from shelter_desk.operations.stock.stock_counts import BlindSheet
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats
from shelter_desk.words.reports.stock_names import voucher_kind

POINTS, MARGIN = 10.0, 15.0
Cells = Iterable[str]


def voucher(paper: StockPaper) -> str:
    """A voucher as a document: what, how much, from which lot, and who signs."""
    one = paper.voucher
    title = words.text("{kind} {number}").format(kind=voucher_kind(one.kind), number=one.voucher_no)
    facts = [
        (words.text("Day"), formats.day(one.voucher_on)),
        (words.text("For what"), words.label("issue_purpose", one.purpose) if one.purpose else ""),
        (words.text("For or from"), one.third_party),
        (words.text("Reference"), one.reference),
        (words.text("Reason"), one.reason),
        (words.text("Taken back by"), paper.taken_back_by),
    ]
    said = escape(words.text("{label}: {value}"))
    told = "".join(
        said.format(label=escape(name), value=f"<b>{escape(value)}</b>") + "<br>" for name, value in facts if value
    )
    heads = (words.text("Item"), words.text("Lot"), words.text("Quantity"), words.text("Unit"))
    moves = [
        (
            _named(paper, move),
            amounts.lot(move.lot),
            amounts.bare(move.amount),
            words.label("unit", paper.items[move.item].unit),
        )
        for move in paper.moves
    ]
    if one.kind == "entree" and any(line.asked != line.amount for line in one.lines):
        return _page(paper.shelter, paper.is_training, title, told, _announced(paper) + _signatures(_hands(paper)))
    lines = moves or [
        (
            paper.items[line.item].designation,
            "",
            amounts.bare(line.asked),
            words.label("unit", paper.items[line.item].unit),
        )
        for line in one.lines
    ]
    body = _table(heads, lines, (40, 30, 15, 15), right=(2,)) + _asked(paper) + _signatures(_hands(paper))
    return _page(paper.shelter, paper.is_training, title, told, body)


def _hands(paper: StockPaper) -> list[tuple[str, str]]:
    """Who signs: what comes in is checked by a second person, what is written off has a witness."""
    kind = paper.voucher.kind
    if kind == "entree":
        return [
            (words.text("Delivered by"), ""),
            (words.text("Received by"), paper.issued_by),
            (words.text("Checked by"), ""),
        ]
    if kind == "retour":
        return [
            (words.text("Given back by (signature or thumbprint)"), ""),
            (words.text("Received by"), paper.issued_by),
        ]
    if kind in ("pv", "contrepassation"):
        return [
            (words.text("Written by"), paper.issued_by),
            (words.text("Witness"), ""),
            (words.text("Approved by"), paper.approved_by),
        ]
    return [
        (words.text("Asked for by"), paper.requested_by),
        (words.text("Approved by"), paper.approved_by),
        (words.text("Given out by"), paper.issued_by),
        (words.text("Received by (signature or thumbprint)"), ""),
    ]


def _asked(paper: StockPaper) -> str:
    """What was asked for and not given out as asked, line by line; nothing on a request."""
    text = words.text("{item}: {asked} asked for, {given} given out.")
    differing = [one for one in paper.voucher.lines if one.asked != one.amount and paper.voucher.kind == SLIP]
    told = (
        text.format(
            item=paper.items[one.item].designation,
            asked=amounts.said(one.asked, paper.items[one.item]),
            given=amounts.said(one.amount, paper.items[one.item]),
        )
        for one in differing
    )
    return "".join(f"<p>{escape(one)}</p>" for one in told)


def _announced(paper: StockPaper) -> str:
    """What came beside what was announced: a line of a receipt is one movement."""
    heads = (
        words.text("Item"),
        words.text("Lot"),
        words.text("Announced"),
        words.text("Quantity"),
        words.text("Difference"),
        words.text("Unit"),
    )
    rows = [
        (
            paper.items[move.item].designation,
            amounts.lot(move.lot),
            amounts.bare(line.asked),
            amounts.bare(move.amount),
            amounts.signed(move.amount - line.asked),
            words.label("unit", paper.items[move.item].unit),
        )
        for move, line in zip(paper.moves, paper.voucher.lines, strict=True)
    ]
    return _table(heads, rows, (26, 23, 13, 13, 10, 15), right=(2, 3, 4))


def _named(paper: StockPaper, move: Move) -> str:
    """The item; what is lent is to be given back, and who signs reads it."""
    item = paper.items[move.item].designation
    return words.text("{item}, lent, to be given back").format(item=item) if move.lent else item


def blind_sheet(sheet: BlindSheet) -> str:
    """The sheet of a count to fill in by hand: what the ledger expects is not on it."""
    count = sheet.count
    title = words.text("Count {number}").format(number=count.count_no)
    told = words.text("Frozen on {moment}. Counters: {team}").format(
        moment=formats.moment(count.cut_off_at), team=", ".join(count.team)
    )
    heads = (
        words.text("Item"),
        words.text("Lot"),
        words.text("Unit"),
        words.text("Counted"),
        words.text("Counted again"),
    )
    lines = [
        (
            sheet.items[line.item].designation,
            amounts.lot(line.lot),
            words.label("unit", sheet.items[line.item].unit),
            "",
            "",
        )
        for line in count.lines
    ]
    signs = [(one, "") for one in count.team]
    body = _table(heads, lines, (28, 32, 14, 13, 13)) + _signatures(signs)
    return _page(sheet.shelter, sheet.is_training, title, escape(told), body)


def minutes(sheet: BlindSheet) -> str:
    """The minutes of an approved count: theoretical, counted, difference, cause."""
    count = sheet.count
    title = words.text("Minutes of count {number}").format(number=count.count_no)
    told = words.text("Frozen on {moment}. Counters: {team}").format(
        moment=formats.moment(count.cut_off_at), team=", ".join(count.team)
    )
    heads = (
        words.text("Item"),
        words.text("Lot"),
        words.text("Theoretical"),
        words.text("Counted"),
        words.text("Difference"),
        words.text("Value, XOF"),
        words.text("Cause"),
    )
    lines = [
        (
            sheet.items[line.item].designation,
            amounts.lot(line.lot),
            amounts.bare(sheet.expected.get(line.id, 0)),
            formats.NONE if line.found is None else amounts.bare(line.found),
            amounts.signed(sheet.differences.get(line.id, 0)),
            _value(sheet, line.id),
            words.label("count_cause", line.cause) if line.id in sheet.differences and line.cause else "",
        )
        for line in count.lines
    ]
    signs = [*((one, "") for one in count.team), (words.text("Approved by"), sheet.approved_by)]
    body = _table(heads, lines, (22, 22, 13, 11, 9, 10, 13), right=(2, 3, 4, 5))
    body += f"<p>{escape(count.conclusion)}</p>" if count.conclusion else ""
    body += _signatures(signs)
    return _page(sheet.shelter, sheet.is_training, title, escape(told), body)


def _value(sheet: BlindSheet, line: int) -> str:
    """What the difference is worth, for information; a dash where no price is known, nothing where there is none."""
    if line not in sheet.differences:
        return ""
    value = sheet.worth.get(line)
    return formats.NONE if value is None else formats.number(value)


def _page(shelter: str, training: bool, title: str, told: str, body: str) -> str:
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    return f"{mark}<p>{escape(shelter)}</p><h2>{escape(title)}</h2><p>{told}</p>{body}{mark}"


def _table(heads: Cells, rows: Iterable[Cells], widths: Sequence[int], right: Collection[int] = ()) -> str:
    """widths: in percent; right: the columns of numbers. The heads stand on top of each page."""

    sides = ["right" if at in right else "left" for at, _ in enumerate(widths)]

    def cells(row: Cells, tag: str) -> str:
        return "".join(
            f"<{tag} align='{side}' width='{width}%'>{escape(cell) or '&nbsp;'}</{tag}>"
            for cell, side, width in zip(row, sides, widths, strict=True)
        )

    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return (
        "<table width='100%' border='1' cellspacing='0' cellpadding='4' style='border-collapse:collapse'>"
        f"<thead><tr>{cells(heads, 'th')}</tr></thead>{body}</table>"
    )


def _signatures(signs: Iterable[tuple[str, str]]) -> str:
    each = list(signs)
    cells = "".join(
        f"<td width='{100 // len(each)}%'>{escape(what)}<br><b>{escape(who) or '&nbsp;'}</b><br><br><br></td>"
        for what, who in each
    )
    return (
        "<p>&nbsp;</p><table width='100%' border='1' cellspacing='0' cellpadding='4' "
        f"style='border-collapse:collapse'><tr>{cells}</tr></table>"
    )


def print_it(parent: QWidget, html: str, suggested: str) -> str:
    """Print it, or write a PDF where there is no printer; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    title, saved, file = _saving(suggested)
    paint = printing.sheets(html, POINTS)
    return printing.send(parent, paint, title, words.text("It is printed."), saved, file=file, margin=MARGIN)


def save(parent: QWidget, html: str, suggested: str) -> str:
    """Write a PDF where the person says; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    title, saved, file = _saving(suggested)
    return printing.save(parent, printing.sheets(html, POINTS), title, saved, file=file, margin=MARGIN)


def _saving(suggested: str) -> tuple[str, str, str]:
    return words.text("Save as PDF"), words.text("Saved in {file}."), f"{suggested}.pdf"
