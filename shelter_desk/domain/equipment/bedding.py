"""What a bed needs, and which of it cannot be used: a bed is a place, these are things on it (T50, A-04, N15)."""

from collections import defaultdict
from collections.abc import Iterable

from shelter_desk.domain.codes import folded
from shelter_desk.domain.equipment.assets import UNUSABLE, WORN_OUT, Asset
from shelter_desk.domain.ids import BedId

FRAME, MATTRESS, NET = "cadre", "matelas", "moustiquaire"
_WORDS = {"matelas": MATTRESS, "mattress": MATTRESS, "moustiquaire": NET, "net": NET, "mosquitonet": NET}


def part_of(designation: str) -> str:
    """Which part of a bed a thing is, by the first word of its name that says so; the frame where none does."""
    for word in designation.replace("-", " ").split():
        found = _WORDS.get(folded(word))
        if found is not None:
            return found
    return FRAME


def is_usable(asset: Asset) -> bool:
    """True for what somebody can sleep on or under."""
    return asset.status not in UNUSABLE and asset.condition != WORN_OUT


def lacking(assets: Iterable[Asset]) -> dict[BedId, tuple[str, ...]]:
    """The parts that a bed had and of which none can be used; beds without any linked thing say nothing."""
    parts: dict[BedId, dict[str, bool]] = defaultdict(dict)
    for one in assets:
        if one.bed is not None and one.category == "literie":
            part = part_of(one.designation)
            parts[one.bed][part] = parts[one.bed].get(part, False) or is_usable(one)
    found = {bed: tuple(sorted(part for part, usable in known.items() if not usable)) for bed, known in parts.items()}
    return {bed: missing for bed, missing in found.items() if missing}
