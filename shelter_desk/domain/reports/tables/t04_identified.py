"""T4, what is told of the victims identified, the interviews held, and assimilated practices apart (field 4.3).

The victims hosted: who is new in the period and who goes on, Malian or foreign, by form (field 4.1, donors).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.categories import status_on
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Tally
from shelter_desk.domain.reports.lines import StayLine, cell_of, last_of_each_person, reference_date
from shelter_desk.domain.reports.tables.t02_movements import rollup, rollup_dims
from shelter_desk.domain.reports.tables.t08_protection import Sitting
from shelter_desk.domain.stays.stays import Stay, VictimStatus

INTERVIEWS, ASSIMILATED = "t4.interviews", "t4.assimilated"
BY_FORM, BY_BODY = "t4.identified_by_form", "t4.identified_by_body"
BY_COUNTRY, BY_REGION, BY_ORIGIN = "t4.identified_by_country", "t4.identified_by_region", "t4.identified_by_origin"
# each with the dim it cuts the new identified victims by; those of which a person may have several come first
SEVERAL = {BY_FORM: "exploitation_form", BY_COUNTRY: "exploitation_country", BY_REGION: "exploitation_region"}
CUTS = {**SEVERAL, BY_ORIGIN: "origin", BY_BODY: "status_decided_by"}
PRACTICE, NO_PRACTICE = "assimilated_practice", "aucune"
PROFILE = "_profile"
MALI = "ML"


def identified(tally: Tally, facts: ReportFacts, stay: Stay, status: VictimStatus, cell: Dims) -> None:
    """One victim newly identified, in each cut alone and with sex and age group."""
    told = [one for one in facts.protection.sittings if one.stay == stay.id and one.day <= facts.period.last]
    lines = {
        BY_FORM: status.exploitation_forms,
        BY_COUNTRY: [code for one in told for code in one.countries],
        BY_REGION: [code for one in told for code in one.regions],
        BY_ORIGIN: [origin(facts.persons[stay.person].nationality)],
        BY_BODY: [status.status_decided_by] if status.status_decided_by else [],
    }
    for key, values in lines.items():
        for value in dict.fromkeys(values) or (NOT_RECORDED,):
            dims: Dims = ((CUTS[key], value),)
            tally.add(key, stay.id, 1, dims)
            tally.add(key + PROFILE, stay.id, 1, (*dims, *cell))


def origin(nationality: str) -> str:
    """Malian or foreign, by the main nationality, as T3 reads it."""
    return ("malienne" if nationality == MALI else "etrangere") if nationality else NOT_RECORDED


def sittings(tally: Tally, facts: ReportFacts) -> None:
    """Sessions of interviews held in the period, in the cell of their stay."""
    stays = {stay.id: stay for stay in (*facts.stays, *facts.aside)}
    for one in facts.protection.sittings:
        if one.day in facts.period and one.stay in stays:
            stay = stays[one.stay]
            cell = cell_of(facts.persons[stay.person], reference_date(stay, facts.period))
            tally.add(INTERVIEWS, stay.id, 1, TOTAL, cell)


def assimilated(tally: Tally, facts: ReportFacts, all_lines: Iterable[StayLine]) -> None:
    """Persons hosted with an assimilated practice who are not identified victims of trafficking."""
    by_stay: dict[int, list[Sitting]] = {}
    for one in facts.protection.sittings:
        by_stay.setdefault(one.stay, []).append(one)
    for line in last_of_each_person(list(all_lines)):
        known = facts.statuses.get(line.stay.id, ())
        if status_on(known, line.read_on) == "identifiee":
            continue
        found = list(_practices(line, known, by_stay.get(line.stay.id, ())))
        if found:
            tally.add(ASSIMILATED, line.stay.id, 1, TOTAL, line.cell)
        for practice in found:
            dims: Dims = ((PRACTICE, practice),)
            tally.add(ASSIMILATED, line.stay.id, 1, dims)
            tally.add(ASSIMILATED + PROFILE, line.stay.id, 1, (*dims, *line.cell))


def _practices(line: StayLine, known: Iterable[VictimStatus], told: Iterable[Sitting]) -> Iterator[str]:
    """Of the last decision that names any, of two on one day the later one; else what the interviews say."""
    decided = [one for one in known if one.decided_on <= line.read_on and one.assimilated_practices]
    if decided:
        found: Iterable[str] = max(reversed(decided), key=lambda one: one.decided_on).assimilated_practices
    else:
        found = (code for one in told if one.day <= line.read_on for code in one.practices)
    yield from (code for code in dict.fromkeys(found) if code != NO_PRACTICE)


VICTIMS, NEW, CONTINUING = "t4.victims", "t4.victims_new", "t4.victims_continuing"
VICTIM_KEYS = (VICTIMS, NEW, CONTINUING)
VICTIMS_BY_FORM, VICTIMS_BY_ORIGIN = "t4.victims_by_form", "t4.victims_by_origin"
VICTIM_CUTS = {VICTIMS_BY_FORM: "exploitation_form", VICTIMS_BY_ORIGIN: "origin"}
VICTIMS_BY_GROUP, GROUP = "t4.victims_by_group", "exploitation_group"
SEXUAL, LABOUR, BOTH, OTHER = "sexuelle", "travail", "les_deux", "autre"
VICTIM_CATEGORIES = ("vdt_identifiee", "vdt_presumee")


def victims(tally: Tally, facts: ReportFacts, all_lines: list[StayLine]) -> None:
    """Persons hosted who are presumed or identified victims in their last stay.

    Whoever was here when the period began goes on; the others are new, those who came back too. A person may have
    several forms of exploitation: those of the last decision that names any.
    """
    since_before = {line.person.id for line in all_lines if line.at_start}
    for line in last_of_each_person(all_lines):
        if line.category not in VICTIM_CATEGORIES:
            continue
        kind = CONTINUING if line.person.id in since_before else NEW
        for key in (VICTIMS, kind):
            tally.add(key, line.stay.id, 1, TOTAL, line.cell)
        tally.add(VICTIMS_BY_ORIGIN, line.stay.id, 1, (("origin", origin(line.person.nationality)),))
        forms = tuple(_forms(facts.statuses.get(line.stay.id, ()), line.read_on))
        group: Dims = ((GROUP, group_of(forms)),)
        tally.add(VICTIMS_BY_GROUP, line.stay.id, 1, group)
        tally.add(VICTIMS_BY_GROUP + PROFILE, line.stay.id, 1, (*group, *rollup_dims(rollup(line.cell))))
        for form in forms:
            tally.add(VICTIMS_BY_FORM, line.stay.id, 1, (("exploitation_form", form),))


def kind_of_form(form: str) -> str:
    """Sexual or labour, as the list of forms says; other for the rest, and for none that was recorded."""
    return _kinds_of_forms().get(form) or OTHER


@cache
def _kinds_of_forms() -> dict[str, str]:
    return {one.code: one.extra.get("group", "") for one in codes("exploitation_form")}


def group_of(forms: Iterable[str]) -> str:
    """The one group of a victim: sexual, labour, both, or neither of them."""
    found = {kind_of_form(form) for form in forms} - {OTHER}
    return BOTH if len(found) > 1 else next(iter(found), OTHER)


def _forms(statuses: Iterable[VictimStatus], day: date) -> Iterable[str]:
    """Of two decisions on one day the later one counts."""
    naming = [one for one in statuses if one.decided_on <= day and one.exploitation_forms]
    last = max(reversed(naming), key=lambda one: one.decided_on, default=None)
    return dict.fromkeys(last.exploitation_forms) if last else (NOT_RECORDED,)
