"""Random registers of equipment: things and batches, with events on any day after they came, in any order."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from shelter_desk.domain.equipment.assets import ENTRIES, GONE, Asset
from tests.domain.reports.shelters import Shelter

START, DAYS = date(2026, 8, 20), 150
CATEGORIES = ("literie", "cuisine", "energie")
DONORS = ("oim", "usa", "x_mairie", "fonds_propres")
STATUSES = (
    "en_service",
    "en_stock",
    "en_panne",
    "en_reparation",
    "pret",
    "hors_service",
    "reforme",
    "perdu",
    "vole",
    "transfere",
)
CONDITIONS = ("neuf", "bon", "moyen", "mauvais", "hors_usage")
EVENTS = (
    "acquisition",
    "don_recu",
    "transfert_recu",
    "affectation",
    "deplacement",
    "panne",
    "reparation",
    "retour_service",
    "hors_service",
    "reforme",
    "perte",
    "vol",
    "transfert_sortant",
    "inventaire",
    "changement_etat",
)


@st.composite
def equipped(draw: st.DrawFn, most: int = 8) -> Shelter:
    """A house with rooms and beds and a register that contradicts itself here and there, as real ones do."""
    shelter = Shelter()
    for _ in range(2):
        shelter.room()
    shelter.bed()
    for number in range(draw(st.integers(0, most))):
        _own(draw, shelter, number)
    for asset in shelter.assets:
        if draw(st.integers(0, 4)) == 0:
            on = asset.acquired_on + timedelta(days=draw(st.integers(0, 60)))
            closed = draw(st.none() | st.dates(on, on + timedelta(days=30)))
            shelter.report_fault(asset, on, closed_on=closed)
    return shelter


def _own(draw: st.DrawFn, shelter: Shelter, number: int) -> None:
    came = START + timedelta(days=draw(st.integers(0, DAYS)))
    asset = shelter.asset(
        came,
        draw(st.sampled_from(CATEGORIES)),
        donor=draw(st.sampled_from(DONORS)),
        status=draw(st.sampled_from(STATUSES)),
        condition=draw(st.sampled_from(CONDITIONS)),
        quantity=draw(st.sampled_from((1, 1, 1, 20))),
        cost=draw(st.sampled_from((None, 0, 150_000))),
        serial_no=draw(st.sampled_from(("", f"SN-{number}"))),
        room=draw(st.sampled_from((None, *(room.id for room in shelter.rooms)))),
        bed=draw(st.sampled_from((None, shelter.beds[0].id))),
    )
    seen = set()
    for _ in range(draw(st.integers(0, 5))):
        kind, on = draw(st.sampled_from(EVENTS)), came + timedelta(days=draw(st.integers(-5, 70)))
        if (kind, on) in seen or (on < came and kind not in ENTRIES):
            continue
        seen.add((kind, on))
        shelter.happen(
            asset,
            kind,
            on,
            room=draw(st.sampled_from((None, shelter.rooms[0].id))),
            condition=draw(st.sampled_from(("", *CONDITIONS))),
            pv_no="PV-1" if kind == "reforme" else "",
            other_party=draw(st.sampled_from(("", "Atelier"))),
        )


def registered(shelter: Shelter) -> Shelter:
    """The same as the register keeps it: what left by its last event is gone in its row too."""
    shelter.assets = [_as_left(shelter, asset) for asset in shelter.assets]
    return shelter


def _as_left(shelter: Shelter, asset: Asset) -> Asset:
    events = sorted((one for one in shelter.asset_events if one.asset == asset.id), key=lambda one: (one.on, one.id))
    last = next((one.makes for one in reversed(events) if one.makes), "")
    return replace(asset, status=last) if last in GONE and asset.status not in GONE else asset
