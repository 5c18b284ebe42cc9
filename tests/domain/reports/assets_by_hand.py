"""T10 counted again: one card per asset, filled in event after event and read at two evenings."""

from collections import defaultdict
from datetime import date, timedelta

from shelter_desk.domain.equipment.assets import Asset, AssetEvent
from shelter_desk.domain.moments import Period
from tests.domain.reports.by_hand import Count
from tests.domain.reports.shelters import Shelter

HERE = ("en_service", "en_stock", "en_panne", "en_reparation", "pret", "hors_service")
OUT = {"reforme": "disposed", "perdu": "lost", "vole": "lost", "transfere": "transferred"}
BECOMES = {
    "affectation": "en_service",
    "panne": "en_panne",
    "reparation": "en_reparation",
    "retour_service": "en_service",
    "hors_service": "hors_service",
    "reforme": "reforme",
    "perte": "perdu",
    "vol": "vole",
    "transfert_sortant": "transfere",
}


def count(shelter: Shelter, period: Period) -> Count:
    """Every figure of T10 of the period, zeros left out."""
    found: Count = defaultdict(int)
    for asset in shelter.assets:
        events = sorted((e for e in shelter.asset_events if e.asset == asset.id), key=lambda e: (e.on, e.id))
        for key, amount in _of(asset, events, period):
            for dims in ((), (("asset_category", asset.category),), (("donor", asset.donor),)):
                found[f"t10.{key}", dims] += amount
        _at_the_end(found, asset, events, period)
    late = [t for t in shelter.tickets if t.reported_on <= period.last]
    found["t10.open_tickets", ()] = sum(t.closed_on is None or t.closed_on > period.last for t in late)
    return {ref: value for ref, value in found.items() if value}


def _card(asset: Asset, events: list[AssetEvent]) -> list[tuple[date, str]]:
    """The lines of the card: from which day which status."""
    said = [(e.on, BECOMES[e.kind], e.kind) for e in events if e.kind in BECOMES]
    unsaid = "en_service" if events and asset.status in OUT else asset.status
    first = unsaid if not said else "en_stock" if said[0][2] == "affectation" else "en_service"
    lines = [(asset.acquired_on, first), *((on, status) for on, status, _ in said)]
    present = asset.status
    if said and said[-1][1] in OUT and present in HERE:
        present = said[-1][1]
    return [*lines, (max([asset.acquired_on, *(e.on for e in events)]), present)]


def _evening(card: list[tuple[date, str]], asset: Asset, day: date) -> str:
    if day < asset.acquired_on:
        return ""
    return [status for on, status in card if on <= day or on == card[0][0]][-1]


def _of(asset: Asset, events: list[AssetEvent], period: Period) -> list[tuple[str, int]]:
    card, pieces = _card(asset, events), asset.quantity
    found = []
    if _evening(card, asset, period.first - timedelta(days=1)) in HERE:
        found.append(("start", pieces))
    if period.first <= asset.acquired_on <= period.last:
        found.append(("received" if any(e.kind == "transfert_recu" for e in events) else "acquired", pieces))
    before = left_as = "en_service"
    for on, status in card:
        leaves, comes_back = before in HERE and status in OUT, before in OUT and status in HERE
        if leaves:
            left_as = status
        if period.first <= on <= period.last and (leaves or comes_back):
            found.append((OUT[left_as], pieces if leaves else -pieces))
        before = status
    for event in events:
        if period.first <= event.on <= period.last and event.kind in ("affectation", "hors_service"):
            found.append(("assigned" if event.kind == "affectation" else "put_out", pieces))
    if _evening(card, asset, period.last) in HERE:
        found.append(("end", pieces))
        found.append(("value_unknown", pieces) if asset.cost is None else ("value", asset.cost))
    return found


def _at_the_end(found: Count, asset: Asset, events: list[AssetEvent], period: Period) -> None:
    status = _evening(_card(asset, events), asset, period.last)
    if status not in HERE:
        return
    looked_at = [e for e in events if e.condition and e.on <= period.last]
    later = [e for e in events if e.on > period.last]
    condition = looked_at[-1].condition if later and looked_at else asset.condition
    pieces = asset.quantity
    for name, value in (("status", status), ("condition", condition)):
        found[f"t10.by_{name}", ()] += pieces
        found[f"t10.by_{name}", ((f"asset_{name}", value),)] += pieces
    found["t10.status_by_category", (("asset_category", asset.category), ("asset_status", status))] += pieces
    found["t10.status_by_donor", (("donor", asset.donor), ("asset_status", status))] += pieces
