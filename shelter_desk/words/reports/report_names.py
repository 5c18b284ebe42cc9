"""What the figures, tables and identities of a report are called, in the language spoken."""

from functools import cache

from shelter_desk import words
from shelter_desk.domain.reports.layout.stay_tables import Label
from shelter_desk.words.reports import report_of_care, stock_names


@cache
def tables(_language: words.Language) -> dict[str, str]:
    """The heading of each table."""
    return {
        **report_of_care.tables(),
        "t1": words.text("Capacity and occupancy"),
        "t1.by_night": words.text("Persons and beds, night by night"),
        "t2": words.text("Movements by sex and age"),
        "t2_categories": words.text("Movements by category"),
        "t3.persons.nationality": words.text("Persons by nationality"),
        "t3.persons.migration_situation": words.text("Persons by migration situation"),
        "t3.persons.region_origin": words.text("Persons by region of origin"),
        "t3.entries.referral_source": words.text("Entries by who sent the person"),
        "t4": words.text("Screening and identification"),
        "t4.identified_by_form.exploitation_form": words.text("Identified, by form of exploitation"),
        "t4.identified_by_body.status_decided_by": words.text("Identified, by who decided"),
        "t5.minors.child_status": words.text("Minors by situation"),
        "t6": words.text("Services given"),
        "t6.beneficiaries_profile": words.text("Persons served by sex and age"),
        "t6.beneficiaries_category": words.text("Persons served by category"),
        "t7": words.text("Referrals"),
        "t7.issued_by_service.service_type": words.text("Referrals by service wanted"),
        "t9": words.text("Group activities"),
        "t9.trainings.training_theme": words.text("Trainings of the staff by theme"),
        "t10": words.text("Maintenance"),
        "t10.asset_category": words.text("Equipment by category"),
        "t10.donor": words.text("Equipment by donor"),
        "t10.by_status.asset_status": words.text("Equipment by status"),
        "t10.by_condition.asset_condition": words.text("Equipment by condition"),
        "t12": words.text("Incidents and complaints"),
        "t12.incidents.incident_type": words.text("Incidents by type and severity"),
        **stock_names.tables(),
        "t8.exits.exit_reason": words.text("Exits by reason"),
        "t8.exits.exit_destination": words.text("Exits by destination"),
        "t8.exits_planned": words.text("Exits, planned or not"),
        "t8.exits_profile": words.text("Exits by reason, sex and age"),
    }


@cache
def identities(_language: words.Language) -> dict[str, str]:
    """What each control says (field 4.4)."""
    return {
        **report_of_care.controls(),
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
        **stock_names.identities(),
        "I-21": words.text("Meals of a day ≤ 3 × persons here"),
        "I-22": words.text("Minors = the situations of children added up"),
    }


@cache
def others(_language: words.Language) -> dict[Label, str]:
    """The words of rows and columns that are no code of a list."""
    return {
        **report_of_care.others(),
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
        **{("group", key): said for key, said in stock_names.groups().items()},
    }


def cuts() -> dict[str, str]:
    """By what an identity is cut."""
    return {
        "place": words.text("by place"),
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
        **stock_names.cuts(),
    }
