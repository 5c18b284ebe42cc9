"""Which figures never leave the house, and which never reach the public (field 6.6)."""

from shelter_desk.domain.reports.figures import TOTAL, Ref
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables import (
    t02_place_requests,
    t03_profile,
    t04_identified,
    t04_victims,
    t05_children,
    t06_services,
    t07_referrals,
    t09_activities,
    t12_incidents,
)

# three dimensions of persons: what and sex and age group
_CROSSING_THREE = frozenset(
    {
        *(key + t04_identified.PROFILE for key in (*t04_identified.CUTS, t04_identified.ASSIMILATED)),
        t09_activities.PROFILE,
        "t5.minors_profile",
        t03_profile.AGES,  # against the ages of T2 it says how many turned 18: few
        t12_incidents.VIOLENCE,  # so few and so grave that any line could point to a person
        "t8.exits_profile",
    }
)
_COURSE = frozenset(t12_incidents.BALANCE) - {"t12.incidents"}
# of persons who asked for a place the totals alone
_ASKED = frozenset(t02_place_requests.PERSONS)
_NOT_PUBLIC = frozenset(
    {
        t04_identified.BY_COUNTRY,
        t04_identified.BY_REGION,
        t04_identified.BY_ORIGIN,
        *t04_victims.CUTS,
        t06_services.BY_DONOR,
        t03_profile.ADULTS,
        t03_profile.NEEDS,
        *t07_referrals.BY_PARTNER,
        *t07_referrals.BY_PROFILE,
        t07_referrals.BY_SERVICE[1],
        t09_activities.ATTENDED,
        *t09_activities.OTHERS,
        t09_activities.BY_SEX,
        *t02_place_requests.KEYS,
    }
)
# of these the public sees totals, and what stands under one of these dims
_BY_TYPE_ALONE = frozenset(
    {
        "t9.sessions",
        "t9.participations",
        "t9.participants",
        "t9.person_hours",
        "t9.outside",
        *t09_activities.STAFF_TOTALS,
    }
)
_TOTAL_ALONE = frozenset(t05_children.EXITS)
# minors in all, and those who left, stand in T2 too
_IN_T2 = frozenset({t05_children.ALL, t05_children.EXITS[0]})


def is_too_fine(ref: Ref) -> bool:
    """A crossing that no reader outside is given; of incidents by type, of requests by sex only
    how many there were."""
    return ref[0] in _CROSSING_THREE or (ref[0] in _COURSE | _ASKED and ref[1] != TOTAL)


def is_too_fine_for_public(ref: Ref) -> bool:
    """Details that the public is not given, small or not: totals, sex, age and services by type are enough."""
    key, dims = ref
    name = dims[0][0] if dims else ""
    if (
        key in _NOT_PUBLIC
        or key.startswith("t12.")
        or name in ("zone", t04_identified.PRACTICE, *t03_profile.ATTRIBUTES)
    ):
        return True
    return (key in _TOTAL_ALONE and dims != TOTAL) or (key in _BY_TYPE_ALONE and name not in ("", "service_type"))


def of_children(ref: Ref) -> bool:
    """The lines of T5 that no other table tells: hidden where they are small, though they have no dim."""
    return ref[0] in t05_children.KEYS and ref[0] not in _IN_T2


def scores_of_few(report: Report) -> set[Ref]:
    """The mean scores of fewer tests than the smallest number that is printed."""
    found: set[Ref] = set()
    for tested, score in zip(t09_activities.TESTED, t09_activities.SCORES, strict=True):
        for key, dims in report.figures:
            number = report.value(tested, *dims)
            if key == score and isinstance(number, int) and 0 < number < report.small_cell_k:
                found.add((key, dims))
    return found
