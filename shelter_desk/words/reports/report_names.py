"""What the figures, tables and identities of a report are called, in the language spoken."""

from functools import cache

from shelter_desk import words
from shelter_desk.domain.reports.layout.stay_tables import Label
from shelter_desk.domain.reports.tables.t07_referrals import PREFIXES
from shelter_desk.words.reports import report_of_care, stock_names


@cache
def figures(_language: words.Language) -> dict[str, str]:
    """The name of each figure, by its key."""
    return {
        "t1.installed_beds": words.text("Installed beds, last night"),
        "t1.operational_beds": words.text("Usable beds, last night"),
        "t1.capacity_bed_nights": words.text("Capacity in bed-nights"),
        "t1.unavailable_bed_nights": words.text("Bed-nights out of use"),
        "t1.person_nights": words.text("Person-nights"),
        "t1.person_nights_in_bed": words.text("in a bed"),
        "t1.person_nights_extra": words.text("on an extra place"),
        "t1.person_nights_shared": words.text("sharing a bed"),
        "t1.absence_nights": words.text("Nights of absence"),
        "t1.absence_nights_held": words.text("with the bed held"),
        "t1.occupancy_rate": words.text("Occupancy rate, %"),
        "t1.occupancy_rate_held": words.text("Occupancy rate with held beds, %"),
        "t1.mean_presence": words.text("Mean presence a night"),
        "t1.max_presence": words.text("Persons on the busiest night"),
        "t1.min_presence": words.text("Persons on the quietest night"),
        "t1.overcapacity_nights": words.text("Nights over capacity"),
        "t1.overcapacity_by_room": words.text("Person-nights above the beds of their room"),
        "t1.surface_per_person": words.text("Square metres a person on the busiest night"),
        "t1.person_nights_unplaced": words.text("Person-nights without a recorded place"),
        "t1.overrides": words.text("Placements that set a rule aside"),
        "t1.presence": words.text("Persons present"),
        "t1.max_presence_night": words.text("Busiest night"),
        "t1.min_presence_night": words.text("Quietest night"),
        "t1.installed_by_night": words.text("Installed beds"),
        "t1.operational_by_night": words.text("Usable beds"),
        "t2.present_start": words.text("Present at the start"),
        "t2.entries": words.text("Entries"),
        "t2.entries_premiere": words.text("first admissions"),
        "t2.entries_readmission": words.text("readmissions"),
        "t2.entries_transfert": words.text("transfers received"),
        "t2.entries_naissance": words.text("births in the shelter"),
        "t2.exits": words.text("Exits"),
        "t2.present_end": words.text("Present at the end"),
        "t2.changes": words.text("Changes of group, at the start"),
        "t2.distinct_persons": words.text("Distinct persons hosted"),
        "t2.new_persons": words.text("New persons"),
        "t2.redirected": words.text("Redirected without a night"),
        "t2.person_nights": words.text("Person-nights by group"),
        "t2.mean_stay": words.text("Mean length of ended stays, nights"),
        "t2.median_stay": words.text("Median of ended stays, nights"),
        "t2.mean_time_present": words.text("Mean time of those present, days"),
        "t2.over_max_stay": words.text("Over the longest stay"),
        "t2.late_entries": words.text("Entries or exits typed later"),
        "t2.estimated_ages": words.text("Persons whose age is estimated"),
        "t3.persons": words.text("Persons"),
        "t3.persons_by_sex": words.text("Persons by nationality and sex"),
        "t3.entries": words.text("Entries by source"),
        "t4.pending_start": words.text("Screenings open at the start"),
        "t4.opened": words.text("Screenings opened"),
        "t4.decided": words.text("Screenings decided"),
        "t4.left_undecided": words.text("Left without a decision"),
        "t4.corrected": words.text("Screenings withdrawn"),
        "t4.pending_end": words.text("Screenings open at the end"),
        "t4.new_presumed": words.text("New presumed victims"),
        "t4.new_identified": words.text("New identified victims"),
        "t4.not_victim": words.text("Decided not a victim"),
        "t4.identified_by_form": words.text("Identified, by form of exploitation"),
        "t4.identified_by_body": words.text("Identified, by who decided"),
        "t5.minors": words.text("Minors hosted"),
        "t6.quantity": words.text("Quantity"),
        "t6.events": words.text("Events"),
        "t6.beneficiaries": words.text("Persons served"),
        "t6.beneficiaries_profile": words.text("Persons served by sex and age"),
        "t6.beneficiaries_category": words.text("Persons served by category"),
        "t6.provided": words.text("Events by provider"),
        "t6.cost": words.text("Cost, XOF"),
        "t6.guest_meals": words.text("Meals to guests"),
        "t9.sessions": words.text("Sessions"),
        "t9.participations": words.text("Participations of residents"),
        "t9.participants": words.text("Distinct participants"),
        "t9.person_hours": words.text("Person-hours"),
        "t9.outside": words.text("People from outside"),
        "t9.trainings": words.text("Trainings of the staff"),
        "t9.trained": words.text("Participations of the staff"),
        **report_of_care.figures(),
        **_referral_figures(),
        **_incident_figures(),
        **_equipment_figures(),
        **stock_names.figures(),
        "t8.exits": words.text("Exits in all"),
        "t8.exits_planned": words.text("Exits, planned or not"),
        "t8.exits_profile": words.text("Exits by reason, sex and age"),
        "t8.nights": words.text("Nights of the ended stays"),
        "t8.mean_stay": words.text("Mean length, nights"),
    }


