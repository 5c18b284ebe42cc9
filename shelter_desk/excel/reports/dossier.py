"""The dossier of a donor as a workbook: a summary, each asset with its place, events, photos kept, consumables."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.domain.equipment.history import Fate, summed
from shelter_desk.domain.ids import AssetId, RoomId
from shelter_desk.domain.stock.items import units
from shelter_desk.domain.stock.store import Supply
from shelter_desk.excel.saving import save
from shelter_desk.excel.style import Formats, print_on_a4, safe, stamp
from shelter_desk.words import equipment as said
from shelter_desk.words import formats as formats_words

PHOTO_ROW = 150  # points
PHOTO_WIDTH = 260  # pixels


@dataclass(frozen=True, slots=True)
class DossierContent:
    """What the dossier says. heading: of which grant or donor. facts: label and value of the first sheet."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    day: date
    found: tuple[Fate, ...]
    rooms: Mapping[RoomId, str]
    photos: Mapping[AssetId, bytes]
    training: bool = False
    supplies: Sequence[Supply] = ()


def write(path: Path, content: DossierContent) -> None:
    """Write it whole or not at all. Raises DiskFull, ReadOnly, FileMissing."""
    save(path, _book(content))


def _book(content: DossierContent) -> bytes:
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
        sheet.write_string(row, 0, said.fate(name), formats.text)
        if name == "received":
            sheet.write_formula(row, 1, f"=SUM(B{first + 2}:B{first + len(totals)})", formats.whole, pieces)
        else:
            sheet.write_number(row, 1, pieces, formats.whole)
    sheet.set_portrait()
    print_on_a4(sheet, content.heading, training=content.training)


def _table(
    sheet: Any,
    heads: Sequence[tuple[str, int]],
    formats: Formats,
    title: str,
    training: bool,
    numbers: Collection[int] = (),
) -> None:
    """numbers: the columns of numbers, whose heads stand at the right as they do."""
    for place, (head, width) in enumerate(heads):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, formats.heading_right if place in numbers else formats.heading)
    sheet.freeze_panes(1, 0)
    print_on_a4(sheet, title, training=training, width=sum(width for _, width in heads))
    sheet.repeat_rows(0)


def _assets(sheet: Any, content: DossierContent, formats: Formats) -> None:
    heads = (
        (words.text("Tag"), 11),
        (words.text("Designation"), 28),
        (words.text("Category"), 20),
        (words.text("Acquired on"), 12),
        (words.text("Handover minutes"), 18),
        (words.text("Serial no."), 16),
        (words.text("Location"), 20),
        (words.text("Status"), 18),
        (words.text("Condition"), 14),
        (words.text("Pieces"), 8),
        (words.text("Value, XOF"), 12),
        (words.text("Moved"), 8),
    )
    _table(sheet, heads, formats, content.heading, content.training, (9, 10, 11))
    for row, one in enumerate(content.found, 1):
        asset, room = one.history.asset, one.history.room_on(content.day)
        sheet.write_string(row, 0, safe(asset.tag_no), formats.text)
        sheet.write_string(row, 1, safe(asset.designation), formats.text)
        sheet.write_string(row, 2, words.label("asset_category", asset.category), formats.text)
        sheet.write_datetime(row, 3, asset.acquired_on, formats.day)
        sheet.write_string(row, 4, safe(asset.handover_pv), formats.text)
        sheet.write_string(row, 5, safe(asset.serial_no), formats.text)
        sheet.write_string(row, 6, safe(content.rooms.get(room, "") if room else ""), formats.text)
        sheet.write_string(row, 7, words.label("asset_status", one.status), formats.text)
        sheet.write_string(row, 8, words.label("asset_condition", one.condition), formats.text)
        sheet.write_number(row, 9, asset.quantity, formats.whole)
        if asset.cost is not None:
            sheet.write_number(row, 10, asset.cost, formats.amount)
        sheet.write_number(row, 11, one.moves, formats.whole)
    _total(sheet, content, formats, len(heads))


def _total(sheet: Any, content: DossierContent, formats: Formats, columns: int) -> None:
    """Pieces and what they are worth as far as it is known, below the last of them."""
    costs = [one.history.asset.cost for one in content.found]
    row, last = len(content.found) + 1, len(content.found)
    for place in range(columns):
        sheet.write_blank(row, place, None, formats.heading)
    sheet.write_string(row, 1, words.text("Total"), formats.heading)
    sums = (9, sum(one.quantity for one in content.found)), (10, sum(cost for cost in costs if cost is not None))
    for place, value in sums if last else ():
        letter = "JK"[place - 9]
        sheet.write_formula(row, place, f"=SUM({letter}2:{letter}{last + 1})", formats.total, value)
    unknown = costs.count(None)
    if unknown:
        told = words.count(
            "{n} thing of unknown value is not in it.", "{n} things of unknown value are not in it.", unknown
        )
        sheet.write_string(row + 1, 1, told, formats.label)


def _events(sheet: Any, content: DossierContent, formats: Formats) -> None:
    heads = (
        (words.text("Date"), 12),
        (words.text("Tag"), 11),
        (words.text("Designation"), 28),
        (words.text("Event"), 22),
        (words.text("To room"), 20),
        (words.text("Minutes no."), 16),
        (words.text("Reason"), 36),
    )
    _table(sheet, heads, formats, content.heading, content.training)
    happened = [(one.history.asset, event) for one in content.found for event in one.history.events]
    kept = sorted((pair for pair in happened if pair[1].on <= content.day), key=lambda pair: pair[1].on)
    for row, (asset, event) in enumerate(kept, 1):
        sheet.write_datetime(row, 0, event.on, formats.day)
        told = (
            asset.tag_no,
            asset.designation,
            words.label("asset_event", event.kind),
            content.rooms.get(event.room, "") if event.room else "",
            event.pv_no,
            event.reason,
        )
        for place, text in enumerate(told, 1):
            sheet.write_string(row, place, safe(text), formats.text)


def _supplies(sheet: Any, content: DossierContent, formats: Formats) -> None:
    heads = (
        (words.text("Item"), 34),
        (words.text("Unit"), 14),
        (words.text("Received in all"), 16),
        (words.text("Went out"), 16),
        (words.text("Left in store"), 16),
    )
    _table(sheet, heads, formats, content.heading, content.training, (2, 3, 4))
    for row, one in enumerate(content.supplies, 1):
        sheet.write_string(row, 0, safe(one.item.designation), formats.text)
        sheet.write_string(row, 1, words.label("unit", one.item.unit), formats.text)
        sheet.write_number(row, 2, units(one.received), formats.number)
        sheet.write_formula(row, 3, f"=C{row + 1}-E{row + 1}", formats.number, units(one.gone))
        sheet.write_number(row, 4, units(one.left), formats.number)


def _photos(sheet: Any, content: DossierContent, formats: Formats) -> None:
    _table(
        sheet,
        ((words.text("Tag"), 12), (words.text("Designation"), 30), (words.text("Photo"), 48)),
        formats,
        content.heading,
        content.training,
    )
    row = 0
    for one in content.found:
        photo = content.photos.get(one.history.asset.id)
        if photo is None:
            continue
        row += 1
        sheet.set_row(row, PHOTO_ROW)
        sheet.write_string(row, 0, safe(one.history.asset.tag_no), formats.text)
        sheet.write_string(row, 1, safe(one.history.asset.designation), formats.text)
        sheet.embed_image(row, 2, "photo", {"image_data": io.BytesIO(photo)})
