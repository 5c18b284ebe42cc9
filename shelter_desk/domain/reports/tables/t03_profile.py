"""T3, who the persons hosted are, and T8, how and where to they left (field 4.3)."""

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Tally
from shelter_desk.domain.reports.lines import StayLine, last_of_each_person

# one line for each person, in the words of the last stay
ATTRIBUTES = ("education_level", "language", "country_last")
ADULTS, NEEDS = "t3.adults", "t3.needs"
MARRIED, NEED = "marital_status", "specific_need"
# at the admission of the last stay, and on the day it is read
AGES, AT_ADMISSION = "t3.ages", "age_at_admission"


def profile(all_lines: list[StayLine]) -> dict[Ref, Figure]:
    """The figures of T3: persons, in the words of their last stay, and entries by who sent them.

    Adults by marital status; whoever has a specific need, several of one person each for itself.
    """
    tally = Tally("t3.persons", "t3.entries", ADULTS, NEEDS)
    for line in last_of_each_person(all_lines):
        person, row = line.person, line.stay.id
        nationality = ("nationality", person.nationality or NOT_RECORDED)
        # the first language is that of the interview; the country is the one last passed through
        language = person.languages[0] if person.languages else ""
        attributes = zip(ATTRIBUTES, (person.education_level, language, line.stay.country_last), strict=True)
        tally.add(
            "t3.persons",
            row,
            1,
            TOTAL,
            (nationality,),
            (("migration_situation", line.stay.migration_situation or NOT_RECORDED),),
            (("region_origin", person.region_origin or NOT_RECORDED),),
            *(((name, value or NOT_RECORDED),) for name, value in attributes),
        )
        if not person.birth.protected_as_minor(line.read_on):
            tally.add(ADULTS, row, 1, TOTAL, ((MARRIED, person.marital_status or NOT_RECORDED),))
        if line.needs:
            tally.add(NEEDS, row, 1, TOTAL, *(((NEED, one),) for one in line.needs))
        then = (AT_ADMISSION, person.birth.group(line.stay.admitted_at.date()))
        tally.add(AGES, row, 1, (then,), (then, line.cell[1]))
        tally.add("t3.persons_by_sex", row, 1, (nationality, ("sex", person.sex or "u")))
    for line in all_lines:
        if line.enters:
            source = (("referral_source", line.stay.referral_source or NOT_RECORDED),)
            tally.add("t3.entries", line.stay.id, 1, TOTAL, source)
    return tally.figures()


def exits(all_lines: list[StayLine]) -> dict[Ref, Figure]:
    """The figures of T8: by reason and by destination, with the nights of the stays that ended."""
    tally = Tally("t8.exits", "t8.nights", "t8.mean_stay")
    planned = {one.code for one in codes("exit_reason") if one.extra.get("planned") == "yes"}
    for line in all_lines:
        if not line.exits:
            continue
        stay = line.stay
        reason: Dims = (("exit_reason", stay.exit_reason or NOT_RECORDED),)
        destination: Dims = (("exit_destination", stay.exit_destination or "inconnue"),)
        tally.add("t8.exits", stay.id, 1, TOTAL, reason, destination)
        tally.add("t8.exits_planned", stay.id, 1, (("planned", "yes" if stay.exit_reason in planned else "no"),))
        tally.add("t8.exits_profile", stay.id, 1, (*reason, *line.cell))
        tally.add("t8.nights", stay.id, line.length, TOTAL, reason)
        tally.add("t8.mean_stay", stay.id, line.length, TOTAL, reason)
    return tally.figures()
