"""Which figures of T4 to T7, T9 and T12 add up to which."""

from collections.abc import Iterator

from shelter_desk.domain.assistance.assistance import LODGING, type_of
from shelter_desk.domain.casefile.minors import ALONE
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Ref
from shelter_desk.domain.reports.hiding.subtracting import Sum, refs, true
from shelter_desk.domain.reports.identities.own_controls import CUTS_ADDED
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t02_movements import rollup_dims
from shelter_desk.domain.reports.tables.t04_identification import BY_PROFILE, SCREENINGS
from shelter_desk.domain.reports.tables.t04_identified import (
    ASSIMILATED,
    PRACTICE,
    SEVERAL,
    VICTIM_CATEGORIES,
    VICTIM_KEYS,
    VICTIMS_BY_FORM,
)
from shelter_desk.domain.reports.tables.t05_children import ALONE_KEY, BIA, BIA_FULL, BY_EXIT, EXITS, REUNITED
from shelter_desk.domain.reports.tables.t06_services import named
from shelter_desk.domain.reports.tables.t07_referrals import BALANCE, PREFIXES
from shelter_desk.domain.reports.tables.t09_activities import SCORES
from shelter_desk.domain.reports.tables.t12_incidents import BALANCE as INCIDENTS
from shelter_desk.domain.reports.tables.t12_incidents import CROSSED


def care(report: Report) -> Iterator[Sum]:
    """Every relation between the printed ones."""
    yield from _screenings(report)
    yield Sum(refs(report, "t5.minors", "child_status"), ("t5.minors", TOTAL))
    minors: list[Ref] = [("t2.distinct_persons", rollup_dims(name)) for name in ("filles", "garcons")]
    yield from true(report, Sum(tuple(minors), ("t5.minors", TOTAL)))
    yield from _services(report)
    for prefix in PREFIXES.values():
        yield Sum(tuple((prefix + name, TOTAL) for name in BALANCE))
        yield Sum(((f"{prefix}served", TOTAL),), (f"{prefix}mean_days_to_service", TOTAL))
    for key in ("t9.participations", "t9.person_hours", "t9.outside"):
        yield Sum(refs(report, key, "service_type"), (key, TOTAL))
    for dims in {ref[1]: None for ref in report.figures if ref[0] == "t9.participants"}:
        yield from true(report, Sum((("t9.participants", dims),), ("t9.participations", dims)))
    yield Sum(refs(report, "t9.trained", "training_theme"), ("t9.trained", TOTAL))
    yield from _added(report)
    yield from _children(report)
    yield from _incidents(report)


def _added(report: Report) -> Iterator[Sum]:
    """What the program's own controls add up; lines on which one person may stand twice, where they add up."""
    for cut in CUTS_ADDED:
        parts = cut.parts(report.figures)
        if parts:
            yield Sum(tuple(parts), (cut.total, TOTAL))
    lines = [(key, name, "t4.new_identified") for key, name in SEVERAL.items()]
    lines += [(ASSIMILATED, PRACTICE, ASSIMILATED), ("t7.issued_by_service", "service_type", "t7.issued")]
    for key, name, total in lines:
        yield from true(report, Sum(refs(report, key, name), (total, TOTAL)))
    for key in SCORES:
        yield Sum(refs(report, key, "training_theme"), (key, TOTAL))
    for key in ("t1.persons_per_toilet", "t1.persons_per_shower"):
        yield Sum(((key, TOTAL),), ("t1.max_presence", TOTAL))
    hosted: tuple[Ref, ...] = (("t6.not_hosted", TOTAL), ("t2.distinct_persons", TOTAL))
    yield from true(report, Sum(hosted, ("t6.beneficiaries", TOTAL)))


