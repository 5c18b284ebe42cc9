"""A reader who adds and subtracts everything that is printed, to get hidden numbers back.

The equations are written from what the tables mean (field 4.3), not from what the program protects.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.figures import HIDDEN, Dims, Figure, Ref
from shelter_desk.domain.reports.report import Report, Shape

Equation = dict[Ref, int]
MINORS, ADULTS = ("a00_04", "a05_11", "a12_17"), ("a18_59", "a60p")
ROLLUPS = {"filles": ("f", MINORS), "garcons": ("m", MINORS), "femmes": ("f", ADULTS), "hommes": ("m", ADULTS)}
BALANCES = (
    ("t2.present_start", "t2.entries", "-t2.exits", "-t2.present_end"),
    ("t2.entries", *(f"-t2.entries_{kind}" for kind in ("premiere", "readmission", "transfert", "naissance"))),
    ("t4.pending_start", "t4.opened", "-t4.decided", "-t4.left_undecided", "-t4.corrected", "-t4.pending_end"),
    ("t5.alone", "-t5.bia_done", "-t5.bia_overdue", "-t5.bia_pending"),
    ("t5.alone", "-t5.bia_full_done", "-t5.bia_full_overdue", "-t5.bia_full_pending"),
    ("t12.open_start", "t12.incidents", "-t12.closed", "-t12.open_end"),
    *(
        (
            f"{to}open_start",
            f"{to}issued",
            *(f"-{to}{end}" for end in ("served", "refused_provider", "refused_person", "no_response", "open_end")),
        )
        for to in ("t7.", "t7.incoming_")
    ),
    ("t1.person_nights", "-t1.person_nights_in_bed", "-t1.person_nights_extra", "-t1.person_nights_shared"),
    ("t1.person_nights", "-t2.person_nights"),
    ("t2.distinct_persons", "-t3.persons"),
    ("t4.victims", "-t4.victims_new", "-t4.victims_continuing"),
    ("t2.entries", "-t3.entries"),
    ("t2.exits", "-t8.exits"),
)
# a total, and the lines that each count once: key of the lines, their dim, how many dims they have
CUTS = (
    ("t1.person_nights", "t1.presence", "night", 1),
    *(("t3.persons", "t3.persons", name, 1) for name in ("nationality", "migration_situation", "region_origin")),
    *(("t3.persons", "t3.persons", name, 1) for name in ("education_level", "language", "country_last")),
    ("t3.adults", "t3.adults", "marital_status", 1),
    ("t4.victims", "t4.victims_by_origin", "origin", 1),
    ("t4.victims", "t4.victims_by_group", "exploitation_group", 1),
    ("t3.entries", "t3.entries", "referral_source", 1),
    ("t4.new_identified", "t4.identified_by_origin", "origin", 1),
    ("t4.new_identified", "t4.identified_by_body", "status_decided_by", 1),
    ("t5.minors", "t5.minors", "child_status", 1),
    *(
        (key, key, "exit_reason", 1)
        for key in ("t5.exits", "t5.exits_alone", "t5.exits_decided", "t5.exits_handed_over")
    ),
    ("t6.cost", "t6.cost_by_donor", "donor", 1),
    *((f"t7.{what}", f"t7.{what}_by_partner_type", "partner_type", 1) for what in ("issued", "served")),
    *((f"t7.{what}", f"t7.{what}_by_profile", "sex", 2) for what in ("issued", "served")),
    ("t7.complaints", "t7.complaints", "sex", 2),
    *(("t8.exits", "t8.exits", name, 1) for name in ("exit_reason", "exit_destination")),
    ("t8.exits", "t8.exits_planned", "planned", 1),
    ("t8.nights", "t8.nights", "exit_reason", 1),
    ("t8.follow_ups_held", "t8.follow_ups_held", "follow_up_outcome", 1),
    *(
        (key, key, name, 1)
        for key in ("t9.participations", "t9.person_hours", "t9.outside")
        for name in ("service_type", "audience", "training_theme")
    ),
    *((key, key, "sex", 2) for key in ("t9.participations", "t9.person_hours", "t9.participants")),
    ("t9.participations", "t9.attended", "activity", 1),
    ("t9.trained", "t9.trained", "training_theme", 1),
    ("t9.trained", "t9.trained_by_sex", "sex", 1),
    *((key, key, "training_theme", 1) for key in ("t9.pre_tested", "t9.post_tested", "t9.training_hours")),
    *((key, key, "incident_type", 1) for key in ("t12.open_start", "t12.incidents", "t12.closed", "t12.open_end")),
    ("t12.incidents", "t12.incidents", "severity", 1),
)


def given_back(whole: Report, printed: Report) -> dict[Ref, object]:
    """The small numbers of the whole report that somebody with the printed one can tell exactly."""
    small = {
        figure.ref: figure.value
        for figure in (*whole.figures.values(), *whole.subtotals.values())
        if isinstance(figure.value, int) and 0 < abs(figure.value) < whole.small_cell_k
    }
    known = {figure.ref: figure for figure in (*printed.figures.values(), *printed.subtotals.values())}
    hidden = [ref for ref, figure in known.items() if figure.value is HIDDEN]
    equations = [one for one in _equations(known) if len(one) > 1 or _are_given(printed, one)]
    if printed.profile == "public":  # a partner is given the categories of T2 whole, which tell the victims of T4 (6.6)
        hosted = [ref for ref in known if ref[0] == "t2.distinct_persons" and ref[1] and ref[1][0][1] in _VICTIMS]
        equations.append(_minus(hosted, ("t4.victims", ())))
    told = _told(equations, known, hidden)
    return {ref: small[ref] for ref in told if ref in small}


def _are_given(printed: Report, total: Equation) -> bool:
    """Whether a total without a line is one of nothing: only where lines of it are given, not where they are left out.

    A rate that gives its other side away has the sign of a line.
    """
    ((key, _), factor), *_ = total.items()
    return factor > 0 or (
        printed.profile != "public" and not any(cut == key for cut, _ in _cuts_left_out(printed, key))
    )


def _cuts_left_out(printed: Report, total: str) -> set[Shape]:
    """Of the lines that a total without a line could be made of, those that are left out, under the total's name."""
    of = {"t5.alone": "t5.minors", "t5.exits": "t2.exits", "t5.minors": "t2.distinct_persons"}
    key = of.get(total, total)
    return {(total, names) for cut, names in printed.left_out if cut in (key, total, "t3.persons_by_sex", "t8.exits")}


