"""Where the registers of equipment do not agree with one another."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from shelter_desk.domain.equipment.assets import ENTRIES, GONE, MEANS, has_serial
from shelter_desk.domain.errors import BadDates, CodeTaken, RuleBroken
from shelter_desk.domain.moments import plain
from shelter_desk.domain.registers.rows import Kept, Key, folded

Standing = dict[str, dict[Key, Kept]]
Disagreement = tuple[str, Key, str, RuleBroken]


def disagreements_of_assets(standing: Standing) -> Iterator[Disagreement]:
    """A-01: one serial number for one thing; and nothing happens to an asset before it came."""
    yield from _serials(standing["immobilisations"])
    for key, kept in standing["evenements_biens"].items():
        asset_key = (folded(kept.values["tag_no"]),)
        asset = standing["immobilisations"][asset_key]
        on, came = kept.values["event_on"], asset.values["acquired_on"]
        if on < came and kept.values["asset_event"] not in ENTRIES and (kept.incoming or asset.incoming):
            error = BadDates(plain(came), plain(on))
            yield (
                ("evenements_biens", key, "event_on", error)
                if kept.incoming
                else ("immobilisations", asset_key, "acquired_on", error)
            )


def _serials(assets: dict[Key, Kept]) -> Iterator[Disagreement]:
    known: dict[Any, list[tuple[Key, Kept]]] = defaultdict(list)
    for key, kept in assets.items():
        serial = str(kept.values.get("serial_no") or "")
        if has_serial(serial):
            known[folded(serial).strip()].append((key, kept))
    for rows in known.values():
        if len(rows) > 1:
            _first, *others = sorted(rows, key=lambda row: row[1].incoming.number if row[1].incoming else -1)
            for key, kept in others:
                if kept.incoming:
                    yield "immobilisations", key, "serial_no", CodeTaken("serial", str(kept.values["serial_no"]))


def leave_with_events(standing: Standing) -> None:
    """An asset that left by its last event is gone, whatever its row says: the register follows."""
    last: dict[Key, Kept] = {}
    for kept in sorted(standing["evenements_biens"].values(), key=_when):
        if _made(kept):
            last[(folded(kept.values["tag_no"]),)] = kept
    for key, event in last.items():
        asset = standing["immobilisations"].get(key)
        if asset is not None and _made(event) in GONE and asset.values["asset_status"] not in GONE:
            asset.values["asset_status"] = _made(event)


def _made(kept: Kept) -> str:
    return kept.values.get("asset_status") or MEANS.get(kept.values["asset_event"], "")


def _when(kept: Kept) -> tuple[Any, int, int]:
    """By day, then as they are stored, new ones last in the order of the file."""
    stored = kept.id if kept.id is not None else 10**9
    return kept.values["event_on"], stored, kept.incoming.number if kept.incoming else 0
