"""What tables, rows, columns and identities of a report are called; figures are in `resources/report/figures.csv`."""

from datetime import date
from functools import cache

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.reports.layout.stay_tables import Label
from shelter_desk.words import formats


@cache
def chapters(_language: words.Language) -> dict[str, str]:
    """The twelve tables in two words, with their number: tabs of the window, titles of sheets, feet of pages."""
    return {
        "t1": words.text("T1 Capacity"),
        "t2": words.text("T2 Movements"),
        "t3": words.text("T3 Profile"),
        "t4": words.text("T4 Identification"),
        "t5": words.text("T5 Minors"),
        "t6": words.text("T6 Services"),
        "t7": words.text("T7 Referrals"),
        "t8": words.text("T8 Exits"),
        "t9": words.text("T9 Activities"),
        "t10": words.text("T10 Equipment"),
        "t11": words.text("T11 Stock"),
        "t12": words.text("T12 Incidents"),
    }


@cache
def tables(_language: words.Language) -> dict[str, str]:
    """The heading of each table but those that are called like their figure."""
    return {
        "headlines": words.text("Headlines"),
        "t1": words.text("Capacity and occupancy"),
        "t1.by_night": words.text("Persons and beds, night by night"),
        "t1.zones": words.text("Capacity and occupancy by zone"),
        "t2": words.text("Movements by sex and age"),
        "t2_categories": words.text("Movements by category"),
        "t2_requests": words.text("Requests for a place"),
        "t2_requests_reasons": words.text("Requests refused, by reason"),
        "t2_requests_people": words.text("Persons asked for, by sex and age"),
        "t3.persons.nationality": words.text("Persons by nationality"),
        "t3.persons.migration_situation": words.text("Persons by migration situation"),
        "t3.persons.region_origin": words.text("Persons by region of origin"),
        "t3.entries.referral_source": words.text("Entries by who sent the person"),
        "t3.persons.education_level": words.text("Persons by schooling"),
        "t3.persons.language": words.text("Persons by language of the interview"),
        "t3.persons.country_last": words.text("Persons by country last passed through"),
        "t3.adults.marital_status": words.text("Adults by marital status"),
        "t3.ages.age_at_admission": words.text("Age at the admission (lines), and at the end or the exit (columns)"),
        "t3.needs.specific_need": words.text("Specific needs (a person may have several)"),
        "t4": words.text("Screening and identification"),
        "t4.victims_by_group.exploitation_group": words.text("Victims hosted, each in one group of exploitation"),
        "t4.assimilated.assimilated_practice": words.text("Assimilated practices, identified victims apart"),
        "t5.minors.child_status": words.text("Minors by situation"),
        "t5": words.text("What was done for minors"),
        "t5.exits.exit_reason": words.text("Exits of minors by reason"),
        "t6": words.text("Services given"),
        "t6.others": words.text("Meals, victims, helped without a bed, cost"),
        "t7": words.text("Referrals"),
        "t7.issued_by_service.service_type": words.text("Referrals by service wanted"),
        "t7.issued_by_partner_type.partner_type": words.text("Referrals by kind of structure"),
        "t7.issued_by_profile": words.text("Referrals and complaints by sex and age"),
        "t7.legal_steps": words.text("Legal files, by the day of each step"),
        "t8.exits.exit_reason": words.text("Exits by reason"),
        "t8.exits.exit_destination": words.text("Exits by destination"),
        "t8.follow_ups": words.text("Follow-ups after exit"),
        "t9": words.text("Group activities"),
        "t9.trainings.training_theme": words.text("Trainings of the staff by theme"),
        "t9.audience": words.text("Group activities by audience"),
        "t9.training_theme": words.text("Group activities by theme"),
        "t9.profile": words.text("Residents at activities by sex and age"),
        "t9.list": words.text("List of sessions"),
        "t9.list_profile": words.text("Residents at each session by sex and age"),
        "t10": words.text("Maintenance"),
        "t10.asset_category": words.text("Equipment by category"),
        "t10.donor": words.text("Equipment by donor"),
        "t11": words.text("Stock"),
        "t11.by_donor": words.text("Stock by donor"),
        "t12": words.text("Incidents and complaints"),
        "t12.incidents.incident_type": words.text("Incidents by type and severity"),
        "t12.gbv.gbv_type": words.text("Gender-based violence by type"),
        "t12.balance": words.text("Incidents open and closed by type"),
    }


