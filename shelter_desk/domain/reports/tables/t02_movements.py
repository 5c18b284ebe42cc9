"""T2: who was here, came and left, by sex and age group and by category (field 4.3)."""

from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Dims, Figure, Ref, Row, Tally, figure_of
from shelter_desk.domain.reports.lines import StayLine, cell_of, in_order, last_of_each_person, reference_date
from shelter_desk.domain.reports.tables.nights import NightsSlept

BALANCE = ("t2.present_start", "t2.entries", "t2.exits", "t2.present_end")
BY_CATEGORY = (*BALANCE, "t2.person_nights", "t2.distinct_persons", "t2.changes")
ENTRY_KINDS = ("premiere", "readmission", "transfert", "naissance")
ENTRIES = tuple(f"t2.entries_{kind}" for kind in ENTRY_KINDS)
BY_PROFILE = (
    *BALANCE,
    *ENTRIES,
    "t2.changes",
    "t2.distinct_persons",
    "t2.new_persons",
    "t2.redirected",
    "t2.person_nights",
    "t2.mean_stay",
    "t2.median_stay",
    "t2.mean_time_present",
    "t2.over_max_stay",
)
SEXES = ("f", "m", "u")
MINORS = ("a00_04", "a05_11", "a12_17")
ADULTS = ("a18_59", "a60p")
AGES = (*MINORS, *ADULTS, "unk")
ROLLUPS = ("filles", "garcons", "femmes", "hommes", "nr")


def rollup(cell: Dims) -> str:
    """The subtotal a cell of sex and age group belongs to; `nr` where one of the two is unknown."""
    sex, age = cell[0][1], cell[1][1]
    if sex not in ("f", "m") or age == "unk":
        return "nr"
    if age in MINORS:
        return "filles" if sex == "f" else "garcons"
    return "femmes" if sex == "f" else "hommes"


def rollup_dims(name: str) -> Dims:
    """The dims under which a report keeps that subtotal."""
    return (("rollup", name),)


def movements(facts: ReportFacts, all_lines: list[StayLine], nights: list[NightsSlept]) -> dict[Ref, Figure]:
    """The figures of T2."""
    tally = Tally(*BY_PROFILE)
    for line, slept in zip(all_lines, nights, strict=True):
        _count(tally, line)
        tally.add("t2.person_nights", line.stay.id, slept.here.bit_count(), *line.cells)
    new = _new_persons(facts, all_lines)
    for line in last_of_each_person(all_lines):
        tally.add("t2.distinct_persons", line.stay.id, 1, *line.cells)
        if line.person.id in new:
            tally.add("t2.new_persons", line.stay.id, 1, TOTAL, line.cell)
    for stay in in_order(facts.stays):
        if stay.is_redirected and stay.admitted_at.date() in facts.period:
            cell = cell_of(facts.persons[stay.person], reference_date(stay, facts.period))
            tally.add("t2.redirected", stay.id, 1, TOTAL, cell)
    return tally.figures()


def _count(tally: Tally, line: StayLine) -> None:
    stay, cells = line.stay, line.cells
    if line.at_start:
        tally.add("t2.present_start", stay.id, 1, *cells)
        # present at the start, counted in another cell than on the eve: out of the old one, into the new one
        if line.cell != line.cell_before:
            tally.add("t2.changes", line.stay.id, 1, line.cell)
            tally.add("t2.changes", line.stay.id, -1, line.cell_before)
        if line.category != line.category_before:
            tally.add("t2.changes", line.stay.id, 1, (("category", line.category),))
            tally.add("t2.changes", line.stay.id, -1, (("category", line.category_before),))
    if line.enters:
        tally.add("t2.entries", stay.id, 1, *cells)
        if stay.entry_kind in ENTRY_KINDS:
            tally.add(f"t2.entries_{stay.entry_kind}", stay.id, 1, TOTAL, line.cell)
    if line.exits:
        tally.add("t2.exits", stay.id, 1, *cells)
        tally.add("t2.mean_stay", stay.id, line.length, TOTAL, line.cell)
        tally.add("t2.median_stay", stay.id, line.length, TOTAL, line.cell)
    if line.at_end:
        tally.add("t2.present_end", stay.id, 1, *cells)
        tally.add("t2.mean_time_present", stay.id, line.length, TOTAL, line.cell)
    if line.is_over_limit:
        tally.add("t2.over_max_stay", stay.id, 1, TOTAL, line.cell)


def _new_persons(facts: ReportFacts, all_lines: list[StayLine]) -> set[int]:
    """First admissions and births; a transfer received unless an earlier counted stay exists here."""
    new: set[int] = set()
    seen: set[int] = set(facts.known_before)
    for line in all_lines:
        kind, person = line.stay.entry_kind, line.person.id
        is_new = kind in ("premiere", "naissance") or (kind == "transfert" and person not in seen)
        if line.enters and is_new:
            new.add(person)
        seen.add(person)
    return new


def subtotals(figures: dict[Ref, Figure], keys: tuple[str, ...]) -> dict[Ref, Figure]:
    """Girls, boys, women, men and not recorded of each of these figures, from the rows of their cells."""
    rows: dict[Ref, list[Row]] = {(key, rollup_dims(name)): [] for key in keys for name in ROLLUPS}
    for (key, dims), figure in figures.items():
        if key in keys and len(dims) == 2:
            rows[key, rollup_dims(rollup(dims))].extend(figure.rows)
    return {ref: figure_of(ref, found) for ref, found in rows.items()}
