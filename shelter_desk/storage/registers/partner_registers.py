"""The directory of partners as rows of the registers workbook."""

from collections.abc import Callable, Mapping
from typing import Any

from shelter_desk.domain.registers.rows import Values

Lookup = Callable[[str, str | None], int | None]
TABLES = {"partenaires": "partners"}
READ = {
    "partenaires": "SELECT id, name AS partner_name, partner_type, services_offered, town, phone, opening_hours, "
    "conditions, contact, active FROM partners"
}
ORDER = {"partenaires": "lower(name), id"}
YES_NO = ("active",)


def _partner(v: Values, _: Lookup) -> dict[str, Any]:
    told = ("town", "phone", "opening_hours", "conditions", "contact", "services_offered")
    return {
        "name": v["partner_name"],
        "partner_type": v["partner_type"],
        **{key: v.get(key, "") for key in told},
        "active": v.get("active", True),
    }


COLUMNS: Mapping[str, Callable[[Values, Lookup], dict[str, Any]]] = {"partenaires": _partner}
