"""I-17, which proves the equipment: what came and left, against what stands in the register at the end (field 4.4)."""

from shelter_desk.domain.reports.figures import TOTAL, Dims
from shelter_desk.domain.reports.identity_sides import FigureReader, balance, totals
from shelter_desk.domain.reports.report import Identity, Terms
from shelter_desk.domain.reports.tables.t10_equipment import BALANCE, BY_STATUS, STATES


def identities_of_equipment(read: FigureReader) -> tuple[Identity, ...]:
    """In total, in every category and for every donor; then by status and by condition."""
    cells: dict[Dims, None] = {TOTAL: None}
    for key, dims in read.figures:
        if key in BALANCE:
            cells[dims] = None
    return (
        *(read.equal("I-17", dims, *balance(BALANCE, dims, came=3), [(BALANCE[-1], dims)]) for dims in cells),
        *_cuts(read),
        *_statuses(read),
    )


def _cuts(read: FigureReader) -> list[Identity]:
    """Every asset at the end has one status and one condition."""
    found = []
    for key in STATES:
        parts = Terms(tuple(read.where(key, lambda _: True)))
        found.append(read.equal("I-17", (("by", key[7:]),), parts, totals("t10.end"), [("t10.end", TOTAL)]))
    return found


def _statuses(read: FigureReader) -> list[Identity]:
    """The statuses of each category and of each donor add up to its end."""
    found = []
    for name, key in BY_STATUS.items():
        for _, dims in read.where("t10.end", lambda dims, name=name: dims[0][0] == name):  # type: ignore[misc]
            parts = read.where(key, lambda found, dims=dims: found[:1] == dims)  # type: ignore[misc]
            where, end = (("by", "status"), *dims), ("t10.end", dims)
            found.append(read.equal("I-17", where, Terms(tuple(parts)), Terms((end,)), [end]))
    return found
