"""Which cell of the file a refusal is about: a line is spread over lists, and its values go to other columns there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from shelter_desk.domain import codes
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.domain.registers.shapes_presence import NIGHTS, PRESENCE
from shelter_desk.excel.reading import cells
from shelter_desk.excel.reading.book import Cell, Workbook
from shelter_desk.excel.reading.recognise import Layout

# where the value of a column of the registers came from, on a line of a shelter's own list
_CAME_FROM: Mapping[str, tuple[str, ...]] = {
    "admitted_at": ("referred_in_on",),
    "from": ("admitted_at", "referred_in_on"),
    "to": ("exited_at",),
    "decided_on": ("admitted_at", "referred_in_on"),
    "victim_status": ("exploitation_forms", "status_decided_by"),
    "exploitation_forms": ("exploitation_labour", "exploitation_sexual"),
    "issued_on": ("referred_out_on",),
    "age_estimated": ("age",),
    "age_estimated_on": ("admitted_at",),
    "birth_date": ("age", "birth_or_age"),
    "last_name": ("full_name",),
    "first_name": ("full_name",),
    "full_name": ("last_name", "first_name", "stay_no", "person_code"),
    "person_code": ("stay_no", "full_name", "last_name"),
    "stay_no": ("person_code", "full_name", "last_name"),
    "room_code": ("name",),
    "name": ("room_code",),
    "bed_code": ("beds",),
    "tag_no": ("quantity", "designation"),
    "item_code": ("designation",),
    "lot_no": ("expiry_on",),
    "quantity": ("left", "entered", "balance"),
    "move_type": ("left", "entered", "quantity"),
    "move_no": ("designation", "item_code", "left", "entered"),
    "service_no": ("service_type",),
    "partner": ("partner_name", "referred_to"),
    "partner_name": ("partner",),
}
_OF_ABSENCES = ("from", "to", "absence_type")


def as_seen(refusals: Collection[Refusal], layouts: Iterable[Layout], book: Workbook) -> list[Refusal]:
    """The same, each with the column that the person sees in the sheet, and where it is."""
    known = {layout.sheet: layout for layout in layouts}
    refused = known.keys() & {one.sheet for one in refusals}
    rows = {sheet.name: {row.number: row.cells for row in sheet.rows} for sheet in book.sheets if sheet.name in refused}
    found = []
    for one in refusals:
        if layout := known.get(one.sheet):
            row = rows[one.sheet].get(one.row, ())
            found.append(_called(_seen(one, layout, row), layout, row))
        else:
            found.append(one)
    return found


# what a row is called by, the first that it says
_NAMED = (("full_name",), ("last_name", "first_name"))
_CODED = (
    *("person_code", "stay_no", "tag_no", "item_code", "designation", "partner_name", "service_no", "referral_no"),
    *("move_no", "bed_code", "room_code", "name"),
)


def _called(one: Refusal, layout: Layout, row: Sequence[Cell]) -> Refusal:
    """The same, with what the row is called in the file."""
    for keys in _NAMED:
        told = " ".join(filter(None, (_text(key, layout, row) for key in keys)))
        if told:
            return replace(one, called=told[:_LONGEST_NAME], is_named=True)
    told = next(filter(None, (_text(key, layout, row) for key in _CODED)), "")
    return replace(one, called=told[:_LONGEST_NAME])


_LONGEST_NAME = 60  # signs


def _text(key: str, layout: Layout, row: Sequence[Cell]) -> str:
    place = layout.columns.get(key)
    return cells.shown(row[place]).strip() if place is not None and place < len(row) else ""


def _seen(one: Refusal, layout: Layout, row: Sequence[Cell]) -> Refusal:
    place = layout.columns.get(one.column)
    if place is not None or layout.list_key not in SHAPES:
        return replace(one, at=place)
    if layout.list_key == PRESENCE.key and one.list == "absences" and one.column in _OF_ABSENCES:
        return _of_night(one, layout, row)
    if one.column in layout.parts.values():
        # of answers given across the one that is called so, else the one that says so
        places = [place for place, key in layout.parts.items() if key == one.column]
        named = [place for place in places if codes.folded(layout.texts.get(place, "")) == codes.folded(one.value)]
        return replace(one, at=named[0] if named else _holding(one.value, places, row))
    if one.column == "quantity" and layout.parts:
        return replace(one, at=_holding(one.value, list(layout.parts), row))
    return _of_another(one, layout, row)


def _of_another(one: Refusal, layout: Layout, row: Sequence[Cell]) -> Refusal:
    """In a column that its value came from: of several the one with that value, else the first that is filled in."""
    places = {layout.columns[key]: key for key in _CAME_FROM.get(one.column, ()) if key in layout.columns}
    if not places:
        return one
    found = _holding(one.value, list(places), row) if len(places) > 1 else None
    place = next(iter(places)) if found is None else found
    return replace(one, column=places[place], at=place)


def _of_night(one: Refusal, layout: Layout, row: Sequence[Cell]) -> Refusal:
    """The night of a grid with which an absence begins, or the last before it ends."""
    try:
        day = date.fromisoformat(one.value[:10])
    except ValueError:
        return one
    key = NIGHTS[(day - timedelta(days=one.column == "to")).day]
    place = layout.columns.get(key)
    if place is None:
        return one
    return replace(one, column=key, at=place, value=cells.shown(row[place]) if place < len(row) else "")


def _holding(value: str, places: Sequence[int], row: Sequence[Cell]) -> int | None:
    """The first of these cells that holds it, else the first that holds anything."""
    filled = {place: cells.shown(row[place]) for place in places if place < len(row) and row[place] not in (None, "")}
    return next((place for place, text in filled.items() if text == value), next(iter(filled), None))
