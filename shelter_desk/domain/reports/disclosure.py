"""Which figures each level is given, small or not, which are always printed, and what each is a part of."""

from shelter_desk.domain.assistance.assistance import LODGING, type_of
from shelter_desk.domain.reports.figures import TOTAL, Ref, known_figures
from shelter_desk.domain.reports.report import Profile

# always printed for a partner and never hidden beside others; all that the public is given
HEADLINE_KEYS = (
    "t2.present_start",
    "t2.entries",
    "t2.exits",
    "t2.present_end",
    "t2.distinct_persons",
    "t1.person_nights",
    "t1.occupancy_rate",
    "t4.new_presumed",
    "t4.new_identified",
    "t5.alone",
    "t6.events",
    "t7.issued",
)
HEADLINES: tuple[Ref, ...] = tuple((key, TOTAL) for key in HEADLINE_KEYS)
# the same numbers in other tables, and nights in a shared bed: those that occupancy and capacity leave of all nights
REPEATED: frozenset[Ref] = frozenset(
    {
        ("t1.person_nights_shared", TOTAL),
        *((key, TOTAL) for key in ("t1.mean_presence", "t2.person_nights", "t3.persons", "t3.entries", "t8.exits")),
        *(
            (key, (("service_type", name),))
            for key in ("t6.quantity", "t6.events")
            for name in (LODGING, type_of(LODGING))
        ),
    }
)
ALWAYS = frozenset(HEADLINES) | REPEATED
# in every cell of sex and age group no more than the figure beside it
HOSTED_TOO = {
    "t2.over_max_stay": "t2.present_end",
    "t4.victims": "t2.distinct_persons",
    "t4.victims_new": "t2.entries",
    "t4.victims_continuing": "t2.present_start",
    "t4.assimilated": "t2.distinct_persons",
    "t4.pending_start": "t2.present_start",
    "t4.pending_end": "t2.present_end",
    "t4.left_undecided": "t2.exits",
}
# of which total a figure is a part, where that is not its own
WHOLES = {
    **HOSTED_TOO,
    "t1.person_nights_in_bed": "t1.person_nights",
    "t1.person_nights_extra": "t1.person_nights",
    "t1.person_nights_shared": "t1.person_nights",
    "t1.person_nights_unplaced": "t1.person_nights_extra",
    "t1.absence_nights_held": "t1.absence_nights",
    "t2.entries_premiere": "t2.entries",
    "t2.entries_readmission": "t2.entries",
    "t2.entries_transfert": "t2.entries",
    "t2.entries_naissance": "t2.entries",
    "t2.new_persons": "t2.entries",
    "t2.estimated_ages": "t2.distinct_persons",
    "t3.adults": "t2.distinct_persons",
    "t3.needs": "t2.distinct_persons",
    "t4.victims_new": "t4.victims",
    "t4.victims_continuing": "t4.victims",
    "t4.identified_by_form": "t4.new_identified",
    "t4.identified_by_country": "t4.new_identified",
    "t4.identified_by_region": "t4.new_identified",
    "t4.identified_by_origin": "t4.new_identified",
    "t4.identified_by_body": "t4.new_identified",
    "t4.victims_by_form": "t4.victims",
    "t4.victims_by_group": "t4.victims",
    "t4.victims_by_origin": "t4.victims",
    "t5.minors": "t2.distinct_persons",
    "t5.alone": "t5.minors",
    "t5.with_guardian": "t5.minors",
    "t5.in_school": "t5.minors",
    "t5.beside_adults": "t5.minors",
    "t5.bia_done": "t5.alone",
    "t5.bia_overdue": "t5.alone",
    "t5.bia_pending": "t5.alone",
    "t5.bia_on_time": "t5.bia_done",
    "t5.bia_full_done": "t5.alone",
    "t5.bia_full_overdue": "t5.alone",
    "t5.bia_full_pending": "t5.alone",
    "t5.bia_full_on_time": "t5.bia_full_done",
    "t5.exits": "t2.exits",
    "t5.exits_alone": "t5.exits",
    "t5.exits_decided": "t5.exits_alone",
    "t5.exits_handed_over": "t5.exits_alone",
    "t5.exits_settled": "t5.exits",
    "t8.follow_ups_reached": "t8.follow_ups_held",
    "t8.follow_ups_safe": "t8.follow_ups_held",
    "t8.follow_ups_needs": "t8.follow_ups_held",
    "t6.beneficiaries": "t6.events",
    "t6.not_hosted": "t6.beneficiaries",
    "t6.provided": "t6.events",
    "t7.completed": "t7.issued",
    "t7.late": "t7.open_end",
    "t7.issued_by_service": "t7.issued",
    "t7.issued_by_partner_type": "t7.issued",
    "t7.issued_by_profile": "t7.issued",
    "t7.served_by_service": "t7.served",
    "t7.served_by_partner_type": "t7.served",
    "t7.served_by_profile": "t7.served",
    "t7.incoming_completed": "t7.incoming_issued",
    "t7.incoming_late": "t7.incoming_open_end",
    "t9.participants": "t9.participations",
    "t9.trained_persons": "t9.trained",
    "t9.pre_tested": "t9.trained",
    "t9.post_tested": "t9.trained",
    "t9.trained_by_sex": "t9.trained",
    "t11.beneficiaries": "t2.distinct_persons",
    "t12.complaints_received": "t12.incidents",
}
# no more than these totals together
TOGETHER = {"t2.late_entries": ("t2.entries", "t2.exits")}
_OF_PEOPLE = ("sex", "age_group")


def is_too_fine(ref: Ref, profile: Profile) -> bool:
    """A figure or a crossing that this level is not given, small or not.

    The public is given the headlines alone; a holder of an agreement every table of one dim, by sex and age group, and
    what is for them alone: groups of exploitation by sex and minor or adult.
    """
    key, dims = ref
    known = known_figures()[key]
    if profile == "interne":
        return False
    if profile == "public":
        return ref not in HEADLINES
    if known.readers == "agreement":
        return profile != "convention"
    if known.readers == "house":
        return True
    if profile == "convention":
        names = tuple(name for name, _ in dims)
        return known.counts_persons and len(names) > 1 and names != _OF_PEOPLE
    return known.readers == "partner_total" and dims != TOTAL
