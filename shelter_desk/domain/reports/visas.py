"""Who signs which tables of a month before it is closed: a visa holds for the figures that were signed alone."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from shelter_desk.domain.ids import ReportVisaId, UserId
from shelter_desk.domain.reports import closing, snapshots
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.report import Report, Visa, VisaPart
from shelter_desk.domain.rights import Role

PARTS: Mapping[VisaPart, Role] = MappingProxyType({"case": Role.CASE_WORKER, "store": Role.STOREKEEPER})
_STORE = frozenset({"t10", "t11"})


@dataclass(frozen=True, slots=True)
class SignedVisa:
    """A visa as it was given. digest: of the figures and lists that were signed, keyed where it is of the case file."""

    id: ReportVisaId
    first_day: str
    last_day: str
    part: VisaPart
    role: str
    digest: str
    signed_at: datetime
    user: UserId


@dataclass(frozen=True, slots=True)
class VisaStanding:
    """A part of the tables: the visa that holds, None without one; withdrawn: a figure moved since it was signed.

    can_be_signed: False of a closed month in whose tables nothing moved since.
    """

    part: VisaPart
    visa: Visa | None
    is_withdrawn: bool = False
    can_be_signed: bool = True


def part_of(role: Role) -> VisaPart | None:
    """What somebody with that role signs."""
    return next((part for part, one in PARTS.items() if one is role), None)


def of_part(report: Report, part: VisaPart) -> Report:
    """The report with the figures of these tables alone, without what proves them against others."""
    figures = {ref: one for ref, one in report.figures.items() if _is_of(part, ref[0])}
    subtotals = {ref: one for ref, one in report.subtotals.items() if _is_of(part, ref[0])}
    kept = replace(report, figures=figures, subtotals=subtotals, identities=(), nights=(), sessions=(), lessons=())
    return kept if part == "store" else replace(kept, happened=(), open_tickets=())


def digest(report: Report, part: VisaPart) -> str:
    """SHA-256 of the figures of these tables, in whatever order they were counted, and of the lists printed in them."""
    shown = of_part(report, part)
    told: list[Any] = sorted([one.key, one.dims, one.value] for one in shown.figures.values())
    if part == "store":
        lists = snapshots.written(replace(shown, figures={}, subtotals={}))
        told += [lists["happened"], lists["open_tickets"]]
    return snapshots.digest(told)


def keyed(digest: str, key: bytes) -> str:
    """The same for the tables of the case file, whose figures must not be found by trying. Before version 0.3 a visa of
    them kept the digest alone.
    """
    return hmac.digest(key, digest.encode(), "sha256").hex()


def can_be_signed(report: Report, part: VisaPart, published: Report | None) -> bool:
    """Whether the month is open, or a figure of these tables is otherwise than published: then a version that replaces
    it is signed.

    published: what the version says that counts, as far as who signs may read it; a hidden number tells nothing.
    """
    if published is None:
        return True
    moved = closing.corrections(of_part(published, part), of_part(report, part))
    return any(one.published is not HIDDEN for one in moved)


def standing(report: Report, signed: Mapping[VisaPart, SignedVisa], key: bytes | None) -> tuple[VisaStanding, ...]:
    """Every part with the visa that holds for these figures. key: with which that of the case file was given."""
    found = []
    for part in PARTS:
        one = signed.get(part)
        now = digest(report, part)
        holds = one is not None and one.digest in (now, now if key is None else keyed(now, key))
        visa = Visa(part, one.role, one.signed_at.date()) if one is not None and holds else None
        found.append(VisaStanding(part, visa, one is not None and not holds))
    return tuple(found)


def _is_of(part: VisaPart, key: str) -> bool:
    return (key.partition(".")[0] in _STORE) is (part == "store")
