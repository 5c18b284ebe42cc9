"""The empty lists that a shelter fills in once: what stands in each (field 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shelter_desk.domain.listing import ListColumn
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.domain.registers.shapes_presence import PRESENCE

PREFIX = "modele_"
EXAMPLE = "exemple"  # the key of the column that marks the line which is never taken in
_DAY = date(2026, 3, 15)


@dataclass(frozen=True, slots=True)
class Model:
    """One empty list.

    shape: which of the shelter's own lists it is; keys: its columns, a space between; required: those that every line
    fills in. example: by key, codes for columns with a list.
    """

    key: str
    shape: str
    label_fr: str
    label_en: str
    keys: str
    required: tuple[str, ...]
    example: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[ListColumn, ...]:
        """In order."""
        known = {column.key: column for column in SHAPES[self.shape].columns}
        return tuple(known[key] for key in self.keys.split())

    def title(self, language: str) -> str:
        """What it is called in that language."""
        return self.label_en if language == "en" else self.label_fr


_ALL = (
    Model(
        "modele_residents",
        "registre",
        "Registre des résidents",
        "Register of residents",
        "stay_no last_name first_name sex age birth_date nationality admitted_at migration_situation "
        "victim_status referral_source bed_code exited_at exit_reason exit_destination",
        ("sex", "nationality", "admitted_at", "migration_situation"),
        {
            "sex": "f",
            "nationality": "ML",
            "admitted_at": _DAY,
            "migration_situation": "transit",
            "stay_no": "14/2026",
            "last_name": "Diarra",
            "first_name": "Awa",
            "age": 25,
            "victim_status": "presumee",
            "referral_source": "police",
        },
    ),
    Model(
        "modele_immobilisations",
        "biens",
        "Matériel",
        "Equipment",
        "designation asset_category quantity asset_condition acquired_on donor cost_xof location_room "
        "serial_no brand_model tag_no",
        ("designation", "asset_condition"),
        {
            "designation": "Matelas mousse",
            "asset_condition": "bon",
            "quantity": 6,
            "asset_category": "literie",
            "acquired_on": _DAY,
            "donor": "oim",
            "cost_xof": 15_000,
        },
    ),
    Model(
        "modele_stock_initial",
        "stock_initial",
        "Stock de départ",
        "What is in store",
        "designation unit stock_category quantity lot_no expiry_on donor moved_on",
        ("designation", "unit", "quantity"),
        {
            "designation": "Riz",
            "unit": "kg",
            "quantity": 50,
            "stock_category": "aliments_secs",
            "donor": "oim",
            "moved_on": _DAY,
        },
    ),
    Model(
        "modele_mouvements",
        "journal_stock",
        "Journal du magasin",
        "Journal of the store",
        "moved_on designation unit entered left move_type voucher_no lot_no expiry_on donor third_party unit_cost_xof",
        ("moved_on", "designation"),
        {"moved_on": _DAY, "designation": "Savon", "unit": "piece", "entered": 40, "move_type": "don", "donor": "oim"},
    ),
    Model(
        "modele_partenaires",
        "annuaire",
        "Annuaire des partenaires",
        "Directory of partners",
        "partner_name partner_type services_offered town phone opening_hours conditions contact",
        ("partner_name",),
        {
            "partner_name": "Centre de santé du quartier",
            "partner_type": "sante",
            "services_offered": "san_consult;san_vaccin",
            "town": "Mopti",
            "phone": "00 00 00 00",
            "opening_hours": "8h–16h",
        },
    ),
    Model(
        "modele_chambres_lits",
        "chambres_lits",
        "Chambres et lits",
        "Rooms and beds",
        "room_code name room_type sex_rule age_rule beds bed_code bed_type in_service_from surface_m2 accessible",
        ("room_code",),
        {
            "room_code": "F9",
            "name": "Dortoir femmes 9",
            "room_type": "dortoir_f",
            "sex_rule": "f",
            "age_rule": "adultes",
            "beds": 4,
            "bed_type": "simple",
            "in_service_from": _DAY,
        },
    ),
    Model(
        "modele_services",
        "prestations",
        "Journal des services",
        "Log of services",
        "service_on person_code stay_no full_name service_type quantity provider_kind partner donor cost_xof "
        "service_no",
        ("service_on", "service_type"),
        {"service_on": _DAY, "service_type": "ali_repas", "person_code": "7K3-QMX-E", "quantity": 3},
    ),
    Model(
        "modele_presence",
        PRESENCE.key,
        "Présence, nuit par nuit",
        "Presence, night by night",
        "person_code stay_no full_name",
        (),
        {"person_code": "7K3-QMX-E", "stay_no": "14/2026"},
    ),
)
MODELS: Mapping[str, Model] = {one.key: one for one in _ALL}


def model(name: str) -> Model | None:
    """The one of that name, with or without `modele_` before it, or of that own list."""
    whole = name if name.startswith(PREFIX) else PREFIX + name
    return MODELS.get(whole) or next((one for one in _ALL if one.shape == name), None)