def _children(report: Report) -> Iterator[Sum]:
    """Children alone by situation and by how their assessments stand; exits of minors in T2 too."""
    alone: Ref = (ALONE_KEY, TOTAL)
    situations = refs(report, "t5.minors", "child_status")
    yield Sum(tuple(ref for ref in situations if ref[1][0][1] in ALONE), alone)
    others = tuple(ref for ref in situations if ref[1][0][1] not in ALONE)
    unknown: Ref = ("t5.minors", (("child_status", NOT_RECORDED),))
    yield Sum((alone, *others), ("t5.minors", TOTAL), unknown)
    for keys in (BIA, BIA_FULL):
        yield Sum(tuple((key, TOTAL) for key in keys), alone)
    for key in EXITS[1:]:
        yield Sum(refs(report, key, "exit_reason"), (key, TOTAL))
    yield from true(report, Sum(((REUNITED, TOTAL),), BY_EXIT))
    left: list[Ref] = [("t2.exits", rollup_dims(name)) for name in ("filles", "garcons")]
    yield from true(report, Sum(tuple(left), (EXITS[0], TOTAL)))


def _incidents(report: Report) -> Iterator[Sum]:
    cells: dict[Dims, None] = {TOTAL: None}
    for key in INCIDENTS:
        theirs = refs(report, key, "incident_type")
        cells |= {ref[1]: None for ref in theirs}
        yield Sum(theirs, (key, TOTAL))
    for dims in cells:
        yield Sum(tuple((key, dims) for key in INCIDENTS))
    for name in ("incident_type", "severity"):
        whole = refs(report, "t12.incidents", name)
        yield Sum(whole, ("t12.incidents", TOTAL))
        for ref in whole:
            parts = tuple(one for one in report.figures if one[0] == CROSSED and ref[1][0] in one[1])
            yield Sum(parts, ref)


def _screenings(report: Report) -> Iterator[Sum]:
    """Down a column: the balance of I-12, and the decisions where all of them are first ones."""
    printed = (*report.figures, *report.subtotals)
    cells = dict.fromkeys([TOTAL, *(dims for key, dims in printed if key in BY_PROFILE)])
    for dims in cells:
        yield Sum(tuple((key, dims) for key in SCREENINGS))
        yield Sum(tuple((key, dims) for key in VICTIM_KEYS[1:]), (VICTIM_KEYS[0], dims))
        decided = Sum((("t4.new_identified", dims), ("t4.not_victim", dims)), ("t4.decided", dims))
        yield from true(report, decided)
    hosted: list[Ref] = [("t2.distinct_persons", (("category", one),)) for one in VICTIM_CATEGORIES]
    yield Sum(tuple(hosted), (VICTIM_KEYS[0], TOTAL))
    yield from true(report, Sum(refs(report, VICTIMS_BY_FORM, "exploitation_form"), (VICTIM_KEYS[0], TOTAL)))
    yield Sum(refs(report, "t4.identified_by_body", "status_decided_by"), ("t4.new_identified", TOTAL))


def _services(report: Report) -> Iterator[Sum]:
    names = [ref[1][0][1] for ref in refs(report, "t6.events", "service_type")]
    kinds = [name for name in names if type_of(name) == name]
    for key in ("t6.quantity", "t6.events", "t6.cost"):
        printed = {ref[1] for ref in refs(report, key, "service_type")}
        yield Sum(tuple((key, named(kind)) for kind in kinds if named(kind) in printed), (key, TOTAL))
        for kind in kinds:
            parts = [name for name in names if name != kind and type_of(name) == kind and named(name) in printed]
            yield Sum(tuple((key, named(name)) for name in parts), (key, named(kind)))
    for name in ("", *names):
        yield from _of_one(report, name)
    nights: Ref = ("t1.person_nights", TOTAL)
    for key in ("t6.quantity", "t6.events"):
        yield from true(report, Sum(((key, named(LODGING)),), nights))


def _of_one(report: Report, name: str) -> Iterator[Sum]:
    """Along a row: by provider; and where each event was one piece, or each person had one."""
    dims = named(name)
    events: Ref = ("t6.events", dims)
    provided = tuple(ref for ref in report.figures if ref[0] == "t6.provided" and ref[1][:-1] == dims)
    yield Sum(provided, events)
    yield from true(report, Sum((("t6.quantity", dims),), events))
    yield from true(report, Sum((("t6.beneficiaries", dims),), events))
