"""A list of equipment as shelters keep it: how many there are of a thing, each made an asset with a tag of its own."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.listing import ListColumn, headings
from shelter_desk.domain.registers.corrected_things import own_of
from shelter_desk.domain.registers.refusals import FewerThanHere
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import Assumed, ListShape, Number, Spread, Why, columns_of, part

_ALSO = {
    "designation": headings(
        "bien; article; matériel; équipement; libellé; nom du bien; nature du bien; description; item"
    ),
    "quantity": ("quantité", "nombre", "nbre", "qté", "qte", "nb", "quantity", "qty"),
    "asset_condition": ("état du bien", "état physique", "état actuel", "condition"),
    "asset_category": ("type", "type de bien", "famille", "nature"),
    "donor": ("financement", "source de financement", "donateur", "don de", "projet"),
    "location_room": headings(
        "emplacement; lieu; local; localisation; chambre; salle; affectation; lieu d'affectation; location"
    ),
    "cost_xof": headings(
        "valeur; coût; prix; prix unitaire; valeur unitaire; coût unitaire; montant; prix d'achat; valeur d'achat; "
        "valeur d'acquisition"
    ),
    "acquired_on": headings(
        "date acquisition; date d'acquisition; année; année d'acquisition; date d'achat; acquis en"
    ),
    "serial_no": ("n° série", "numéro de série", "s/n"),
    "tag_no": headings(
        "n° inventaire; numéro d'inventaire; étiquette; tag; code inventaire; immatriculation; n° d'immatriculation"
    ),
}
ASSETS = ListShape(
    "biens",
    ("immobilisations",),
    (
        *(replace(column, also=_ALSO.get(column.key, column.also)) for column in columns_of("immobilisations")),
        ListColumn("counted_on", "Inventorié le", "Counted on", "day", also=("date d'inventaire", "date inventaire")),
    ),
    (("designation",), ("asset_condition",)),
    pieces="quantity",
)
# what tells a line from the others when it has no tag; what changes over the years, as the condition, is not in it
_TELLS = ("designation", "asset_category", "serial_no", "brand_model", "donor", "acquired_on", "location_room")
_DIGITS = 3


class Assets:
    """Spreads the lines of a list of equipment over assets.

    tags: of those that stand, and whether each is gone; what no line says of them stays as it is. rooms: code by folded
    code or name. today: when a thing was acquired of which no line says it.
    """

    def __init__(
        self, assumed: Assumed, number: Number, tags: Mapping[str, bool], rooms: Mapping[str, str], today: date
    ) -> None:
        self._assumed, self._number, self._today = assumed, number, today
        self._tags, self._rooms = {tag.casefold() for tag in tags}, rooms
        # by number: gone or not, and the tag
        self._pieces: defaultdict[str, list[tuple[bool, str]]] = defaultdict(list)
        for tag, is_gone in tags.items():
            if number_ := own_of(tag):
                self._pieces[number_].append((is_gone, tag))
        self._met: dict[tuple[str, str], int] = {}

    def spread(self, values: Values, sheet: str) -> Spread:
        """As many assets as the line counts; a line with a tag is one asset, or one batch. Raises FewerThanHere."""
        line = dict(values)
        said = "|".join(str(line.get(column) or "").casefold() for column in _TELLS)
        if isinstance(line.get("acquired_on"), int):
            line["acquired_on"] = date(line["acquired_on"], 1, 1)
            self._assumed.note("acquired_on", "year_alone")
        if (room := line.get("location_room")) is not None:
            line["location_room"] = self._rooms.get(room.casefold(), room)
        tag = line.get("tag_no")
        if tag:
            yield "immobilisations", self._row(line, tag, note=True)
            return
        met = self._met[sheet, said] = self._met.get((sheet, said), 0) + 1
        number = self._number("B", f"{said}|{met}")
        self._assumed.note("tag_no", "own_tag")
        count = line.pop("quantity", None)
        if (count or 1) > 1 and line.get("cost_xof"):
            self._assumed.note("cost_xof", "cost_each")
        for at, piece in enumerate(self._tags_of(number, count, is_second=met > 1)):
            yield "immobilisations", self._row(line, piece, note=not at)

    def _tags_of(self, number: str, count: int | None, *, is_second: bool) -> list[str]:
        """The tags of the pieces: those that earlier files gave first, of these the ones that are here first."""
        before = sorted(self._pieces[number])
        here = sum(not is_gone for is_gone, _ in before)
        wanted = count or max(here, 1)
        if wanted < here:
            raise FewerThanHere(here)
        if wanted == 1 and not before:
            return [f"{number}-{1:0{_DIGITS}}" if is_second else number]
        tags = [tag for _, tag in before]
        more = (f"{number}-{piece:0{_DIGITS}}" for piece in range(1, wanted + len(tags) + 1))
        free = (tag for tag in more if tag not in tags and not (number in tags and tag == f"{number}-{1:0{_DIGITS}}"))
        return [*tags[:wanted], *islice(free, max(wanted - len(tags), 0))]

    def _row(self, line: Values, tag: str, *, note: bool) -> dict[str, Any]:
        row = part("immobilisations", {**line, "tag_no": tag})
        if tag.casefold() in self._tags:
            return row
        for column, (value, why) in self._defaults(line).items():
            if column not in row:
                row[column] = value
                if note:
                    self._assumed.note(column, why)
        return row

    def _defaults(self, line: Values) -> dict[str, tuple[Any, Why]]:
        """What a new asset must have and the line does not say."""
        category = codes.read("asset_category", line["designation"])
        is_lent = line.get("acquisition_mode") == "mise_a_disposition"
        is_broken = line["asset_condition"] == "hors_usage"
        counted = line.get("counted_on")
        return {
            "asset_category": (category or "autre", "category_of_name" if category else "category_other"),
            "acquisition_mode": ("existant", "acquired_before"),
            "acquired_on": (counted, "acquired_by_count") if counted else (self._today, "acquired_today"),
            "donor": ("inconnu", "donor_unknown"),
            "owner": ("bailleur", "owner_bailleur") if is_lent else ("centre", "owner_centre"),
            "asset_status": (
                ("hors_service", "status_hors_service") if is_broken else ("en_service", "status_en_service")
            ),
        }