@cache
def identities(_language: words.Language) -> dict[str, str]:
    """What each control says (field 4.4)."""
    return {
        "I-01": words.text("At the start + entries − exits = at the end"),
        "I-02": words.text("At the start = at the end of the period before"),
        "I-03": words.text("Entries = the four kinds of entry"),
        "I-04": words.text("Person-nights = in bed + extra + shared = each night added up"),
        "I-05": words.text("Person-nights + absences = nights covered by the stays"),
        "I-06": words.text("Capacity + bed-nights out of use = installed beds × nights"),
        "I-07": words.text("Persons = at the start + entries − persons counted already"),
        "I-08": words.text("Persons by sex = by age = by category = by nationality"),
        "I-09": words.text("Girls + boys + women + men + not recorded = total"),
        "I-10": words.text("Exits by reason = exits by destination = exits"),
        "I-11": words.text("Nights of the ended stays = mean × exits"),
        "I-12": words.text("Screenings open + opened − decided − left − withdrawn = open at the end"),
        "I-13": words.text("Referrals open + issued − served − refused − without answer = open at the end"),
        "I-14": words.text("Persons of a type lie between its largest sub-type and their sum"),
        "I-15": words.text("Persons served = persons hosted − without any service + served and not hosted"),
        "I-16": words.text("Nights in the services = person-nights"),
        "I-17": words.text("Equipment at the start + came − left = at the end = by status = by condition"),
        "I-18": words.text("Stock: opening + entries − issues − losses ± adjustments = closing, never below zero"),
        "I-19": words.text("Lines of the issue slips = movements out to residents, groups and the house"),
        "I-20": words.text("Articles given to residents = services counted"),
        "I-21": words.text("Meals of a day ≤ 3 × persons here"),
        "I-22": words.text("Minors = the situations of children added up"),
        "C-01": words.text("Zones added up = the house"),
        "C-02": words.text("New identified victims = their lines added up"),
        "C-03": words.text("Children alone = assessed + late + not due yet"),
        "C-04": words.text("Exits of minors = their reasons added up"),
        "C-05": words.text("Cost of services = the donors added up"),
        "C-06": words.text("Referrals = kinds of structure = sex and age, added up"),
        "C-07": words.text("Participations = each way of cutting them, added up"),
        "C-08": words.text("Staff present = by theme = by sex"),
        "C-09": words.text("Incidents open + of the period − closed = open at the end"),
        "C-10": words.text("Persons = each way of cutting them, added up"),
        "C-11": words.text("Victims hosted = new + here before = Malian + foreign"),
        "C-12": words.text("Requests waiting + of the period − decided = waiting at the end; their cuts added up"),
        "C-13": words.text(
            "Children reunified = exits of minors for family reunification, with those of a search alone"
        ),
        "C-14": words.text("Follow-ups held = their outcomes added up; reached, safe, with needs = theirs"),
        "C-15": words.text("Children who left for their family or a placement = these two reasons of exits of minors"),
        "C-16": words.text("Events of victims = their types added up; victims served = both categories of victims"),
        "C-17": words.text(
            "Persons made aware = residents + people from outside = girls, boys, women and men added up"
        ),
        "C-18": words.text("Typed within 24 hours + later = entries + exits whose typing is dated"),
        "C-19": words.text("Complaints filed = by sex and age, added up"),
    }


@cache
def others(_language: words.Language) -> dict[Label, str]:
    """The words of rows and columns that are no code of a list."""
    return {
        ("total", ""): words.text("Total"),
        ("rollup", "filles"): words.text("Girls"),
        ("rollup", "garcons"): words.text("Boys"),
        ("rollup", "femmes"): words.text("Women"),
        ("rollup", "hommes"): words.text("Men"),
        ("rollup", "nr"): words.text("Not recorded"),
        ("planned", "yes"): words.text("Planned"),
        ("planned", "no"): words.text("Not planned"),
        ("group", "f"): words.text("Female"),
        ("group", "m"): words.text("Male"),
        ("group", "u"): words.text("Not recorded"),
        ("group", "subtotals"): words.text("Subtotals"),
        ("group", "of_which"): words.text("of which, at the end"),
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
        ("group", "t11.in"): words.text("Entries"),
        ("group", "t11.out"): words.text("Issues"),
        ("group", "t11.losses"): words.text("Losses"),
    }


def cuts() -> dict[str, str]:
    """By what an identity is cut."""
    return {
        "place": words.text("by place"),
        "rollup": words.text("by girls, boys, women, men"),
        "exploitation_group": words.text("by group of exploitation"),
        "status": words.text("by status"),
        "condition": words.text("by condition"),
        "night": words.text("by night"),
        "cell": words.text("by cell"),
        "sex": words.text("by sex"),
        "age_group": words.text("by age"),
        "category": words.text("by category"),
        "nationality": words.text("by nationality"),
        "exit_reason": words.text("by reason"),
        "exit_destination": words.text("by destination"),
        "total": words.text("in all"),
        "zone": words.text("by zone"),
        "donor": words.text("by donor"),
        "origin": words.text("by nationality"),
        "status_decided_by": words.text("by who decided"),
        "partner_type": words.text("by kind of structure"),
        "service_type": words.text("by type"),
        "audience": words.text("by audience"),
        "training_theme": words.text("by theme"),
        "session": words.text("by session"),
        "education_level": words.text("by schooling"),
        "marital_status": words.text("by marital status"),
        "country_last": words.text("by country of the last residence"),
        "incident_type": words.text("by type"),
        "eve": words.text("items that begin otherwise than the day before ended"),
        "day": words.text("items below zero on some day"),
        "register": words.text("movements of registers to residents without their service"),
        "store": words.text("services written without anything from the store"),
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
    if kind != "unit_of":
        return None
    try:
        known = codes.code("service_type", code).extra
    except KeyError:  # a sub-type of services that the shelter added
        return ""
    return known.get("unit" if words.language() == "fr" else "unit_en", "")
