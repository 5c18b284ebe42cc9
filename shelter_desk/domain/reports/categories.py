"""Which beneficiary category a stay is reported in, how long such a stay may last, and which stays are over (R-14)."""

from collections.abc import Sequence
from datetime import date

from shelter_desk.domain.reports.facts import Limits
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay, VictimStatus

CATEGORIES = ("vdt_identifiee", "vdt_presumee", "enas", "accompagnant", "retour", "transit_bloque", "autre_vulnerable")
_ALONE = frozenset({"non_accompagne", "separe", "chef_menage"})
_ON_THE_WAY = frozenset({"transit", "bloque", "refoule_etranger"})


def status_on(statuses: Sequence[VictimStatus], day: date) -> str:
    """The last status decided on or before that day; empty if none. Of two on one day the later one counts."""
    found, since = "", date.min
    for status in statuses:
        if since <= status.decided_on <= day:
            found, since = status.victim_status, status.decided_on
    return found


def category(stay: Stay, person: Person, statuses: Sequence[VictimStatus], day: date) -> str:
    """The `report_category` on that day: the first rule that fits (field 2.6)."""
    status = status_on(statuses, day)
    if status == "identifiee":
        return "vdt_identifiee"
    if status == "presumee":
        return "vdt_presumee"
    if stay.child_status in _ALONE and person.birth.is_minor(day):
        return "enas"
    if stay.depends_on(day):
        return "accompagnant"
    if stay.migration_situation.startswith("retour_"):
        return "retour"
    return "transit_bloque" if stay.migration_situation in _ON_THE_WAY else "autre_vulnerable"


def longest_stay(report_category: str, is_minor: bool, limits: Limits) -> int | None:
    """Days after which a stay is over its limit; None for minors, who have none (interfaces.md section 4)."""
    if is_minor:
        return None
    if report_category.startswith("vdt_"):
        return limits.vot_days
    return limits.transit_days if report_category == "transit_bloque" else limits.vulnerable_days


def nights(stay: Stay, night: date) -> int:
    """Nights of the stay before that one."""
    return max(0, (night - stay.admitted_at.date()).days)


def may_be_over(stay: Stay, person: Person, night: date, allowed: Limits) -> bool:
    """Whether decisions on status must be read to know; minors have no longest stay (R-14)."""
    shortest = min(allowed.transit_days, allowed.vulnerable_days, allowed.vot_days)
    return not person.birth.is_minor(night) and nights(stay, night) > shortest


def limit_passed(
    stay: Stay, person: Person, decided: Sequence[VictimStatus], night: date, allowed: Limits
) -> int | None:
    """The longest stay in days that this stay is over on that night, None where it is not."""
    limit = longest_stay(category(stay, person, decided, night), person.birth.is_minor(night), allowed)
    return limit if limit is not None and nights(stay, night) > limit else None
