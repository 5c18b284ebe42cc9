"""T4, the victims hosted: who is new in the period and who goes on, Malian or foreign, by form (field 4.1, donors)."""

from collections.abc import Iterable
from datetime import date

from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Tally
from shelter_desk.domain.reports.lines import StayLine, last_of_each_person
from shelter_desk.domain.reports.tables.t04_identified import origin
from shelter_desk.domain.stays.stays import VictimStatus

VICTIMS, NEW, CONTINUING = "t4.victims", "t4.victims_new", "t4.victims_continuing"
KEYS = (VICTIMS, NEW, CONTINUING)
BY_FORM, BY_ORIGIN = "t4.victims_by_form", "t4.victims_by_origin"
CUTS = {BY_FORM: "exploitation_form", BY_ORIGIN: "origin"}
CATEGORIES = ("vdt_identifiee", "vdt_presumee")


def victims(tally: Tally, facts: ReportFacts, all_lines: list[StayLine]) -> None:
    """Persons hosted who are presumed or identified victims in their last stay.

    Whoever was here when the period began goes on; the others are new, those who came back too. A person may have
    several forms of exploitation: those of the last decision that names any.
    """
    since_before = {line.person.id for line in all_lines if line.at_start}
    for line in last_of_each_person(all_lines):
        if line.category not in CATEGORIES:
            continue
        kind = CONTINUING if line.person.id in since_before else NEW
        for key in (VICTIMS, kind):
            tally.add(key, line.stay.id, 1, TOTAL, line.cell)
        tally.add(BY_ORIGIN, line.stay.id, 1, (("origin", origin(line.person.nationality)),))
        for form in _forms(facts.statuses.get(line.stay.id, ()), line.read_on):
            tally.add(BY_FORM, line.stay.id, 1, (("exploitation_form", form),))


def _forms(statuses: Iterable[VictimStatus], day: date) -> Iterable[str]:
    """Of two decisions on one day the later one counts."""
    naming = [one for one in statuses if one.decided_on <= day and one.exploitation_forms]
    last = max(naming, key=lambda one: one.decided_on, default=None)
    latest = [one for one in naming if last is not None and one.decided_on == last.decided_on]
    return dict.fromkeys(latest[-1].exploitation_forms) if latest else (NOT_RECORDED,)