def _told(equations: list[Equation], known: dict[Ref, Figure], hidden: Iterable[Ref]) -> set[Ref]:
    """The hidden ones that the equations have exactly one solution for."""
    places = {ref: place for place, ref in enumerate(hidden)}
    rows = []
    for equation in equations:
        row = {places[ref]: Fraction(factor) for ref, factor in equation.items() if ref in places}
        if row and all(ref in places or ref in known for ref in equation):
            rows.append(row)
    solved: dict[int, dict[int, Fraction]] = {}
    for row in rows:
        for at in sorted(set(row) & set(solved)):
            if at in row:
                _subtract(row, solved[at], row[at])
        if not row:
            continue
        pivot = min(row)
        ready = {at: factor / row[pivot] for at, factor in row.items()}
        for other in solved.values():
            if pivot in other:
                _subtract(other, ready, other[pivot])
        solved[pivot] = ready
    names = list(places)
    return {names[pivot] for pivot, row in solved.items() if len(row) == 1}


def _subtract(row: dict[int, Fraction], other: dict[int, Fraction], factor: Fraction) -> None:
    for at, value in list(other.items()):
        left = row.get(at, Fraction(0)) - value * factor
        if left:
            row[at] = left
        else:
            row.pop(at, None)


def _equations(known: dict[Ref, Figure]) -> Iterator[Equation]:
    by_key: dict[str, list[Dims]] = {}
    for key, dims in known:
        by_key.setdefault(key, []).append(dims)
    yield from _balanced(known, by_key)
    for total, key, name, length in CUTS:
        cells = [dims for dims in by_key.get(key, ()) if len(dims) == length and dims[0][0] == name]
        if cells and (total, ()) in known:
            yield _minus([(key, dims) for dims in cells], (total, ()))
    yield from _people(known, by_key)
    yield from _care(known, by_key)
    yield from _rates(known)


def _minus(parts: Iterable[Ref], whole: Ref) -> Equation:
    found: Equation = dict.fromkeys(parts, 1)
    found[whole] = -1
    return found


def _balanced(known: dict[Ref, Figure], by_key: dict[str, list[Dims]]) -> Iterator[Equation]:
    """Down a column, in every cell of it; a cell that is left out is a zero."""
    for signed in BALANCES:
        keys = {name.lstrip("-"): -1 if name.startswith("-") else 1 for name in signed}
        same = {dims for key in keys for dims in by_key.get(key, ()) if not dims or dims[0][0] != "night"}
        if len({key.split(".")[0] for key in keys}) > 1:
            same = {()}  # the same number in two tables
        for dims in same:
            inside = {(key, dims): sign for key, sign in keys.items() if (key, dims) in known}
            names = [{one[0][0] for one in by_key.get(key, ()) if one} for key in keys]
            if len(inside) == len(keys) or (dims and all(dims[0][0] in cut for cut in names)):
                yield inside


