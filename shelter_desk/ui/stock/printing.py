"""Vouchers, count sheets and labels on paper or as a PDF: codes, quantities and places to sign, no resident’s name."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import Any, Literal, NamedTuple

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock.counting import StockCountLine
from shelter_desk.domain.stock.items import Item, label_code
from shelter_desk.domain.stock.moves import NO_LOT, Lot
from shelter_desk.domain.stock.vouchers import SLIP
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.operations.stock.stock import StockPaper
from shelter_desk.operations.stock.stock_counts import BlindSheet
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.widgets.print import bar_labels, printing
from shelter_desk.ui.widgets.print.bar_labels import BarLabel
from shelter_desk.words import formats
from shelter_desk.words.reports.stock_names import voucher_kind

POINTS, MARGIN = 10.0, 15.0
_LINED = "<table width='100%' border='1' cellspacing='0' cellpadding='4' style='border-collapse:collapse'>"


class PaperColumn(NamedTuple):
    """A column of a printed table. width: in percent; side: that of numbers is the right one."""

    heading: str
    width: int
    cell: Callable[[Any], str]
    side: Literal["left", "right"] = "left"


def voucher(paper: StockPaper) -> str:
    """A voucher as a document: what, how much, from which lot, and who signs."""
    one = paper.voucher
    title = words.text("{kind} {number}").format(kind=voucher_kind(one.kind), number=one.voucher_no)
    facts = [
        (words.text("Day"), formats.day(one.voucher_on)),
        (words.text("Real day"), "" if paper.actual_on is None else formats.day(paper.actual_on)),
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
    if one.kind == "entree" and any(line.asked != line.amount for line in one.lines):
        table = _announced(paper)
    else:
        table = _moved(paper)
    return _page(paper.shelter, paper.is_training, title, told, table + _asked(paper) + _signatures(_hands(paper)))


def _moved(paper: StockPaper) -> str:
    """What was moved; on a request, what is asked for."""

    def name(row: tuple[Item, int, str, bool]) -> str:
        """What is lent is to be given back, and who signs reads it."""
        lent = words.text("{item}, lent, to be given back")
        return lent.format(item=row[0].designation) if row[3] else row[0].designation

    rows = [(paper.items[move.item], move.amount, amounts.lot(move.lot), move.lent) for move in paper.moves]
    rows = rows or [(paper.items[line.item], line.asked, "", False) for line in paper.voucher.lines]
    return _table(
        rows,
        PaperColumn(words.text("Item"), 40, name),
        PaperColumn(words.text("Lot"), 30, lambda row: row[2]),
        PaperColumn(words.text("Quantity"), 15, lambda row: amounts.bare(row[1]), "right"),
        PaperColumn(words.text("Unit"), 15, lambda row: words.label("unit", row[0].unit)),
    )


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
    return _table(
        list(zip(paper.moves, paper.voucher.lines, strict=True)),
        PaperColumn(words.text("Item"), 26, lambda row: paper.items[row[0].item].designation),
        PaperColumn(words.text("Lot"), 23, lambda row: amounts.lot(row[0].lot)),
        PaperColumn(words.text("Announced"), 13, lambda row: amounts.bare(row[1].asked), "right"),
        PaperColumn(words.text("Quantity"), 13, lambda row: amounts.bare(row[0].amount), "right"),
        PaperColumn(words.text("Difference"), 10, lambda row: amounts.signed(row[0].amount - row[1].asked), "right"),
        PaperColumn(words.text("Unit"), 15, lambda row: words.label("unit", paper.items[row[0].item].unit)),
    )


def blind_sheet(sheet: BlindSheet) -> str:
    """The sheet of a count to fill in by hand: what the ledger expects is not on it."""
    title = words.text("Count {number}").format(number=sheet.count.count_no)
    lines = _table(
        sheet.count.lines,
        PaperColumn(words.text("Item"), 28, lambda line: sheet.items[line.item].designation),
        PaperColumn(words.text("Lot"), 32, lambda line: amounts.lot(line.lot)),
        PaperColumn(words.text("Unit"), 14, lambda line: words.label("unit", sheet.items[line.item].unit)),
        PaperColumn(words.text("Counted"), 13, lambda _line: ""),
        PaperColumn(words.text("Counted again"), 13, lambda _line: ""),
    )
    return _of_count(sheet, title, lines + _signatures([(one, "") for one in sheet.count.team]))


def minutes(sheet: BlindSheet) -> str:
    """The minutes of an approved count: theoretical, counted, difference, cause."""
    count = sheet.count
    title = words.text("Minutes of count {number}").format(number=count.count_no)

    def found(line: StockCountLine) -> str:
        return formats.NONE if line.found is None else amounts.bare(line.found)

    def difference(line: StockCountLine) -> str:
        return amounts.signed(sheet.differences.get(line.id, 0))

    def cause(line: StockCountLine) -> str:
        return words.label("count_cause", line.cause) if line.id in sheet.differences and line.cause else ""

    body = _table(
        count.lines,
        PaperColumn(words.text("Item"), 22, lambda line: sheet.items[line.item].designation),
        PaperColumn(words.text("Lot"), 22, lambda line: amounts.lot(line.lot)),
        PaperColumn(words.text("Theoretical"), 13, lambda line: amounts.bare(sheet.expected.get(line.id, 0)), "right"),
        PaperColumn(words.text("Counted"), 11, found, "right"),
        PaperColumn(words.text("Difference"), 9, difference, "right"),
        PaperColumn(words.text("Value, XOF"), 10, lambda line: _value(sheet, line.id), "right"),
        PaperColumn(words.text("Cause"), 13, cause),
    )
    body += f"<p>{escape(count.conclusion)}</p>" if count.conclusion else ""
    signs = [*((one, "") for one in count.team), (words.text("Approved by"), sheet.approved_by)]
    return _of_count(sheet, title, body + _signatures(signs))


def _value(sheet: BlindSheet, line: int) -> str:
    """What the difference is worth, for information; a dash where no price is known, nothing where there is none."""
    if line not in sheet.differences:
        return ""
    value = sheet.worth.get(line)
    return formats.NONE if value is None else formats.number(value)


def _of_count(sheet: BlindSheet, title: str, body: str) -> str:
    moment, team = formats.moment(sheet.count.cut_off_at), ", ".join(sheet.count.team)
    told = words.text("Frozen on {moment}. Counters: {team}").format(moment=moment, team=team)
    return _page(sheet.shelter, sheet.is_training, title, escape(told), body)


def _page(shelter: str, training: bool, title: str, told: str, body: str) -> str:
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    return f"{mark}<p>{escape(shelter)}</p><h2>{escape(title)}</h2><p>{told}</p>{body}{mark}"


def _table(rows: Sequence[Any], *columns: PaperColumn) -> str:
    """The heads stand on top of each page."""

    def cells(tag: str, texts: Iterable[str]) -> str:
        return "".join(
            f"<{tag} align='{one.side}' width='{one.width}%'>{escape(text) or '&nbsp;'}</{tag}>"
            for one, text in zip(columns, texts, strict=True)
        )

    head = cells("th", (one.heading for one in columns))
    body = "".join(f"<tr>{cells('td', (one.cell(row) for one in columns))}</tr>" for row in rows)
    return f"{_LINED}<thead><tr>{head}</tr></thead>{body}</table>"


def _signatures(signs: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f"<td width='{100 // len(signs)}%'>{escape(what)}<br><b>{escape(who) or '&nbsp;'}</b><br><br><br></td>"
        for what, who in signs
    )
    return f"<p>&nbsp;</p>{_LINED}<tr>{cells}</tr></table>"


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


def labels(parent: QWidget, desk: Desk, keys: Collection[ItemId]) -> str:
    """Labels of these items, lot by lot; what was done in a sentence. Raises DiskFull, ReadOnly."""
    made = [label(item, lot, desk.is_training) for item, lot in stock_catalogue.labels(desk, keys)]
    return bar_labels.print_labels(parent, made)


def label(item: Item, lot: Lot, training: bool) -> BarLabel:
    """What it is, the code as it is read or typed, and what the code does not say of the lot."""
    read = label_code(item.code, lot.lot_no)
    rest = lot if read == item.code else replace(lot, lot_no="")
    told = amounts.lot(rest) if lot.lot_no and rest != NO_LOT else words.label("unit", item.unit)
    return BarLabel(read, item.designation, read, words.text("TRAINING") if training else told)
