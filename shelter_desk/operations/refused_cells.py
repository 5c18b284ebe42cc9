"""Which cell of the file a refusal is about: a line is spread over lists, and its values go to other columns there."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.excel.recognise import Layout

# where the value of a column of the registers came from, on a line of a shelter's own list
_CAME_FROM: Mapping[str, tuple[str, ...]] = {
    "from": ("admitted_at",),
    "to": ("exited_at",),
    "decided_on": ("admitted_at",),
    "age_estimated": ("age",),
    "age_estimated_on": ("admitted_at",),
    "birth_date": ("age", "birth_or_age"),
    "last_name": ("full_name",),
    "first_name": ("full_name",),
    "room_code": ("name",),
    "name": ("room_code",),
    "bed_code": ("beds",),
    "tag_no": ("quantity", "designation"),
    "item_code": ("designation",),
    "lot_no": ("expiry_on",),
}


def as_seen(refusals: Iterable[Refusal], layouts: Iterable[Layout]) -> list[Refusal]:
    """The same, each with the column that the person sees in the sheet."""
    columns = {layout.sheet: layout.columns for layout in layouts if layout.list_key in SHAPES}
    return [_seen(one, columns[one.sheet]) if one.sheet in columns else one for one in refusals]


def _seen(one: Refusal, columns: Mapping[str, int]) -> Refusal:
    if one.column in columns:
        return one
    came = next((key for key in _CAME_FROM.get(one.column, ()) if key in columns), "")
    return replace(one, column=came) if came else one
