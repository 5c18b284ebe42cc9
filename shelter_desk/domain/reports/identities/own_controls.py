"""Controls of the program's own, beside those of field 4.4: however a figure is cut, its parts are all there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shelter_desk.domain.reports.figures import TOTAL, Dims, Ref
from shelter_desk.domain.reports.identity_sides import FigureReader, balance
from shelter_desk.domain.reports.report import Identity, Terms
from shelter_desk.domain.reports.tables.t01_lost_places import LOST
from shelter_desk.domain.reports.tables.t03_profile import ADULTS, ATTRIBUTES, MARRIED
from shelter_desk.domain.reports.tables.t04_identified import (
    BY_BODY,
    BY_ORIGIN,
    CUTS,
    GROUP,
    VICTIM_KEYS,
    VICTIMS_BY_GROUP,
    VICTIMS_BY_ORIGIN,
)
from shelter_desk.domain.reports.tables.t05_children import ALONE_KEY, BIA, BIA_FULL, EXITS
from shelter_desk.domain.reports.tables.t06_services import BY_DONOR
from shelter_desk.domain.reports.tables.t07_legal_steps import COMPLAINTS
from shelter_desk.domain.reports.tables.t07_referrals import BY_PARTNER, BY_PROFILE, WHAT
from shelter_desk.domain.reports.tables.t09_activities import ATTENDED, BY_SEX
from shelter_desk.domain.reports.tables.t12_incidents import BALANCE as INCIDENTS


@dataclass(frozen=True, slots=True)
class Cut:
    """A figure whose total is the sum of its cells of one dim.

    total: which figure; key: where the cells are; name: the dim; length: how many dims a cell has.
    """

    id: str
    total: str
    key: str
    name: str
    length: int = 1

    @property
    def dims(self) -> Dims:
        """Under which the control is known."""
        return (("figure", self.total), ("by", _BY.get(self.name, self.name)))

    def parts(self, refs: Iterable[Ref]) -> list[Ref]:
        """Those of the figures that are its cells."""
        return [one for one in refs if one[0] == self.key and len(one[1]) == self.length and one[1][0][0] == self.name]


_BY = {"activity": "session", "sex": "cell"}
_HELD = ("t9.sessions", "t9.participations", "t9.person_hours", "t9.outside")
CUTS_ADDED: tuple[Cut, ...] = (
    *(
        Cut("C-01", f"t1.{key}", f"t1.{key}", "zone")
        for key in ("capacity_bed_nights", "person_nights", "absence_nights")
    ),
    Cut("C-01", LOST, LOST, "zone"),
    *(Cut("C-02", "t4.new_identified", key, CUTS[key]) for key in (BY_ORIGIN, BY_BODY)),
    Cut("C-11", VICTIM_KEYS[0], VICTIMS_BY_ORIGIN, "origin"),
    Cut("C-11", VICTIM_KEYS[0], VICTIMS_BY_GROUP, GROUP),
    Cut("C-04", EXITS[0], EXITS[0], "exit_reason"),
    Cut("C-05", "t6.cost", BY_DONOR, "donor"),
    *(Cut("C-06", f"t7.{what}", key, "partner_type") for what, key in zip(WHAT, BY_PARTNER, strict=True)),
    *(Cut("C-06", f"t7.{what}", key, "sex", 2) for what, key in zip(WHAT, BY_PROFILE, strict=True)),
    *(Cut("C-07", key, key, name) for key in _HELD for name in ("service_type", "audience", "training_theme")),
    Cut("C-07", "t9.participations", "t9.participations", "sex", 2),
    Cut("C-07", "t9.participations", ATTENDED, "activity"),
    Cut("C-08", "t9.trained", "t9.trained", "training_theme"),
    Cut("C-08", "t9.trained", BY_SEX, "sex"),
    *(Cut("C-10", "t3.persons", "t3.persons", name) for name in ATTRIBUTES),
    Cut("C-10", ADULTS, ADULTS, MARRIED),
    Cut("C-19", COMPLAINTS, COMPLAINTS, "sex", 2),
)
# each with what adds up to it
BALANCES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("C-03", ALONE_KEY, BIA),
    ("C-03", ALONE_KEY, BIA_FULL),
    ("C-11", VICTIM_KEYS[0], VICTIM_KEYS[1:]),
)


def own_controls(read: FigureReader) -> list[Identity]:
    """Every one of them, that of which nothing was recorded too."""
    found = []
    for cut in CUTS_ADDED:
        cells = read.where(cut.key, lambda _: True)
        found.append(_added(read, cut.id, cut.dims, cut.total, cut.parts(cells)))
    for name, total, parts in BALANCES:
        found.append(_added(read, name, (("figure", parts[0]),), total, [(key, TOTAL) for key in parts]))
    uses: list[Ref] = [(key, TOTAL) for key in INCIDENTS]
    return [*found, read.equal("C-09", TOTAL, *balance(INCIDENTS, TOTAL), uses)]


def _added(read: FigureReader, name: str, dims: Dims, key: str, parts: Sequence[Ref]) -> Identity:
    """A total and its parts, with their decimals."""
    total: Ref = (key, TOTAL)
    left, right = read.number(*total), read.added(parts)
    terms = Terms((total,)), Terms(tuple(parts))
    return Identity(name, dims, left, right, left == right, (total, *parts), terms=terms)
