"""What stands in a document, and what its tables mean: written from field 4.3, not from what the program protects."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.disclosure import HEADLINES
from shelter_desk.domain.reports.figures import HIDDEN, Dims, Ref
from shelter_desk.domain.reports.report import Report, as_document
from tests.domain.reports.hiding.attack import ADULTS, BALANCES, CUTS, MINORS, ROLLUPS

SEXES, AGES = ("f", "m", "u"), (*MINORS, *ADULTS, "unk")
PEOPLE = [(("sex", sex), ("age_group", age)) for sex in SEXES for age in AGES]
T2 = [
    "t2.present_start",
    "t2.entries",
    "t2.exits",
    "t2.present_end",
    "t2.distinct_persons",
    "t2.new_persons",
    "t2.redirected",
    "t2.entries_premiere",
    "t2.entries_readmission",
    "t2.entries_transfert",
    "t2.entries_naissance",
    "t2.over_max_stay",
]
T4 = [
    "t4.pending_start",
    "t4.opened",
    "t4.decided",
    "t4.left_undecided",
    "t4.corrected",
    "t4.pending_end",
    "t4.new_presumed",
    "t4.new_identified",
    "t4.not_victim",
    "t4.interviews",
    "t4.assimilated",
    "t4.victims",
    "t4.victims_new",
    "t4.victims_continuing",
]
SEVERAL = (
    *(
        ("t4.new_identified", f"t4.identified_by_{name}", f"exploitation_{name}")
        for name in ("form", "country", "region")
    ),
    ("t4.victims", "t4.victims_by_form", "exploitation_form"),
    ("t4.assimilated", "t4.assimilated", "assimilated_practice"),
    ("t3.needs", "t3.needs", "specific_need"),
    ("t7.issued", "t7.issued_by_service", "service_type"),
    ("t7.served", "t7.served_by_service", "service_type"),
    *(("t9.participants", "t9.participants", name) for name in ("service_type", "audience", "training_theme")),
    ("t9.trained_persons", "t9.trained_persons", "training_theme"),
)
# a part and its whole, in every cell that both have
PARTS = [
    "t2.distinct_persons<t2.present_start+t2.entries",
    "t2.present_start<t2.distinct_persons",
    "t2.present_end<t2.distinct_persons",
    "t2.new_persons<t2.entries",
    "t2.new_persons<t2.distinct_persons",
    "t2.over_max_stay<t2.present_end",
    "t2.late_entries<t2.entries+t2.exits",
    "t2.estimated_ages<t2.distinct_persons",
    "t4.victims<t2.distinct_persons",
    "t4.victims_new<t2.entries",
    "t4.victims_continuing<t2.present_start",
    "t4.assimilated<t2.distinct_persons",
    "t4.pending_start<t2.present_start",
    "t4.pending_end<t2.present_end",
    "t4.left_undecided<t2.exits",
    "t3.needs<t3.persons",
    "t5.minors<t2.distinct_persons",
    "t5.alone<t5.minors",
    "t5.with_guardian<t5.minors",
    "t5.in_school<t5.minors",
    "t5.beside_adults<t5.minors",
    "t5.bia_on_time<t5.bia_done",
    "t5.bia_full_on_time<t5.bia_full_done",
    "t5.exits<t8.exits",
    "t5.exits_alone<t5.exits",
    "t5.exits_decided<t5.exits_alone",
    "t5.exits_handed_over<t5.exits_alone",
    "t5.exits_settled<t5.exits",
    "t8.follow_ups_reached<t8.follow_ups_held",
    "t8.follow_ups_safe<t8.follow_ups_reached",
    "t8.follow_ups_needs<t8.follow_ups_reached",
    "t6.beneficiaries<t6.events",
    "t6.beneficiaries<t2.distinct_persons+t6.not_hosted",
    "t6.not_hosted<t6.beneficiaries",
    "t7.completed<t7.issued",
    "t7.late<t7.open_end",
    "t7.incoming_completed<t7.incoming_issued",
    "t7.incoming_late<t7.incoming_open_end",
    "t9.participants<t9.participations",
    "t9.trained_persons<t9.trained",
    "t9.pre_tested<t9.trained",
    "t9.post_tested<t9.trained",
    "t12.complaints_received<t12.incidents",
    "t1.person_nights_unplaced<t1.person_nights_extra",
    "t1.absence_nights_held<t1.absence_nights",
]
REPEATED = (
    ("t2.entries", "t3.entries"),
    ("t2.exits", "t8.exits"),
    ("t2.distinct_persons", "t3.persons"),
    ("t1.person_nights", "t2.person_nights"),
)


@dataclass
class Printed:
    """What stands in a document: numbers, marks, and figures that are left out by how they are cut."""

    values: dict[Ref, Any] = field(default_factory=dict)
    out: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    headlines_alone: bool = False

    @classmethod
    def of(cls, report: Report) -> "Printed":
        document, found = as_document(report), cls()
        for one in document["figures"]:
            found.values[one["figure"], tuple(one["dims"].items())] = HIDDEN if one.get("hidden") else one["value"]
        for ref, one in report.subtotals.items():
            found.values[ref] = one.value
        found.headlines_alone = document["level"] == "public"
        found.out = {(one["figure"], tuple(one["dims"])) for one in document.get("left_out", ())}
        return found

    def with_headlines_alone(self) -> "Printed":
        """The same document of which nothing else is printed."""
        values = {ref: value if ref in HEADLINES else HIDDEN for ref, value in self.values.items()}
        return Printed(values, self.out, headlines_alone=True)

    def cells(self, key: str, *names: str) -> list[Ref] | None:
        """The lines of a figure that is cut so; None where they are not given."""
        if (key, names) in self.out:
            return None
        found = [ref for ref in self.values if ref[0] == key and tuple(name for name, _ in ref[1]) == names]
        return found or None

    def knows(self, ref: Ref) -> bool:
        return ref in self.values or (ref[0], tuple(name for name, _ in ref[1])) in self.out

    def value(self, ref: Ref) -> Any:
        """The number; None where it is not known, 0 for a cell that is left out because it counts nobody."""
        if ref in self.values:
            return None if self.values[ref] is HIDDEN else self.values[ref]
        return None if self.headlines_alone or self.knows(ref) else 0


Line = tuple[list[Ref], list[Ref], bool]


def relations(printed: Printed) -> Iterator[Line]:
    """Everything that the tables mean."""
    yield from _cuts(printed)
    yield from _columns(printed)
    yield from _people(printed)
    yield from _services(printed)
    yield from _after_exit(printed)
    yield from _others(printed)


def _equal(plus: Iterable[Ref] | None, *minus: Ref) -> Iterator[Line]:
    if plus is not None:
        yield list(plus), list(minus), False


def _cuts(printed: Printed) -> Iterator[Line]:
    for total, key, name, length in CUTS:
        yield from _equal(printed.cells(key, *((name, "age_group") if length == 2 else (name,))), (total, ()))
    for total, key, name in SEVERAL:
        lines = printed.cells(key, name)
        if lines:
            yield from _equal(lines, (total, ()))
            yield [(total, ())], lines, True
            for line in lines:
                yield [line], [(total, ())], True
    for key in ("t2.present_start", "t2.entries", "t2.exits", "t2.present_end", "t2.distinct_persons"):
        yield from _equal(printed.cells(key, "category"), (key, ()))
    for left, right in REPEATED:
        yield [(left, ())], [(right, ())], False


def shapes(printed: Printed, keys: Iterable[str]) -> list[Dims]:
    """Every cell in which one of these may be printed."""
    found = dict.fromkeys(dims for key, dims in printed.values if key in keys)
    return list(found)


def _columns(printed: Printed) -> Iterator[Line]:
    for signed in BALANCES:
        names = [name.lstrip("-") for name in signed]
        tables = {name.split(".")[0] for name in names}
        for dims in shapes(printed, names) if len(tables) == 1 else [()]:
            refs = [(name, dims) for name in names]
            if dims and dims[0][0] in ("zone", "night"):
                continue
            if dims and not all(is_cut(printed, ref) for ref in refs):
                continue
            yield (
                [ref for ref, name in zip(refs, signed, strict=True) if not name.startswith("-")],
                [ref for ref, name in zip(refs, signed, strict=True) if name.startswith("-")],
                False,
            )
    for part in PARTS:
        small, _, large = part.partition("<")
        wholes = large.split("+")
        for dims in shapes(printed, [small]):
            if not dims or all(is_cut(printed, (key, dims)) for key in (small, *wholes)):
                yield [(small, dims)], [(key, dims) for key in wholes], True
    for dims in shapes(printed, T2):
        if not dims or dims[0][0] in ("sex", "rollup"):
            new, again = ("t2.new_persons", dims), ("t2.entries_readmission", dims)
            yield [new, again], [("t2.entries", dims)], False
            kinds: list[Ref] = [(f"t2.entries_{kind}", dims) for kind in ("premiere", "transfert", "naissance")]
            yield kinds, [new], False
    for dims in shapes(printed, T4):
        if not dims or dims[0][0] in ("sex", "rollup"):
            yield [("t4.new_identified", dims), ("t4.not_victim", dims)], [("t4.decided", dims)], False


def is_cut(printed: Printed, ref: Ref) -> bool:
    """Whether that figure is printed, or left out, in cells of this kind."""
    names = tuple(name for name, _ in ref[1])
    return (ref[0], names) in printed.out or printed.cells(ref[0], *names) is not None


def _people(printed: Printed) -> Iterator[Line]:
    for key in (*T2, *T4):
        for name in (*ROLLUPS, "nr"):
            inside = [cell for cell in PEOPLE if _group(cell) == name]
            yield [(key, cell) for cell in inside], [(key, (("rollup", name),))], False
        yield [(key, (("rollup", name),)) for name in (*ROLLUPS, "nr")], [(key, ())], False
    hosted = "t2.distinct_persons"
    young: list[Ref] = [(hosted, (("rollup", name),)) for name in ("filles", "garcons")]
    yield young, [("t5.minors", ())], False
    yield [("t2.exits", (("rollup", name),)) for name in ("filles", "garcons")], [("t5.exits", ())], False
    yield [(hosted, (("rollup", name),)) for name in ("femmes", "hommes")], [("t3.adults", ())], False
    for key, ages, whole in (
        (hosted, MINORS, "t5.minors"),
        ("t2.exits", MINORS, "t5.exits"),
        (hosted, ADULTS, "t3.adults"),
    ):
        yield [(key, cell) for cell in PEOPLE if cell[1][1] in ages], [(whole, ())], False
    yield [(hosted, (("category", name),)) for name in ("vdt_presumee", "vdt_identifiee")], [("t4.victims", ())], False
    yield [(hosted, (("category", "enas"),))], [("t5.alone", ())], True
    alone = printed.cells("t5.minors", "child_status")
    if alone:
        here = [ref for ref in alone if ref[1][0][1] in ("non_accompagne", "separe", "chef_menage")]
        yield here, [("t5.alone", ())], False
    nation: Ref = ("t3.persons", (("nationality", "ML"),))
    for ref in printed.cells("t4.victims_by_origin", "origin") or ():
        if ref[1][0][1] == "malienne":
            yield [ref], [nation], True
        elif ref[1][0][1] == "etrangere":
            yield [ref, nation], [("t3.persons", ())], True
    for line in printed.cells("t3.persons_by_sex", "nationality", "sex") or ():
        yield [line], [("t3.persons", line[1][:1])], True


def _group(cell: Dims) -> str:
    found = [name for name, (sex, ages) in ROLLUPS.items() if cell[0][1] == sex and cell[1][1] in ages]
    return found[0] if found else "nr"


def _services(printed: Printed) -> Iterator[Line]:
    for key in ("t6.events", "t6.quantity", "t6.cost", "t6.beneficiaries"):
        lines = printed.cells(key, "service_type") or []
        tops = [ref for ref in lines if _top(ref) == ref[1][0][1]]
        for whole, parts in ((((key, ())), tops), *((top, [r for r in lines if _top(r) == top[1][0][1] and r != top])
                                                    for top in tops)):  # fmt: skip
            if not parts:
                continue
            if key != "t6.beneficiaries":
                yield parts, [whole], False
                yield parts, [whole], True
            else:
                yield [whole], parts, True
                yield from (([part], [whole], True) for part in parts)
    for dims in shapes(printed, ["t6.events"]):
        yield [("t6.quantity", dims)], [("t6.events", dims)], False
        provided = printed.cells("t6.provided", *(name for name, _ in dims), "provider_kind")
        found = [ref for ref in provided or () if ref[1][:-1] == dims]
        if found:
            yield found, [("t6.events", dims)], False
    lodged: Dims = (("service_type", "heb_nuitee"),)
    yield [("t6.events", lodged)], [("t1.person_nights", ())], False
    yield [("t6.beneficiaries", lodged)], [("t2.distinct_persons", ())], True


def _top(ref: Ref) -> str:
    return ref[1][0][1].removeprefix("x_").partition("_")[0]


def _after_exit(printed: Printed) -> Iterator[Line]:
    """Children who went to a family, who was made aware, victims by group, follow-ups by outcome."""
    reasons = printed.cells("t5.exits", "exit_reason")
    if reasons:
        settled = [ref for ref in reasons if ref[1][0][1] in ("reunification", "famille_accueil")]
        yield settled, [("t5.exits_settled", ())], False
    found = {
        "t8.follow_ups_reached": ("va_bien", "difficultes", "danger", "ne_souhaite_plus"),
        "t8.follow_ups_safe": ("va_bien", "difficultes"),
        "t8.follow_ups_needs": ("difficultes", "danger"),
    }
    awareness: Dims = (("service_type", "inf_risques"),)
    yield [("t9.participations", awareness), ("t9.outside", awareness)], [("t9.sensitised", ())], False
    forms, groups = (printed.cells(f"t4.victims_by_{name}", f"exploitation_{name}") for name in ("form", "group"))
    for kind in ("sexuelle", "travail") if forms and groups else ():
        whose = [ref for ref in groups or () if ref[1][0][1] in (kind, "les_deux")]
        of_kind = [ref for ref in forms or () if _kind(ref[1][0][1]) == kind]
        yield from (([ref], whose, True) for ref in of_kind)
        yield whose, of_kind, True
        yield of_kind, whose, False
    outcomes = printed.cells("t8.follow_ups_held", "follow_up_outcome")
    for key, named in found.items() if outcomes else ():
        yield [ref for ref in outcomes or () if ref[1][0][1] in named], [(key, ())], False


def _kind(form: str) -> str:
    found = [one.extra["group"] for one in codes("exploitation_form") if one.code == form]
    return found[0] if found else ""


def _others(printed: Printed) -> Iterator[Line]:
    for flow in ("requests", "requested"):
        came: list[Ref] = [(f"t2.{flow}_{name}", ()) for name in ("waiting_start", "asked")]
        gone: list[Ref] = [(f"t2.{flow}_{name}", ()) for name in ("admitted", "refused", "given_up", "waiting_end")]
        yield came, gone, False
        yield from _equal(printed.cells(f"t2.{flow}_by_reason", "request_reason"), (f"t2.{flow}_refused", ()))
    for whole in ("refused", "asked"):
        people = printed.cells("t2.requested_by_profile", "sex", "age_group")
        yield from _equal(people, (f"t2.requested_{whole}", ()))
    for ref in printed.cells("t11.beneficiaries", "item_code") or ():
        yield [ref], [("t2.distinct_persons", ())], True
    planned = {one.code for one in codes("exit_reason") if one.extra.get("planned") == "yes"}
    reasons = printed.cells("t8.exits", "exit_reason")
    for ref in printed.cells("t8.exits_planned", "planned") or ():
        if reasons:
            yield [one for one in reasons if (one[1][0][1] in planned) == (ref[1][0][1] == "yes")], [ref], False
