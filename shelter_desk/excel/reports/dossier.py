"""The dossier of a donor as a workbook: a summary, each asset with its place, events, photos kept, consumables."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Asset, AssetEvent
from shelter_desk.domain.equipment.history import Fate, summed
from shelter_desk.domain.ids import AssetId, GrantId, RoomId
from shelter_desk.domain.stock.items import units
from shelter_desk.domain.stock.store import Supply
from shelter_desk.excel.reading.book import letters
from shelter_desk.excel.style import Formats, print_on_a4, safe, stamp
from shelter_desk.words import equipment as equipment_words
from shelter_desk.words import formats as formats_words

PHOTO_ROW = 150  # points
_SIGNED = 42  # points of a row that somebody signs
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class DossierContent:
    """What the dossier says. heading: of which grant or donor. facts: label and value of the first sheet.

    awards: the number of each agreement, or what the shelter calls it.
    """

    heading: str
    facts: tuple[tuple[str, str], ...]
    day: date
    found: tuple[Fate, ...]
    rooms: Mapping[RoomId, str]
    photos: Mapping[AssetId, bytes]
    awards: Mapping[GrantId, str] = field(default_factory=dict)
    training: bool = False
    supplies: Sequence[Supply] = ()


def made(content: DossierContent) -> bytes:
    """The bytes of the workbook, made in memory."""
    import xlsxwriter

    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        formats = Formats(book)
        book.set_properties({"author": "", "title": content.heading})
        _summary(book.add_worksheet(words.text("Summary")), content, formats)
        _assets(book.add_worksheet(words.text("Assets")), content, formats)
        _events(book.add_worksheet(words.text("Events")), content, formats)
        if content.photos:
            _photos(book.add_worksheet(words.text("Photos")), content, formats)
        if content.supplies:
            _supplies(book.add_worksheet(words.text("Consumables")), content, formats)
    return kept.getvalue()


def _summary(sheet: Any, content: DossierContent, formats: Formats) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 44)
    sheet.write_string(0, 0, safe(content.heading), formats.title)
    row = 1
    if content.training:
        sheet.write_string(row, 0, stamp(training=True), formats.heading)
        row += 1
    row += 1
    for label, value in (*content.facts, (words.text("State on"), formats_words.day(content.day))):
        sheet.write_string(row, 0, label, formats.label)
        sheet.write_string(row, 1, safe(value), formats.text)
        row += 1
    row += 1
    sheet.write_string(row, 0, words.text("What became of it"), formats.heading)
    sheet.write_string(row, 1, words.text("Pieces"), formats.heading)
    first = row + 1
    totals = summed(content.found)
    for name, pieces in totals.items():
        row += 1
        sheet.write_string(row, 0, equipment_words.fate(name), formats.text)
        if name == "received":
            sheet.write_formula(row, 1, f"=SUM(B{first + 2}:B{first + len(totals)})", formats.whole, pieces)
        else:
            sheet.write_number(row, 1, pieces, formats.whole)
    _signatures(sheet, row + 2, formats)
    sheet.set_portrait()
    print_on_a4(sheet, content.heading, training=content.training)


def _signatures(sheet: Any, row: int, formats: Formats) -> None:
    """Who signs, with room for it."""
    sheet.write_string(row, 0, words.text("Signatures"), formats.heading)
    sheet.write_string(row, 1, words.text("Name, function, date, signature"), formats.heading)
    signing = (words.text("For the shelter"), words.text("For the donor"), words.text("Checked by"))
    for place, label in enumerate(signing, row + 1):
        sheet.set_row(place, _SIGNED)
        sheet.write_string(place, 0, label, formats.text)
        sheet.write_blank(place, 1, None, formats.to_sign)


@dataclass(frozen=True, slots=True)
class _Column(Generic[Line]):
    """A column of a sheet. value: of its line, None for an empty cell; look: of `Formats`, at the right for numbers."""

    head: str
    width: int
    value: Callable[[Line], str | float | date | None]
    look: Literal["text", "day", "whole", "amount", "number"] = "text"


def _table(
    sheet: Any, columns: Sequence[_Column[Line]], lines: Iterable[Line], content: DossierContent, formats: Formats
) -> None:
    """The heads, and below them a row for each line."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        is_number = column.look not in ("text", "day")
        sheet.write_string(0, place, column.head, formats.heading_right if is_number else formats.heading)
    sheet.freeze_panes(1, 0)
    print_on_a4(sheet, content.heading, training=content.training, width=sum(column.width for column in columns))
    sheet.repeat_rows(0)
    for row, line in enumerate(lines, 1):
        for place, column in enumerate(columns):
            value, look = column.value(line), getattr(formats, column.look)
            if isinstance(value, str):
                sheet.write_string(row, place, safe(value), look)
            elif isinstance(value, date):
                sheet.write_datetime(row, place, value, look)
            elif value is not None:
                sheet.write_number(row, place, value, look)