def _referral_figures() -> dict[str, str]:
    names = {
        "open_start": words.text("Open at the start"),
        "issued": words.text("Issued in the period"),
        "accepted": words.text("Accepted in the period"),
        "served": words.text("Services received"),
        "refused_provider": words.text("Declined by the provider"),
        "refused_person": words.text("Declined by the person"),
        "no_response": words.text("Without answer"),
        "open_end": words.text("Open at the end"),
        "late": words.text("To be followed up, and late"),
        "completed": words.text("Issued and served since"),
        "completion_rate": words.text("Completion rate, %"),
        "mean_days_to_service": words.text("Mean days to the service"),
    }
    figures = {f"{prefix}{name}": label for prefix in PREFIXES.values() for name, label in names.items()}
    return figures | {"t7.issued_by_service": words.text("Issued, by service wanted")}


def _incident_figures() -> dict[str, str]:
    return {
        "t12.open_start": words.text("Incidents open at the start"),
        "t12.incidents": words.text("Incidents of the period"),
        "t12.incidents_crossed": words.text("Incidents by type and severity"),
        "t12.closed": words.text("Incidents closed in the period"),
        "t12.open_end": words.text("Incidents open at the end"),
        "t12.complaints_received": words.text("Complaints received"),
        "t12.complaints_answered": words.text("Complaints answered"),
        "t12.confidential": words.text("Protection (confidential)"),
    }


def _equipment_figures() -> dict[str, str]:
    return {
        "t10.start": words.text("Equipment at the start"),
        "t10.acquired": words.text("Acquired"),
        "t10.received": words.text("Transferred in"),
        "t10.disposed": words.text("Written off"),
        "t10.lost": words.text("Lost or stolen"),
        "t10.transferred": words.text("Transferred out"),
        "t10.end": words.text("Equipment at the end"),
        "t10.by_status": words.text("Equipment by status"),
        "t10.by_condition": words.text("Equipment by condition"),
        "t10.status_by_category": words.text("Equipment by category and status"),
        "t10.status_by_donor": words.text("Equipment by donor and status"),
        "t10.assigned": words.text("Assigned in the period"),
        "t10.put_out": words.text("Taken out of service in the period"),
        "t10.value": words.text("Acquisition value, XOF"),
        "t10.value_unknown": words.text("Of unknown value"),
        "t10.open_tickets": words.text("Open maintenance tickets"),
    }


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
