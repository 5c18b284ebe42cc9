"""Which figures never leave the house, and which never reach the public (field 6.6)."""

from shelter_desk.domain.reports import (
    children,
    happened,
    helped,
    identified,
    profile,
    referred_to,
    requested,
    sessions,
    victims,
)
from shelter_desk.domain.reports.figures import TOTAL, Ref
from shelter_desk.domain.reports.report import Report

# three dimensions of persons: what and sex and age group
_CROSSING_THREE = frozenset(
    {
        *(key + identified.PROFILE for key in (*identified.CUTS, identified.ASSIMILATED)),
        sessions.PROFILE,
        "t5.minors_profile",
        profile.AGES,  # against the ages of T2 it says how many turned 18: few
        happened.VIOLENCE,  # so few and so grave that any line could point to a person
        "t8.exits_profile",
    }
)
_COURSE = frozenset(happened.BALANCE) - {"t12.incidents"}
# of persons who asked for a place the totals alone
_ASKED = frozenset(requested.PERSONS)
_NOT_PUBLIC = frozenset(
    {
        identified.BY_COUNTRY,
        identified.BY_REGION,
        identified.BY_ORIGIN,
        *victims.CUTS,
        helped.BY_DONOR,
        profile.ADULTS,
        profile.NEEDS,
        *referred_to.BY_PARTNER,
        *referred_to.BY_PROFILE,
        referred_to.BY_SERVICE[1],
        sessions.ATTENDED,
        *sessions.OTHERS,
        sessions.BY_SEX,
        *requested.KEYS,
    }
)
# of these the public sees totals, and what stands under one of these dims
_BY_TYPE_ALONE = frozenset(
    {"t9.sessions", "t9.participations", "t9.participants", "t9.person_hours", "t9.outside", *sessions.STAFF_TOTALS}
)
_TOTAL_ALONE = frozenset(children.EXITS)
# minors in all, and those who left, stand in T2 too
_IN_T2 = frozenset({children.ALL, children.EXITS[0]})


def is_too_fine(ref: Ref) -> bool:
    """A crossing that no reader outside is given; of incidents by type, of requests by sex only
    how many there were."""
    return ref[0] in _CROSSING_THREE or (ref[0] in _COURSE | _ASKED and ref[1] != TOTAL)


def is_too_fine_for_public(ref: Ref) -> bool:
    """Details that the public is not given, small or not: totals, sex, age and services by type are enough."""
    key, dims = ref
    name = dims[0][0] if dims else ""
    if key in _NOT_PUBLIC or key.startswith("t12.") or name in ("zone", identified.PRACTICE, *profile.ATTRIBUTES):
        return True
    return (key in _TOTAL_ALONE and dims != TOTAL) or (key in _BY_TYPE_ALONE and name not in ("", "service_type"))


def of_children(ref: Ref) -> bool:
    """The lines of T5 that no other table tells: hidden where they are small, though they have no dim."""
    return ref[0] in children.KEYS and ref[0] not in _IN_T2


def scores_of_few(report: Report) -> set[Ref]:
    """The mean scores of fewer tests than the smallest number that is printed."""
    found: set[Ref] = set()
    for tested, score in zip(sessions.TESTED, sessions.SCORES, strict=True):
        for key, dims in report.figures:
            number = report.value(tested, *dims)
            if key == score and isinstance(number, int) and 0 < number < report.small_cell_k:
                found.add((key, dims))
    return found