def _assets(sheet: Any, content: DossierContent, formats: Formats) -> None:
    def place_of(one: Fate) -> str:
        room = one.history.room_on(content.day)
        return content.rooms.get(room, "") if room else ""

    def award_of(one: Fate) -> str:
        grant = one.history.asset.grant
        return content.awards.get(grant, "") if grant is not None else ""

    columns: Sequence[_Column[Fate]] = (
        _Column(words.text("Tag"), 11, lambda one: one.history.asset.tag_no),
        _Column(words.text("Designation"), 28, lambda one: one.history.asset.designation),
        _Column(words.text("Category"), 20, lambda one: words.label("asset_category", one.history.asset.category)),
        _Column(words.text("Acquired on"), 12, lambda one: one.history.asset.acquired_on, "day"),
        _Column(words.text("Award no."), 16, award_of),
        _Column(words.text("Title holder"), 12, lambda one: words.label("asset_owner", one.history.asset.owner)),
        _Column(words.text("Share of the award, %"), 12, lambda one: one.history.asset.award_share, "whole"),
        _Column(words.text("Handover minutes"), 18, lambda one: one.history.asset.handover_pv),
        _Column(words.text("Serial no."), 16, lambda one: one.history.asset.serial_no),
        _Column(words.text("Location"), 20, place_of),
        _Column(words.text("Status"), 18, lambda one: words.label("asset_status", one.status)),
        _Column(words.text("Condition"), 14, lambda one: words.label("asset_condition", one.condition)),
        _Column(words.text("Pieces"), 8, lambda one: one.history.asset.quantity, "whole"),
        _Column(words.text("Value, XOF"), 12, lambda one: one.history.asset.cost, "amount"),
        _Column(words.text("Moved"), 8, lambda one: one.moves, "whole"),
        _Column(words.text("Last inventory"), 12, lambda one: one.counted_on, "day"),
        _Column(words.text("Left on"), 12, lambda one: one.way_out.on if one.way_out else None, "day"),
        _Column(words.text("Price got, XOF"), 12, lambda one: one.way_out.price if one.way_out else None, "amount"),
    )
    _table(sheet, columns, content.found, content, formats)
    _total(sheet, content, formats, columns)


def _total(sheet: Any, content: DossierContent, formats: Formats, columns: Sequence[_Column[Fate]]) -> None:
    """Pieces and what they are worth as far as it is known, below the last of them."""
    heads = [one.head for one in columns]
    costs = [one.history.asset.cost for one in content.found]
    row, last = len(content.found) + 1, len(content.found)
    for place in range(len(columns)):
        sheet.write_blank(row, place, None, formats.heading)
    sheet.write_string(row, 1, words.text("Total"), formats.heading)
    pieces = sum(one.quantity for one in content.found)
    worth = sum(cost for cost in costs if cost is not None)
    sums = ((words.text("Pieces"), pieces), (words.text("Value, XOF"), worth))
    for head, value in sums if last else ():
        place = heads.index(head)
        letter = letters(place)
        sheet.write_formula(row, place, f"=SUM({letter}2:{letter}{last + 1})", formats.total, value)
    unknown = costs.count(None)
    if unknown:
        told = words.count(
            "{n} thing of unknown value is not in it.", "{n} things of unknown value are not in it.", unknown
        )
        sheet.write_string(row + 1, 1, told, formats.label)


def _events(sheet: Any, content: DossierContent, formats: Formats) -> None:
    columns: Sequence[_Column[tuple[Asset, AssetEvent]]] = (
        _Column(words.text("Date"), 12, lambda pair: pair[1].on, "day"),
        _Column(words.text("Tag"), 11, lambda pair: pair[0].tag_no),
        _Column(words.text("Designation"), 28, lambda pair: pair[0].designation),
        _Column(words.text("Event"), 22, lambda pair: words.label("asset_event", pair[1].kind)),
        _Column(words.text("To room"), 20, lambda pair: content.rooms.get(pair[1].room, "") if pair[1].room else ""),
        _Column(words.text("Minutes no."), 16, lambda pair: pair[1].pv_no),
        _Column(words.text("Reason"), 36, lambda pair: pair[1].reason),
    )
    happened = [(one.history.asset, event) for one in content.found for event in one.history.events]
    kept = sorted((pair for pair in happened if pair[1].on <= content.day), key=lambda pair: pair[1].on)
    _table(sheet, columns, kept, content, formats)


def _supplies(sheet: Any, content: DossierContent, formats: Formats) -> None:
    """What went out is a formula of the two beside it."""
    columns: Sequence[_Column[Supply]] = (
        _Column(words.text("Item"), 34, lambda one: one.item.designation),
        _Column(words.text("Unit"), 14, lambda one: words.label("unit", one.item.unit)),
        _Column(words.text("Received in all"), 16, lambda one: units(one.received), "number"),
        _Column(words.text("Went out"), 16, lambda _: None, "number"),
        _Column(words.text("Left in store"), 16, lambda one: units(one.left), "number"),
    )
    _table(sheet, columns, content.supplies, content, formats)
    for row, one in enumerate(content.supplies, 1):
        sheet.write_formula(row, 3, f"=C{row + 1}-E{row + 1}", formats.number, units(one.gone))


def _photos(sheet: Any, content: DossierContent, formats: Formats) -> None:
    columns: Sequence[_Column[Fate]] = (
        _Column(words.text("Tag"), 12, lambda one: one.history.asset.tag_no),
        _Column(words.text("Designation"), 30, lambda one: one.history.asset.designation),
        _Column(words.text("Photo"), 48, lambda _: None),
    )
    taken = [one for one in content.found if one.history.asset.id in content.photos]
    _table(sheet, columns, taken, content, formats)
    for row, one in enumerate(taken, 1):
        sheet.set_row(row, PHOTO_ROW)
        sheet.embed_image(row, 2, "photo", {"image_data": io.BytesIO(content.photos[one.history.asset.id])})
