"""What a reader knows of services, referrals, activities and incidents: T6, T7, T9, T11 and T12."""

from collections.abc import Iterator

from shelter_desk.domain.assistance.assistance import LODGING, type_of
from shelter_desk.domain.reports.figures import Dims, Ref
from shelter_desk.domain.reports.hiding.relations import DISTINCT, FigureCells, Relation, bound, cut, one, several
from shelter_desk.domain.reports.tables.t06_services import BY_DONOR, COST, NOT_HOSTED, named
from shelter_desk.domain.reports.tables.t07_legal_steps import COMPLAINTS as FILED
from shelter_desk.domain.reports.tables.t07_referrals import BALANCE, BY_PARTNER, BY_PROFILE, BY_SERVICE, PREFIXES, WHAT
from shelter_desk.domain.reports.tables.t09_activities import (
    ATTENDED,
    AWARENESS,
    BY_SEX,
    SENSITISED,
    SESSIONS,
    TESTED,
    TRAININGS,
)
from shelter_desk.domain.reports.tables.t12_incidents import BALANCE as INCIDENTS
from shelter_desk.domain.reports.tables.t12_incidents import COMPLAINTS, CROSSED

EVENTS, QUANTITY, SERVED = "t6.events", "t6.quantity", "t6.beneficiaries"
PARTICIPANTS, PARTICIPATIONS = "t9.participants", SESSIONS[1]


def care(cells: FigureCells) -> Iterator[Relation]:
    """Every relation of these tables."""
    yield from _services(cells)
    yield from _referrals(cells)
    yield from _activities(cells)
    yield from _incidents(cells)
    yield from (bound([ref], [one(DISTINCT)]) for ref in cells.of("t11.beneficiaries", "item_code"))


def _services(cells: FigureCells) -> Iterator[Relation]:
    below: dict[str, list[str]] = {}
    for ref in cells.of(EVENTS, "service_type"):
        name = ref[1][0][1]
        below.setdefault(type_of(name), []).append(name)
    for kind, names in (("", list(below)), *below.items()):
        parts = [named(name) for name in names if name != kind]
        if not parts:
            continue
        for key in (EVENTS, QUANTITY, COST):
            inside = tuple((key, dims) for dims in parts)
            yield from cut(inside, (key, named(kind)))  # in most months: else something was given as the type itself
            yield bound(inside, [(key, named(kind))])
        yield bound([(SERVED, named(kind))], [(SERVED, dims) for dims in parts])  # as above
        yield from (bound([(SERVED, dims)], [(SERVED, named(kind))]) for dims in parts)
    for dims in map(named, ("", *below, *(name for names in below.values() for name in names))):
        events: Ref = (EVENTS, dims)
        yield bound([(SERVED, dims)], [events])
        yield Relation(((QUANTITY, dims),), (events,))  # in most months: one piece, one event
        yield from cut(_provided(cells, dims), events)
    for whole in cells.of("t6.provided", "provider_kind"):
        yield from cut(((("t6.provided", (*named(kind), *whole[1]))) for kind in below), whole)
    yield bound([one(SERVED)], [one(DISTINCT), one(NOT_HOSTED)])
    yield bound([one(NOT_HOSTED)], [one(SERVED)])
    yield bound([(SERVED, named(LODGING))], [one(DISTINCT)])
    yield from cut(cells.of(BY_DONOR, "donor"), one(COST))


def _provided(cells: FigureCells, dims: Dims) -> tuple[Ref, ...]:
    shape = (*(name for name, _ in dims), "provider_kind")
    return tuple(ref for ref in cells.of("t6.provided", *shape) if ref[1][:-1] == dims)


def _referrals(cells: FigureCells) -> Iterator[Relation]:
    for prefix in PREFIXES.values():
        yield Relation(
            tuple(one(prefix + name) for name in BALANCE[:2]), tuple(one(prefix + name) for name in BALANCE[2:])
        )
        yield bound([one(f"{prefix}completed")], [one(f"{prefix}issued")])
        yield bound([one(f"{prefix}late")], [one(f"{prefix}open_end")])
    for what, partner, profile, service in zip(WHAT, BY_PARTNER, BY_PROFILE, BY_SERVICE, strict=True):
        yield from cut(cells.of(partner, "partner_type"), one(f"t7.{what}"))
        yield from cut(cells.of(profile, "sex", "age_group"), one(f"t7.{what}"))
        yield from several(cells.of(service, "service_type"), one(f"t7.{what}"))
    yield from cut(cells.of(FILED, "sex", "age_group"), one(FILED))


def _activities(cells: FigureCells) -> Iterator[Relation]:
    for key in SESSIONS[1:]:
        for name in ("service_type", "audience", "training_theme"):
            yield from cut(cells.of(key, name), one(key))
        yield from cut(cells.of(key, "sex", "age_group"), one(key))
    yield from cut(cells.of(ATTENDED, "activity"), one(PARTICIPATIONS))
    at = named(AWARENESS)
    yield Relation(((PARTICIPATIONS, at), (SESSIONS[3], at)), (one(SENSITISED),))
    yield from cut(cells.of(PARTICIPANTS, "sex", "age_group"), one(PARTICIPANTS))
    for name in ("service_type", "audience", "training_theme"):
        yield from several(cells.of(PARTICIPANTS, name), one(PARTICIPANTS))
    for dims in cells.dims([PARTICIPANTS]):
        yield bound([(PARTICIPANTS, dims)], [(PARTICIPATIONS, dims)])
    trained = TRAININGS[1]
    for key in (trained, *TESTED, "t9.training_hours"):
        yield from cut(cells.of(key, "training_theme"), one(key))
    yield from several(cells.of("t9.trained_persons", "training_theme"), one("t9.trained_persons"))
    for dims in cells.dims([trained]):
        yield from (bound([(key, dims)], [(trained, dims)]) for key in (*TESTED, "t9.trained_persons"))
    yield from cut(cells.of(BY_SEX, "sex"), one(trained))
    split = cells.of(BY_SEX, "training_theme", "sex")
    for theme in dict.fromkeys(ref[1][0] for ref in split):
        yield from cut((ref for ref in split if ref[1][0] == theme), (trained, (theme,)))
    for whole in cells.of(BY_SEX, "sex"):
        yield from cut((ref for ref in split if ref[1][1:] == whole[1]), whole)


def _incidents(cells: FigureCells) -> Iterator[Relation]:
    total = INCIDENTS[1]
    for key in INCIDENTS:
        yield from cut(cells.of(key, "incident_type"), one(key))
    for dims in cells.dims(INCIDENTS):
        if not dims or dims[0][0] == "incident_type":
            start, came, closed, end = ((key, dims) for key in INCIDENTS)
            yield Relation((start, came), (closed, end))
    yield from cut(cells.of(total, "severity"), one(total))
    yield from (bound([one(key)], [one(total)]) for key in COMPLAINTS[:1])
    crossed = cells.of(CROSSED, "incident_type", "severity")
    for name in ("incident_type", "severity"):
        for whole in cells.of(total, name):
            yield from cut((ref for ref in crossed if whole[1][0] in ref[1]), whole)
