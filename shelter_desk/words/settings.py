"""Settings in words: what each is called, its unit, what it changes in one sentence, and what stands in it."""

from functools import cache

from shelter_desk import words
from shelter_desk.domain import settings
from shelter_desk.domain.settings import Setting, Subject, Unit


def subject(key: Subject) -> str:
    """The title of a card of settings."""
    return {
        "stays": words.text("Stays"),
        "house": words.text("House and nights"),
        "steps": words.text("Steps of a case"),
        "minors": words.text("Minors"),
        "identification": words.text("Identification"),
        "modules": words.text("What the shelter offers"),
        "reports": words.text("Reports"),
        "keeping": words.text("Notes and locking"),
        "retention": words.text("Retention"),
        "stock": words.text("Stock and equipment"),
    }[key]


def unit(key: Unit) -> str:
    """What a number counts, as it stands inside a field."""
    return {
        "": "",
        "days": words.text("days"),
        "hours": words.text("hours"),
        "minutes": words.text("min"),
        "months": words.text("months"),
        "years": words.text("years"),
        "nights": words.text("nights"),
        "persons": words.text("persons"),
        "m2": words.text("m²"),
        "percent": words.text("%"),
        "xof": words.text("F CFA"),
        "day": words.text("of the month"),
    }[key]


def label(key: str) -> str:
    """What a setting is called."""
    return _told(words.language())[key][0]


def change(key: str) -> str:
    """What another value changes, in one sentence."""
    return _told(words.language())[key][1]


def value(setting: Setting, kept: str) -> str:
    """What is kept, as a person reads it, without its unit."""
    if not kept:
        return words.text("not known")
    if setting.kind == "switch":
        return words.text("on") if kept == settings.ON else words.text("off")
    if setting.kind == "codes":
        chosen = settings.chosen({setting.key: kept}, setting.key)
        if len(chosen) == len(settings.chosen({}, setting.key)):
            return words.text("all")
        return ", ".join(words.label(setting.chosen_from, code) for code in chosen)
    return kept.replace(".", ",") if setting.kind == "decimal" and words.language() == "fr" else kept


def usual(setting: Setting) -> str:
    """What it usually is, and between which bounds it may be."""
    told = value(setting, settings.usual(setting))
    if setting.kind not in ("whole", "decimal"):
        return words.text("Usually: {value}.").format(value=told)
    least, most = f"{setting.least:.15g}", f"{setting.most:.15g}"
    if setting.may_be_empty:
        return words.text("Empty where it is not known. From {least} to {most}.").format(least=least, most=most)
    return words.text("Usually: {value}. From {least} to {most}.").format(value=told, least=least, most=most)


@cache
def _told(_language: words.Language) -> dict[str, tuple[str, str]]:
    """What each is called, and what it changes."""
    return _of_stays() | _of_the_house() | _of_cases() | _of_the_office() | _of_things()


def _of_first_steps() -> dict[str, str]:
    """What is written into the journal where a manager puts one away."""
    return {
        "accounts": words.text("First step “accounts” is shown"),
        "rooms": words.text("First step “rooms and beds” is shown"),
        "people": words.text("First step “who is here” is shown"),
        "stock": words.text("First step “stock” is shown"),
        "backup": words.text("First step “backup” is shown"),
    }


def _of_stays() -> dict[str, tuple[str, str]]:
    longest = words.text("After that the stay is pointed out, and asks for a reason.")
    return {
        "transit_days": (words.text("Longest stay: persons in transit or stranded"), longest),
        "vulnerable_days": (words.text("Longest stay: vulnerable persons"), longest),
        "vot_days": (words.text("Longest stay: victims of trafficking"), longest),
        "minor_review_days": (
            words.text("Stay of a minor looked at again every"),
            words.text("Minors have no longest stay: what becomes of them is asked again after this time."),
        ),
        "absence_max_days": (
            words.text("Absence without a reason, at most"),
            words.text("A longer one is pointed out."),
        ),
        "disappearance_grace_days": (
            words.text("After a disappearance the same stay goes on within"),
            words.text("A later return begins a new stay; 0: every return does."),
        ),
        "case_closure_days": (
            words.text("Case closed after the exit within"),
            words.text("A case open longer is pointed out."),
        ),
        "alike_age_years": (
            words.text("Same person: difference of age, at most"),
            words.text("Names that sound alike are pointed out when the ages are this near."),
        ),
    }


def _of_the_house() -> dict[str, tuple[str, str]]:
    compared = words.text("Compared with the persons of the night.")
    return {
        "infant_shares_bed_max_age_years": (
            words.text("A child shares the bed of the adult up to"),
            words.text("Up to this age the bed of the adult is offered; an older child has a bed of its own."),
        ),
        "night_check_time": (
            words.text("Hour of the roll call"),
            words.text("From this hour on the roll call of the night stands under “To do”."),
        ),
        "roll_call_nights": (
            words.text("Nights whose roll call may still be done"),
            words.text("A missing one is pointed out during this time."),
        ),
        "unrelated_hours": (
            words.text("A minor may share with unrelated adults for"),
            words.text("Before that it is a warning, after that it blocks."),
        ),
        "overcapacity_red_pct": (
            words.text("Red alert when the beds are filled beyond"),
            words.text("Persons out of usable beds; above it the alert is red."),
        ),
        "overcapacity_nights": (
            words.text("Red alert when there are too many for more than"),
            words.text("Nights in a row with more persons than beds."),
        ),
        "norm_m2": (
            words.text("Room for each person"),
            words.text("A sleeping room with less is pointed out."),
        ),
        "norm_toilet": (
            words.text("Persons for one toilet, at most"),
            words.text("More than that is pointed out, where the number of toilets is known."),
        ),
        "norm_shower": (
            words.text("Persons for one shower, at most"),
            words.text("More than that is pointed out, where the number of showers is known."),
        ),
        "toilets": (words.text("Toilets of the house"), compared),
        "resident_staff": (
            words.text("Staff who live in the house"),
            words.text("They use its toilets and showers too."),
        ),
        "showers": (words.text("Showers of the house"), compared),
    }


