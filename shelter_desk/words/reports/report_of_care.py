"""What the figures of protection, activities and zones are called in a report."""

from datetime import date

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.words import formats


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
