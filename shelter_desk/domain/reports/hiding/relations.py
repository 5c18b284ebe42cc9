"""What a reader knows of the figures of one report before reading a number: which add up, and which are bounds.

Each relation holds by the definition of its figures (field 4.3), or, where it is marked so, in most months: then it
counts in a month in which its numbers fulfil it, as a reader would try it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from shelter_desk.domain.casefile.minors import ALONE
from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.disclosure import HOSTED_TOO
from shelter_desk.domain.reports.figures import TOTAL, Dims, Ref, kind_of
from shelter_desk.domain.reports.tables import (
    t03_profile,
    t04_identification,
    t04_identified,
    t05_children,
    t08_follow_ups,
)
from shelter_desk.domain.reports.tables.t02_movements import ADULTS as GROWN
from shelter_desk.domain.reports.tables.t02_movements import BALANCE, ENTRIES, ROLLUPS, rollup, rollup_dims
from shelter_desk.domain.reports.tables.t02_movements import BY_PROFILE as MOVED
from shelter_desk.domain.reports.tables.t02_movements import MINORS as YOUNG

ALONE_KEY, MINORS = t05_children.ALONE_KEY, t05_children.ALL
DISTINCT, PERSONS, VICTIMS = "t2.distinct_persons", "t3.persons", "t4.victims"
_UNCOUNTED = frozenset({"t2.changes", "t2.person_nights"})  # signed, and nights: given whole or not at all
COUNTED = tuple(
    key
    for key in (*MOVED, *t04_identification.BY_PROFILE)
    if kind_of(key) in ("count", "distinct") and key not in _UNCOUNTED
)


@dataclass(frozen=True, slots=True)
class Relation:
    """The figures of `plus` without those of `minus` are nothing; with `is_bound` they are nothing or less."""

    plus: tuple[Ref, ...]
    minus: tuple[Ref, ...] = ()
    is_bound: bool = False


class FigureCells:
    """The figures that exist, by key and by the names of their dims."""

    def __init__(self, refs: Iterable[Ref]) -> None:
        self._by_shape: dict[tuple[str, tuple[str, ...]], list[Dims]] = defaultdict(list)
        for key, dims in refs:
            self._by_shape[key, tuple(name for name, _ in dims)].append(dims)

    def of(self, key: str, *names: str) -> tuple[Ref, ...]:
        """The cells of a figure that are cut so."""
        return tuple((key, dims) for dims in self._by_shape.get((key, names), ()))

    def dims(self, keys: Collection[str]) -> list[Dims]:
        """Every cell that one of these figures has, its total too."""
        found = (dims for (key, _), cells in self._by_shape.items() if key in keys for dims in cells)
        return list(dict.fromkeys(found))

    def aged(self, key: str, *groups: str) -> tuple[Ref, ...]:
        """The cells of these ages, of whatever sex."""
        return tuple(ref for ref in self.of(key, "sex", "age_group") if ref[1][1][1] in groups)

    def people(self, key: str, *names: str) -> tuple[Ref, ...]:
        """Those of these groups: girls, boys, women, men."""
        return tuple((key, rollup_dims(name)) for name in names)


def one(key: str) -> Ref:
    """A total."""
    return key, TOTAL


def bound(part: Iterable[Ref], whole: Iterable[Ref]) -> Relation:
    """A part is no more than the whole."""
    return Relation(tuple(part), tuple(whole), is_bound=True)


def cut(parts: Iterable[Ref], *whole: Ref) -> Iterator[Relation]:
    """Lines that count each thing once."""
    found = tuple(parts)
    if found:
        yield Relation(found, whole)


def several(parts: Iterable[Ref], whole: Ref) -> Iterator[Relation]:
    """Lines on which a person may stand more than once, and on one at least; often on one alone."""
    found = tuple(parts)
    if found:
        yield bound((whole,), found)
        yield Relation(found, (whole,))  # in most months
        yield from (bound((part,), (whole,)) for part in found)


def stays(cells: FigureCells) -> Iterator[Relation]:
    """T1 to T5 and T8."""
    yield from _nights(cells)
    yield from _rows(cells)
    yield from _columns(cells)
    yield from _profiles(cells)
    yield from _screened(cells)
    yield from _children(cells)
    yield from _exits(cells)
    yield from _followed(cells)


def _nights(cells: FigureCells) -> Iterator[Relation]:
    places = [one(f"t1.person_nights_{place}") for place in ("in_bed", "extra", "shared")]
    yield Relation(tuple(places), (one("t1.person_nights"),))
    # the occupancy is always printed, and so are the beds that it is taken over
    yield Relation(tuple(places[:2]), (one("t1.occupancy_rate"),))
    yield bound([one("t1.person_nights_unplaced")], [places[1]])
    yield bound([one("t1.absence_nights_held")], [one("t1.absence_nights")])
    yield bound([one("t2.late_entries")], [one("t2.entries"), one("t2.exits")])
    yield bound([one("t2.estimated_ages")], [one(DISTINCT)])
    yield from cut(cells.of("t2.requested_by_profile", "sex", "age_group"), one("t2.requested_asked"))
    for flow in ("requests", "requested"):
        yield from cut(cells.of(f"t2.{flow}_by_reason", "request_reason"), one(f"t2.{flow}_refused"))
        yield Relation(
            tuple(one(f"t2.{flow}_{name}") for name in ("waiting_start", "asked")),
            tuple(one(f"t2.{flow}_{name}") for name in ("admitted", "refused", "given_up", "waiting_end")),
        )


def _rows(cells: FigureCells) -> Iterator[Relation]:
    """Along a row: cells to girls, boys, women and men, these to the total; categories to the total."""
    for key in COUNTED:
        inside: dict[str, list[Ref]] = {name: [] for name in ROLLUPS}
        for ref in cells.of(key, "sex", "age_group"):
            inside[rollup(ref[1])].append(ref)
        for name, parts in inside.items():
            yield Relation(tuple(parts), ((key, rollup_dims(name)),))
        yield Relation(cells.people(key, *ROLLUPS), (one(key),))
        yield from cut(cells.of(key, "category"), one(key))


def _columns(cells: FigureCells) -> Iterator[Relation]:
    """Down a column: the balance, entries by kind, and how persons, stays and screenings bound each other."""
    start, entries, exits, end = BALANCE
    first, again, received, births = ENTRIES
    for dims in cells.dims((*BALANCE, DISTINCT, *HOSTED_TOO)):
        if dims and dims[0][0] not in ("sex", "rollup", "category"):
            continue
        a, b, c, d, persons = ((key, dims) for key in (start, entries, exits, end, DISTINCT))
        yield Relation((a, b), (c, d))
        yield bound([persons], [a, b])
        yield from (bound([part], [persons]) for part in (a, d))
        if dims and dims[0][0] == "category":
            continue
        yield Relation(tuple((key, dims) for key in ENTRIES), (b,))
        new: Ref = ("t2.new_persons", dims)
        yield from (bound([new], [whole]) for whole in (b, persons))
        yield Relation((new, (again, dims)), (b,))  # in most months
        yield Relation(((first, dims), (received, dims), (births, dims)), (new,))  # in most months
        for part, whole in HOSTED_TOO.items():
            yield bound([(part, dims)], [(whole, dims)])


def _profiles(cells: FigureCells) -> Iterator[Relation]:
    for name in ("nationality", "migration_situation", "region_origin", *t03_profile.ATTRIBUTES):
        yield from cut(cells.of(PERSONS, name), one(PERSONS))
    yield from cut(cells.of("t3.entries", "referral_source"), one("t3.entries"))
    yield from cut(cells.of(t03_profile.ADULTS, t03_profile.MARRIED), one(t03_profile.ADULTS))
    yield Relation((one(t03_profile.ADULTS),), cells.people(DISTINCT, "femmes", "hommes"))  # in most months
    yield from cut(cells.aged(DISTINCT, *GROWN), one(t03_profile.ADULTS))
    yield from several(cells.of(t03_profile.NEEDS, t03_profile.NEED), one(t03_profile.NEEDS))
    yield bound([one(t03_profile.NEEDS)], [one(PERSONS)])
    split = cells.of("t3.persons_by_sex", "nationality", "sex")
    for nationality in dict.fromkeys(ref[1][0] for ref in split):
        yield from cut((ref for ref in split if ref[1][0] == nationality), (PERSONS, (nationality,)))
    for sex in dict.fromkeys(ref[1][1] for ref in split):
        theirs = [ref for ref in cells.of(DISTINCT, "sex", "age_group") if ref[1][0] == sex]
        yield from cut((ref for ref in split if ref[1][1] == sex), *theirs)


def _screened(cells: FigureCells) -> Iterator[Relation]:
    opening, opened, *closed = t04_identification.SCREENINGS
    _, identified, cleared = t04_identification.FIRSTS.values()
    for dims in cells.dims(t04_identification.BY_PROFILE):
        if dims and dims[0][0] not in ("sex", "rollup"):
            continue
        yield Relation(((opening, dims), (opened, dims)), tuple((key, dims) for key in closed))
        yield Relation(((identified, dims), (cleared, dims)), (("t4.decided", dims),))  # in most months
        yield Relation(tuple((key, dims) for key in t04_identified.VICTIM_KEYS[1:]), ((VICTIMS, dims),))
    hosted = tuple((DISTINCT, (("category", name),)) for name in t04_identified.VICTIM_CATEGORIES)
    yield Relation(hosted, (one(VICTIMS),))
    for key, name in t04_identified.SEVERAL.items():
        yield from several(cells.of(key, name), one(identified))
    for key in (t04_identified.BY_ORIGIN, t04_identified.BY_BODY):
        yield from cut(cells.of(key, t04_identified.CUTS[key]), one(identified))
    yield from several(cells.of(t04_identified.VICTIMS_BY_FORM, "exploitation_form"), one(VICTIMS))
    yield from _grouped(cells)
    origins = cells.of(t04_identified.VICTIMS_BY_ORIGIN, "origin")
    yield from cut(origins, one(VICTIMS))
    at_home: Ref = (PERSONS, (("nationality", t04_identified.MALI),))
    for ref in origins:
        if ref[1][0][1] == "malienne":
            yield bound([ref], [at_home])
        elif ref[1][0][1] == "etrangere":
            yield bound([ref, at_home], [one(PERSONS)])
    practices = cells.of(t04_identified.ASSIMILATED, t04_identified.PRACTICE)
    yield from several(practices, one(t04_identified.ASSIMILATED))


def _grouped(cells: FigureCells) -> Iterator[Relation]:
    """Each victim stands in one group of exploitation; its forms are of its group, and in most months one alone."""
    groups = {ref[1][0][1]: ref for ref in cells.of(t04_identified.VICTIMS_BY_GROUP, t04_identified.GROUP)}
    if not groups:
        return
    yield from cut(groups.values(), one(VICTIMS))
    forms = cells.of(t04_identified.VICTIMS_BY_FORM, "exploitation_form")
    for kind in (t04_identified.SEXUAL, t04_identified.LABOUR):
        named = [ref for ref in forms if t04_identified.kind_of_form(ref[1][0][1]) == kind]
        whose = [groups[name] for name in (kind, t04_identified.BOTH) if name in groups]
        yield from (bound([ref], whose) for ref in named)
        if forms:
            yield bound(whose, named)
            yield Relation(tuple(named), tuple(whose))  # in most months
    others = [ref for ref in forms if t04_identified.kind_of_form(ref[1][0][1]) == t04_identified.OTHER]
    if forms and t04_identified.OTHER in groups:
        yield bound([groups[t04_identified.OTHER]], others)


def _children(cells: FigureCells) -> Iterator[Relation]:
    young = cells.people(DISTINCT, "filles", "garcons")
    yield Relation((one(MINORS),), young)  # in most months: of no sex known, they stand apart
    yield from cut(cells.aged(DISTINCT, *YOUNG), one(MINORS))
    situations = cells.of(MINORS, "child_status")
    yield from cut(situations, one(MINORS))
    yield Relation((one(ALONE_KEY),), tuple(ref for ref in situations if ref[1][0][1] in ALONE))
    yield bound([one(ALONE_KEY)], [one(MINORS)])
    for keys, on_time in zip((t05_children.BIA, t05_children.BIA_FULL), t05_children.ON_TIME, strict=True):
        yield Relation(tuple(map(one, keys)), (one(ALONE_KEY),))
        yield bound([one(on_time)], [one(keys[0])])
    yield from (bound([one(key)], [one(MINORS)]) for key in ("t5.with_guardian", "t5.in_school", "t5.beside_adults"))
    yield bound([(DISTINCT, (("category", "enas"),))], [one(ALONE_KEY)])
    left = t05_children.EXITS
    yield Relation((one(left[0]),), cells.people("t2.exits", "filles", "garcons"))  # in most months
    yield from cut(cells.aged("t2.exits", *YOUNG), one(left[0]))
    for key in left:
        yield from cut(cells.of(key, "exit_reason"), one(key))
    for dims in cells.dims(left):
        for part, whole in zip(left[1:], (left[0], left[1], left[1]), strict=True):
            yield bound([(part, dims)], [(whole, dims)])
        yield bound([(left[0], dims)], [("t8.exits", dims)])
    yield Relation((one(t05_children.REUNITED),), (t05_children.BY_EXIT,))  # in most months
    to_families = tuple((left[0], (("exit_reason", reason),)) for reason in t05_children.TO_FAMILIES)
    yield Relation((one(t05_children.SETTLED),), to_families)
    yield bound([one(t05_children.SETTLED)], [one(left[0])])


def _followed(cells: FigureCells) -> Iterator[Relation]:
    """Held by outcome; who was reached, and what was found, are those of their outcomes."""
    held, reached = t08_follow_ups.HELD, t08_follow_ups.REACHED
    outcomes = cells.of(held, t08_follow_ups.OUTCOME)
    yield from cut(outcomes, one(held))
    yield bound([one(reached)], [one(held)])
    for key, named in t08_follow_ups.FOUND.items():
        yield bound([one(key)], [one(reached)])
        yield from cut((ref for ref in outcomes if ref[1][0][1] in named), one(key))
    yield from cut((ref for ref in outcomes if ref[1][0][1] != t08_follow_ups.UNREACHED), one(reached))


def _exits(cells: FigureCells) -> Iterator[Relation]:
    for name in ("exit_reason", "exit_destination"):
        yield from cut(cells.of("t8.exits", name), one("t8.exits"))
    planned = {code.code for code in codes("exit_reason") if code.extra.get("planned") == "yes"}
    reasons = cells.of("t8.exits", "exit_reason")
    for part in cells.of("t8.exits_planned", "planned"):
        wanted = part[1][0][1] == "yes"
        yield from cut((ref for ref in reasons if (ref[1][0][1] in planned) == wanted), part)