def _of_cases() -> dict[str, tuple[str, str]]:
    """Steps of a case, minors, identification."""
    late = words.text("Counted from the admission: later is pointed out; the agenda takes this day too.")
    high = words.text("The same where the risk is high.")
    contact = words.text("Without contact for longer, a follow-up is pointed out; the next review takes it.")
    alone = words.text("Child alone, counted from the admission: later is pointed out.")
    return {
        "admission_steps": (words.text("Each admission writes its steps into the agenda"), ""),
        "screening_due_days": (words.text("Screening within"), late),
        "assessment_due_days": (words.text("Assessment within"), late),
        "plan_due_days": (words.text("Plan within"), late),
        "screening_due_days_high": (words.text("Screening within, high risk"), high),
        "assessment_due_days_high": (words.text("Assessment within, high risk"), high),
        "plan_due_days_high": (words.text("Plan within, high risk"), high),
        "followup_days_high": (words.text("Follow-up every, high risk"), contact),
        "followup_days_medium": (words.text("Follow-up every, medium risk"), contact),
        "followup_days_low": (words.text("Follow-up every, low risk"), contact),
        "safety_measure_hours": (
            words.text("Danger: a measure within"),
            words.text("A danger without a safety measure is pointed out after that."),
        ),
        "guardian_request_days": (words.text("Guardian asked for within"), alone),
        "guardian_days": (words.text("Guardian appointed within"), alone),
        "bia_short_days": (words.text("Best interests, short form, within"), alone),
        "bia_full_days": (words.text("Best interests, whole form, within"), alone),
        "notify_service_days": (words.text("Competent service told within"), alone),
        "majority_days": (
            words.text("18th birthday said before"),
            words.text("So many days before it stands under “To do”."),
        ),
        "status_decision_days": (
            words.text("Status decided within"),
            words.text("Counted from the interview that shows every part; later is pointed out."),
        ),
        "presumed_review_days": (
            words.text("Presumed status looked at again within"),
            words.text("The day proposed at the decision; later is pointed out."),
        ),
        "repeated_interviews": (
            words.text("Interviews with the same questions, at most before the alert"),
            words.text("From this number on the repetition is pointed out."),
        ),
        "allowed_status_deciders": (
            words.text("Who may decide a status here"),
            words.text("Only these are offered for “identified” and “not a victim”."),
        ),
    }


def _of_the_office() -> dict[str, tuple[str, str]]:
    """Modules, reports, notes and locking, retention: what its clocks change stands where what is due is approved."""
    return {
        "avrr_module": (
            words.text("Assisted voluntary return (AVRR)"),
            words.text("Off: neither offered as an exit, nor among the services and consents. What was written stays."),
        ),
        "bid_module": (
            words.text("Best interests determination"),
            words.text("Off: the assessment of best interests no longer offers to ask for one."),
        ),
        "gbv_module": (
            words.text("Trained service for gender-based violence (GBV)"),
            words.text(
                "On: an incident of violence asks for its type, of the six of the GBVIMS, and the report counts them."
            ),
        ),
        "small_cell_k": (
            words.text("Smallest number shown outside"),
            words.text("Smaller numbers could point to a person: reports that leave the shelter hide them."),
        ),
        "report_remind_day": (
            words.text("Report of last month: reminder from the"),
            words.text("From this day on what the report still asks for stands under “To do”."),
        ),
        "report_late_day": (
            words.text("Report of last month: late after the"),
            words.text("After this day the reminder says that it is late."),
        ),
        **{f"first_step_{key}": (told, "") for key, told in _of_first_steps().items()},
        "note_lock_hours": (
            words.text("A note may be changed by who wrote it for"),
            words.text("After that it stands as it is: a correction is a new note beside it."),
        ),
        "idle_minutes": (
            words.text("Locks by itself after"),
            words.text("Without a key or the mouse for so long, the program asks for the password."),
        ),
        "captures_kept_out": (
            words.text("Kept out of pictures of the screen"),
            words.text(
                "On Windows, pictures and recordings of the screen show nothing of the program then; somebody who "
                "helps from afar sees nothing either. A photograph of the screen shows all."
            ),
        ),
        "retention_identity_months": (words.text("Months before identities are erased"), ""),
        "retention_narratives_months": (words.text("Months before narratives are erased"), ""),
        "retention_consents_months": (words.text("Months before consents are erased"), ""),
        "retention_record_months": (words.text("Months before a record is reduced"), ""),
        "retention_incident_months": (words.text("Months before an incident is erased"), ""),
        "retention_sealed_incident_months": (words.text("Months before a sealed matter is erased"), ""),
    }


def _of_things() -> dict[str, tuple[str, str]]:
    older = words.text("A count that is older is pointed out.")
    return {
        "expiry_warn_days": (
            words.text("Expiry said before"),
            words.text("So many days before its date a lot is pointed out."),
        ),
        "count_stock_months": (words.text("Stock counted every"), older),
        "count_assets_months": (words.text("Equipment counted every"), older),
        "slip_approval_threshold_xof": (
            words.text("Issue slips approved above"),
            words.text("A slip worth this or less needs no approval if its prices are known; 0: every slip does."),
        ),
    }
