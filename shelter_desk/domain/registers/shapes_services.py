"""A log of services as shelters keep it: one line, or one cell, for each person and service (3.5)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.listing import headings
from shelter_desk.domain.registers.person_lookup import WHO, Whom
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import Assumed, ListShape, Number, Spread, columns_of, part
from shelter_desk.domain.registers.shapes_presence import PRESENCE

_ALSO = {
    "service_no": ("n° de prestation",),
    "service_on": ("date", "date de la prestation", "date du service", "jour", "le"),
    "service_type": headings(
        "service; services; type de service; prestation; service rendu; service fourni; nature du service; "
        "assistance; assistance fournie; type d'assistance; nature de l'assistance; services fournis; "
        "services offerts; services rendus; acte"
    ),
    "quantity": ("nombre", "qté", "qte", "nb", "qty"),
    "provider_kind": ("fourni par", "prestataire"),
    "partner": ("partenaire", "structure", "référé à", "chez"),
    "cost_xof": ("coût", "montant", "prix", "dépense", "coût (fcfa)", "montant (fcfa)"),
}
SERVICES = ListShape(
    "prestations",
    ("services",),
    (
        *(column for column in PRESENCE.columns if column.key in WHO),
        *(replace(column, also=_ALSO.get(column.key, column.also)) for column in columns_of("services", "stay_no")),
    ),
    (("service_on",), ("service_type",), WHO[:4]),
)


class PartnerNamed(str):
    """What stands under `Prestataire` and is no kind of provider: the name of one."""

    __slots__ = ()


class Services:
    """Gives each line its stay and its number. numbers: folded, of the services that stand."""

    def __init__(self, assumed: Assumed, number: Number, whom: Whom, numbers: Iterable[str]) -> None:
        self._assumed, self._number, self._whom, self._numbers = assumed, number, whom, set(numbers)
        self._met: dict[tuple[str, str], int] = {}

    def spread(self, values: Values, sheet: str) -> Spread:
        """The service of a line, or the several that it names. Raises what `Whom.stay_at` raises."""
        line = self._with_partner(values)
        day: date = line["service_on"]
        line["stay_no"] = self._whom.stay_at(line, day)["stay_no"]
        for service in line["service_type"].split(";"):
            row = {**line, "service_type": service}
            if not row.get("service_no"):
                row["service_no"] = self._own_number(row, sheet)
            if row["service_no"].casefold() not in self._numbers:
                self._supposed(row)
            yield "services", part("services", row)

    def _with_partner(self, values: Values) -> dict[str, Any]:
        """The partner of a line that is named as its kind. Raises NotInList where another one is named beside."""
        line = dict(values)
        said = line.get("provider_kind")
        if isinstance(said, PartnerNamed):
            if codes.folded(line.get("partner") or said) != codes.folded(said):
                raise NotInList("provider_kind", str(said))
            line |= {"provider_kind": "partenaire", "partner": line.get("partner") or str(said)}
            self._assumed.note("provider_kind", "provider_is_name")
        return line

    def _supposed(self, row: dict[str, Any]) -> None:
        """What a new service is taken to be where its line does not say it."""
        if row.get("quantity") is None:
            row["quantity"] = 1
            self._assumed.note("quantity", "quantity_one")
        if not row.get("provider_kind"):
            row["provider_kind"] = "partenaire" if row.get("partner") else "centre"
            self._assumed.note("provider_kind", "provider_of_partner" if row.get("partner") else "provider_centre")

    def _own_number(self, line: Values, sheet: str) -> str:
        """Of what was done for whom on that day: a line whose quantity or cost was corrected is the same line."""
        said = "|".join(str(line.get(key) or "").casefold() for key in ("stay_no", "service_on", "service_type"))
        met = self._met[sheet, said] = self._met.get((sheet, said), 0) + 1
        self._assumed.note("service_no", "own_service_number")
        return self._number("S", f"{said}|{met}")