def _people(known: dict[Ref, Figure], by_key: dict[str, list[Dims]]) -> Iterator[Equation]:
    """Cells to girls, boys, women and men, these to the total; categories; minors of T2 and of T5."""
    for key, every in by_key.items():
        cells = [dims for dims in every if len(dims) == 2 and dims[0][0] == "sex" and dims[1][0] == "age_group"]
        if not key.startswith(("t2.", "t4.")) or any(word in key for word in ("mean", "median", "_profile")):
            continue
        if key != "t2.changes" and (key, ()) in known and cells:
            yield _minus([(key, dims) for dims in cells], (key, ()))
        rollups = [dims for dims in every if dims and dims[0][0] == "rollup"]
        for dims in rollups:
            name = dims[0][1]
            if name in ROLLUPS:
                sex, ages = ROLLUPS[name]
                inside = [(key, cell) for cell in cells if cell[0][1] == sex and cell[1][1] in ages]
            else:
                inside = [(key, cell) for cell in cells if cell[0][1] == "u" or cell[1][1] == "unk"]
            yield _minus(inside, (key, dims))
        if rollups and (key, ()) in known:
            yield _minus([(key, dims) for dims in rollups], (key, ()))
        categories = [dims for dims in every if dims and dims[0][0] == "category"]
        if categories and (key, ()) in known:
            yield _minus([(key, dims) for dims in categories], (key, ()))
    for key, whole in (("t2.distinct_persons", "t5.minors"), ("t2.exits", "t5.exits")):
        young = [(key, dims) for dims in by_key.get(key, ()) if len(dims) == 2 and dims[1][1] in MINORS]
        yield _minus(young, (whole, ()))
    alone = [("t5.minors", dims) for dims in by_key.get("t5.minors", ()) if dims and dims[0][1] in _ALONE]
    yield _minus(alone, ("t5.alone", ()))
    for nation in {dims[0] for dims in by_key.get("t3.persons_by_sex", ())}:
        split: list[Ref] = [("t3.persons_by_sex", dims) for dims in by_key["t3.persons_by_sex"] if dims[0] == nation]
        yield _minus(split, ("t3.persons", (nation,)))


_VICTIMS = ("vdt_presumee", "vdt_identifiee")
_ALONE = ("non_accompagne", "separe", "chef_menage")


def _care(known: dict[Ref, Figure], by_key: dict[str, list[Dims]]) -> Iterator[Equation]:
    """Sub-types to types to everything, providers to events, nights to services, reasons to planned exits."""
    for key in ("t6.quantity", "t6.events", "t6.cost"):
        names = [dims[0][1] for dims in by_key.get(key, ()) if dims]
        tops = [name for name in names if "_" not in name]
        if (key, ()) in known:
            yield _minus([(key, (("service_type", name),)) for name in tops], (key, ()))
        for top in tops:
            below = [name for name in names if name != top and name.removeprefix("x_").split("_")[0] == top]
            if below:
                yield _minus([(key, (("service_type", name),)) for name in below], (key, (("service_type", top),)))
        if key != "t6.cost" and (key, (("service_type", "heb_nuitee"),)) in known:
            yield {(key, (("service_type", "heb_nuitee"),)): 1, ("t1.person_nights", ()): -1}
    provided = by_key.get("t6.provided", ())
    for events in {dims[:-1] for dims in provided}:
        yield _minus([("t6.provided", dims) for dims in provided if dims[:-1] == events], ("t6.events", events))
    planned = {one.code for one in codes("exit_reason") if one.extra.get("planned") == "yes"}
    reasons = [dims for dims in by_key.get("t8.exits", ()) if dims and dims[0][0] == "exit_reason"]
    for dims in by_key.get("t8.exits_planned", ()):
        inside: list[Ref] = [("t8.exits", one) for one in reasons if (one[0][1] in planned) == (dims[0][1] == "yes")]
        yield _minus(inside, ("t8.exits_planned", dims))


def _rates(known: dict[Ref, Figure]) -> Iterator[Equation]:
    """A printed rate or mean tells what it was made of, where its other side is printed."""

    def is_printed(key: str, dims: Dims = ()) -> bool:
        return (key, dims) in known and isinstance(known[key, dims].value, (int, float))

    if is_printed("t1.mean_presence"):
        yield {("t1.person_nights", ()): 1}
    if is_printed("t1.occupancy_rate") and is_printed("t1.capacity_bed_nights"):
        yield {("t1.person_nights_in_bed", ()): 1, ("t1.person_nights_extra", ()): 1}
    for key in ("t1.surface_per_person", "t1.persons_per_toilet", "t1.persons_per_shower"):
        if is_printed(key):
            yield {("t1.max_presence", ()): 1}
    for key, dims in list(known):
        if key == "t8.nights" and is_printed(key, dims) and is_printed("t8.mean_stay", dims):
            yield {("t8.exits", dims): 1}
    if is_printed("t5.settled_rate") and is_printed("t5.exits"):
        yield {("t5.exits_settled", ()): 1}
    for to in ("t7.", "t7.incoming_"):
        if is_printed(f"{to}completion_rate") and is_printed(f"{to}issued"):
            yield {(f"{to}completed", ()): 1}
