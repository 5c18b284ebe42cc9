"""Which figures never leave the house, and which never reach the public (field 6.6)."""

from shelter_desk.domain.reports.figures import TOTAL, Ref, known_figures
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.domain.reports.tables import t03_profile, t04_identified, t05_children, t09_activities

# minors in all, and those who left, stand in T2 too
_IN_T2 = frozenset({t05_children.ALL, t05_children.EXITS[0]})
_NOT_PUBLIC = frozenset({"house", "partner", "partner_total", "partner_whole"})


def is_too_fine(ref: Ref, profile: Profile) -> bool:
    """A figure or a crossing that this reader is not given, small or not, by the list of figures.

    The public is not told of zones, of practices and of what only the profile of persons cuts either.
    """
    key, dims = ref
    readers, name = known_figures()[key].readers, dims[0][0] if dims else ""
    if profile == "interne":
        return False
    if readers == "house" or (readers == "partner_total" and dims != TOTAL):
        return True
    if profile == "partenaire":
        return False
    if readers in _NOT_PUBLIC or name in ("zone", t04_identified.PRACTICE, *t03_profile.ATTRIBUTES):
        return True
    return (readers == "public_total" and dims != TOTAL) or (
        readers == "public_types" and name not in ("", "service_type")
    )


def of_children(ref: Ref) -> bool:
    """The lines of T5 that no other table tells: hidden where they are small, though they have no dim."""
    return ref[0] in t05_children.KEYS and ref[0] not in _IN_T2


def scores_of_few(report: Report) -> set[Ref]:
    """The mean scores of fewer tests than the smallest number that is printed."""
    tested = dict(zip(t09_activities.SCORES, t09_activities.TESTED, strict=True))
    scores = [(ref, report.value(tested[ref[0]], *ref[1])) for ref in report.figures if ref[0] in tested]
    return {ref for ref, number in scores if isinstance(number, int) and 0 < number < report.small_cell_k}
