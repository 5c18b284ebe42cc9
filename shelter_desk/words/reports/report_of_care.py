"""What the figures of protection, activities and zones are called in a report."""

from datetime import date

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.words import formats


def figures() -> dict[str, str]:
    """The names of figures, by key."""
    return {
        "t1.persons_per_toilet": words.text("Persons a toilet on the busiest night"),
        "t1.norm_toilet": words.text("standard, persons a toilet"),
        "t1.persons_per_shower": words.text("Persons a shower on the busiest night"),
        "t1.norm_shower": words.text("standard, persons a shower"),
        "t3.adults": words.text("Adults hosted"),
        "t3.ages": words.text("Persons by age at the admission"),
        "t3.needs": words.text("Persons with a specific need"),
        "t4.interviews": words.text("Interviews held"),
        "t4.victims": words.text("Victims of trafficking hosted"),
        "t4.victims_new": words.text("new in the period"),
        "t4.victims_continuing": words.text("here before the period"),
        "t4.victims_by_form": words.text("Victims hosted, by form of exploitation"),
        "t4.victims_by_origin": words.text("Victims hosted, Malian or foreign"),
        "t4.assimilated": words.text("Persons with an assimilated practice"),
        "t4.assimilated_profile": words.text("Assimilated practices by sex and age"),
        "t4.identified_by_country": words.text("Identified, by country of exploitation"),
        "t4.identified_by_region": words.text("Identified, by region of exploitation"),
        "t4.identified_by_origin": words.text("Identified, Malian or foreign"),
        "t4.identified_by_form_profile": words.text("Identified, by form, sex and age"),
        "t4.identified_by_country_profile": words.text("Identified, by country, sex and age"),
        "t4.identified_by_region_profile": words.text("Identified, by region, sex and age"),
        "t4.identified_by_origin_profile": words.text("Identified, Malian or foreign, sex and age"),
        "t4.identified_by_body_profile": words.text("Identified, by who decided, sex and age"),
        **_children(),
        **_requests(),
        "t12.gbv": words.text("Incidents of gender-based violence"),
        "t6.not_hosted": words.text("Persons served and not hosted"),
        "t6.beneficiaries_sub_profile": words.text("Persons served by sub-type, sex and age"),
        "t6.beneficiaries_sub_category": words.text("Persons served by sub-type and category"),
        "t6.cost_by_donor": words.text("Cost of services by donor, XOF"),
        "t7.issued_by_partner_type": words.text("Issued, by kind of structure"),
        "t7.served_by_partner_type": words.text("Served, by kind of structure"),
        "t7.served_by_service": words.text("Served, by service wanted"),
        "t7.issued_by_profile": words.text("Issued, by sex and age"),
        "t7.served_by_profile": words.text("Served, by sex and age"),
        "t9.attended": words.text("Residents at a session"),
        "t9.attended_profile": words.text("Residents at a session by sex and age"),
        "t9.attended_outside": words.text("From outside"),
        "t9.attended_staff": words.text("Staff"),
        "t9.training_hours": words.text("Person-hours of the staff"),
        "t9.trained_persons": words.text("Staff trained, counted once"),
        "t9.trained_by_sex": words.text("Participations of the staff by sex"),
        "t9.pre_tested": words.text("Tested before"),
        "t9.post_tested": words.text("Tested after"),
        "t9.pre_score": words.text("Mean score before"),
        "t9.post_score": words.text("Mean score after"),
    }


def _requests() -> dict[str, str]:
    return {
        "t2.requests_waiting_start": words.text("Requests waiting at the start"),
        "t2.requests_asked": words.text("Requests for a place"),
        "t2.requests_admitted": words.text("Requests met by an admission"),
        "t2.requests_refused": words.text("Requests refused"),
        "t2.requests_given_up": words.text("Requests given up"),
        "t2.requests_waiting_end": words.text("Requests waiting at the end"),
        "t2.requested_waiting_start": words.text("Persons waiting at the start"),
        "t2.requested_asked": words.text("Persons for whom a place was asked"),
        "t2.requested_admitted": words.text("Persons of requests met"),
        "t2.requested_refused": words.text("Persons of requests refused"),
        "t2.requested_given_up": words.text("Persons of requests given up"),
        "t2.requested_waiting_end": words.text("Persons waiting at the end"),
        "t2.requests_by_reason": words.text("Requests refused, by reason"),
        "t2.requested_by_reason": words.text("Persons refused, by reason"),
        "t2.requested_by_profile": words.text("Persons for whom a place was asked, by sex and age"),
    }


def _children() -> dict[str, str]:
    return {
        "t5.minors_profile": words.text("Minors by situation, sex and age"),
        "t5.alone": words.text("Children alone: unaccompanied, separated, head of a household"),
        "t5.with_guardian": words.text("With a guardian"),
        "t5.bia_done": words.text("Best interests assessed"),
        "t5.bia_on_time": words.text("in time"),
        "t5.bia_overdue": words.text("Best interests, assessment late"),
        "t5.bia_pending": words.text("Best interests, not due yet"),
        "t5.bia_full_done": words.text("Best interests assessed in full"),
        "t5.bia_full_on_time": words.text("in time, in full"),
        "t5.bia_full_overdue": words.text("Best interests in full, late"),
        "t5.bia_full_pending": words.text("Best interests in full, not due yet"),
        "t5.in_school": words.text("At school or in training"),
        "t5.beside_adults": words.text("In the room of an unrelated adult (must be 0)"),
        "t5.bid_requested": words.text("Best interests determinations asked for"),
        "t5.tracing_opened": words.text("Searches for the family opened"),
        "t5.tracing_located": words.text("Families located"),
        "t5.tracing_reunified": words.text("Children reunified"),
        "t5.exits": words.text("Exits of minors"),
        "t5.exits_alone": words.text("Exits of children alone"),
        "t5.exits_decided": words.text("with a decision for the child"),
        "t5.exits_handed_over": words.text("handed over to an adult"),
    }


def tables() -> dict[str, str]:
    """The headings of tables, by name."""
    return {
        "t1.zones": words.text("Capacity and occupancy by zone"),
        "t3.persons.education_level": words.text("Persons by schooling"),
        "t3.persons.language": words.text("Persons by language of the interview"),
        "t3.persons.country_last": words.text("Persons by country last passed through"),
        "t3.adults.marital_status": words.text("Adults by marital status"),
        "t3.ages.age_at_admission": words.text("Age at the admission (lines), and at the end or the exit (columns)"),
        "t3.needs.specific_need": words.text("Specific needs (a person may have several)"),
        "t4.identified_by_country.exploitation_country": words.text("Identified, by country of exploitation"),
        "t4.identified_by_region.exploitation_region": words.text("Identified, by region of exploitation"),
        "t4.identified_by_origin.origin": words.text("Identified, Malian or foreign"),
        "t4.assimilated.assimilated_practice": words.text("Assimilated practices, identified victims apart"),
        "t4.victims_by_form.exploitation_form": words.text("Victims hosted, by form of exploitation"),
        "t4.victims_by_origin.origin": words.text("Victims hosted, Malian or foreign"),
        "t5": words.text("What was done for minors"),
        "t5.exits": words.text("Exits of minors"),
        "t5.exits.exit_reason": words.text("Exits of minors by reason"),
        "t6.others": words.text("Meals, and persons helped without a bed"),
        "t6.cost_by_donor.donor": words.text("Cost of services by donor, XOF"),
        "t7.issued_by_partner_type.partner_type": words.text("Referrals by kind of structure"),
        "t7.issued_by_profile": words.text("Referrals by sex and age"),
        "t9.audience": words.text("Group activities by audience"),
        "t9.training_theme": words.text("Group activities by theme"),
        "t9.profile": words.text("Residents at activities by sex and age"),
        "t9.list": words.text("List of sessions"),
        "t9.list_profile": words.text("Residents at each session by sex and age"),
        "t12.gbv.gbv_type": words.text("Gender-based violence by type"),
        "t12.balance": words.text("Incidents open and closed by type"),
        "t2_requests": words.text("Requests for a place"),
        "t2_requests_reasons": words.text("Requests refused, by reason"),
        "t2_requests_people": words.text("Persons asked for, by sex and age"),
    }


def controls() -> dict[str, str]:
    """What the program's own controls say, by id."""
    return {
        "C-01": words.text("Zones added up = the house"),
        "C-02": words.text("New identified victims = their lines added up"),
        "C-03": words.text("Children alone = assessed + late + not due yet"),
        "C-04": words.text("Exits of minors = their reasons added up"),
        "C-05": words.text("Cost of services = the donors added up"),
        "C-06": words.text("Referrals = kinds of structure = sex and age, added up"),
        "C-07": words.text("Participations = each way of cutting them, added up"),
        "C-08": words.text("Staff present = by theme = by sex"),
        "C-11": words.text("Victims hosted = new + here before = Malian + foreign"),
        "C-10": words.text("Persons = each way of cutting them, added up"),
        "C-09": words.text("Incidents open + of the period − closed = open at the end"),
        "C-13": words.text(
            "Children reunified = exits of minors for family reunification, with those of a search alone"
        ),
        "C-12": words.text("Requests waiting + of the period − decided = waiting at the end; their cuts added up"),
    }


def others() -> dict[tuple[str, str], str]:
    """Words for rows and columns that no list of codes has."""
    return {
        ("zone", "femmes"): words.text("Women’s zone"),
        ("zone", "hommes"): words.text("Men’s zone"),
        ("zone", "filles"): words.text("Girls’ zone"),
        ("zone", "garcons"): words.text("Boys’ zone"),
        ("zone", "familles"): words.text("Families’ zone"),
        ("zone", "autre"): words.text("Other rooms, or none"),
        ("origin", "malienne"): words.text("Malian"),
        ("origin", "etrangere"): words.text("Foreign"),
        ("unit", ""): words.text("Unit"),
        ("requests", "requests"): words.text("Requests"),
        ("requests", "persons"): words.text("Persons"),
        ("session", "day"): words.text("Date"),
        ("session", "training_theme"): words.text("Theme"),
        ("session", "audience"): words.text("Audience"),
        ("session", "facilitators"): words.text("Led by"),
        ("session", "hours"): words.text("Hours"),
    }


def words_of(kind: str, code: str) -> str | None:
    """The words of a cell that holds no figure: a day, hours, a unit, a text as it is; None for another kind."""
    if kind == "plain" or (not code and kind in ("unit_of", "training_theme", "audience", "hours")):
        return code
    if kind == "day":
        return formats.day(date.fromisoformat(code))
    if kind == "hours":
        hours = float(code)
        return formats.number(hours, 0 if hours.is_integer() else 1)
    return unit_of(code) if kind == "unit_of" else None


def unit_of(service_type: str) -> str:
    """What a sub-type of services is counted in; empty for one that the shelter added."""
    try:
        known = codes.code("service_type", service_type).extra
    except KeyError:
        return ""
    return known.get("unit" if words.language() == "fr" else "unit_en", "")
