"""The journal in sentences: what was done, and the plain fields before and after."""

from collections.abc import Callable
from datetime import datetime

from shelter_desk import words
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.reports.figures import known_figures
from shelter_desk.domain.settings import SETTINGS
from shelter_desk.words import (
    assistance,
    contacts,
    field_labels,
    formats,
    handovers,
    merging,
    place_requests,
    sending,
    settings,
)
from shelter_desk.words.beds import held_beds, inspections, moved_beds
from shelter_desk.words.casefile import interviews, legal, voluntary_returns
from shelter_desk.words.reports import closing, old_report, stock_names

# which code list the values of a column are of
OF_COLUMNS = {column.key: column.code_list for columns in LISTS.values() for column in columns if column.code_list}
OF_COLUMNS |= {"role": "role", "presence": "roll_call"}
OF_COLUMNS |= {"factor": "vulnerability_factor", "answer": "factor_answer", "risk_level": "risk_level"}
OF_COLUMNS |= {"safe_to_contact_family": "safety_answer", "safe_to_go_out": "safety_answer"}
OF_COLUMNS |= {"threat_likelihood": "level3", "threat_impact": "level3", "safety_measures": "safety_measure"}
OF_COLUMNS |= {"solution_sought": "solution_sought", "agreed_mode": "consent_mode", "action_status": "action_status"}
OF_COLUMNS |= {"domain": "service_type", "family_link": "family_link", "link_basis": "link_basis"}
OF_COLUMNS |= {"kin_relation": "kin_relation", "safe_to_contact": "safety_answer"}
OF_COLUMNS |= interviews.LISTS | place_requests.LISTS | voluntary_returns.LISTS | legal.LISTS
OF_COLUMNS |= {"incident_type": "incident_type", "notified": "notified", "duplicate_cause": "duplicate_cause"}
OF_COLUMNS |= {
    "read_for": "reading_reason",
    "severity": "incident_severity",
    "channel": "incident_channel",
    "step": "admission_step",
    "gbv_type": "gbv_type",
    "recipient_kind": "recipient_kind",
    "purpose_code": "sending_purpose",
    "kind": "sending_kind",
}


def action(name: str) -> str:
    """What an action is, in a sentence; one that this version does not know stands for itself."""
    return actions().get(name) or words.text("Other act: {name}").format(name=name)


def actions() -> dict[str, str]:
    """Every action that the program writes, with its sentence."""
    return {
        **_of_persons(),
        **_of_care(),
        **merging.actions(),
        **old_report.actions(),
        **place_requests.actions(),
        **held_beds.actions(),
        **inspections.actions(),
        **moved_beds.actions(),
        **handovers.actions(),
        **voluntary_returns.actions(),
        **legal.actions(),
        **_of_the_house(),
        **stock_names.actions(),
        **assistance.actions(),
        **sending.actions(),
        **_of_the_vault(),
        **_of_papers(),
    }


def _of_persons() -> dict[str, str]:
    """Stays, files and imports, then interviews, then assessments and plans."""
    return {
        "admit": words.text("Person admitted"),
        "move": words.text("Change of bed"),
        "leave": words.text("Exit written"),
        "void": words.text("Stay cancelled"),
        "be_away": words.text("Absence written"),
        "come_back": words.text("Return written"),
        "plan_exit": words.text("Planned exit changed"),
        "regroup": words.text("Family changed"),
        "decide": words.text("Status decided"),
        "correct": words.text("Person corrected"),
        "assess_age": words.text("Age assessed anew"),
        "correct_stay": words.text("Stay corrected"),
        "resume_stay": words.text("Back after the disappearance"),
        "bring_stay_back": words.text("Stay brought back"),
        "not_same": words.text("Said to be another person"),
        "name_read": words.text("Name shown"),
        "record_opened": words.text("Record opened"),
        "erase": words.text("Identity erased"),
        "hold": words.text("Erasure suspended"),
        "lift_hold": words.text("Erasure allowed again"),
        "take_in": words.text("Workbook imported"),
        "undo": words.text("Last act undone"),
        "undo_import": words.text("Import undone"),
        "settle_import_gap": words.text("Value left open by an import settled"),
        "import_memory": words.text("What imports remember changed"),
        "import_layout": words.text("Reading of a workbook remembered"),
        "settle_flag": words.text("Alert set aside"),
        "bring_back_flag": words.text("Alert shown again"),
        "set_task_aside": words.text("Task set aside"),
        "bring_task_back": words.text("Task shown again"),
        "keep_diets": words.text("Diets and allergies noted"),
        "interview_begin": words.text("Interview begun"),
        "interview_keep": words.text("Interview kept"),
        "interview_pause": words.text("Interview paused"),
        "interview_resume": words.text("Interview taken up again"),
        "interview_stop": words.text("Interview stopped"),
        "interview_refused": words.text("Interview not wished"),
        "interview_finish": words.text("Interview finished"),
        "interview_read": words.text("Summary of an interview read"),
        "reason_read": words.text("Reason of a decision read"),
        "assess": words.text("Vulnerability assessed"),
        "assessment_read": words.text("Assessment read"),
        "structural_factors": words.text("Structural factors of the year answered"),
        "make_plan": words.text("Plan made"),
        "revise_plan": words.text("Plan revised"),
        "agree_plan": words.text("Plan agreed with the person"),
        "close_plan": words.text("Plan closed"),
        "wishes_read": words.text("Wishes read"),
        "add_plan_action": words.text("Action added to the plan"),
        "change_plan_action": words.text("Action of the plan corrected"),
        "begin_plan_action": words.text("Action of the plan begun"),
        "put_back_plan_action": words.text("Action of the plan put back"),
        "finish_plan_action": words.text("Action of the plan done"),
        "drop_plan_action": words.text("Action of the plan dropped"),
    }


def _of_care() -> dict[str, str]:
    """Services and notes, referrals, children, exits and what follows."""
    return {
        "call_roll": words.text("Roll call taken"),
        "give_service": words.text("Service given"),
        "change_service": words.text("Service corrected"),
        "take_out_service": words.text("Service taken out"),
        "bring_service_back": words.text("Service brought back"),
        "serve_meals": words.text("Meals written"),
        "hold_activity": words.text("Activity held"),
        "change_activity": words.text("Activity corrected"),
        "service_kinds": words.text("Services chosen"),
        "consent": words.text("Consent written"),
        "withdraw_consent": words.text("Consent withdrawn"),
        "withdrawal_told": words.text("Withdrawal told to the partner"),
        "note_read": words.text("Note read"),
        "write_note": words.text("Note written"),
        "change_note": words.text("Note changed"),
        "correct_note": words.text("Note corrected by a new one"),
        "take_in_document": words.text("Paper taken in"),
        "take_out_document": words.text("Paper taken out"),
        "document_read": words.text("Copy of a paper written"),
        "document_shown": words.text("Paper shown"),
        "summary_read": words.text("Summary read"),
        "keep_partner": words.text("Partner written"),
        "refer_draft": words.text("Referral prepared"),
        "refer_receive": words.text("Incoming referral written"),
        "refer_issue": words.text("Referral issued"),
        "refer_change": words.text("Referral corrected"),
        "refer_accept": words.text("Referral accepted"),
        "refer_refused": words.text("Referral refused by the partner"),
        "refer_declined": words.text("Referral declined by the person"),
        "refer_no_answer": words.text("Referral without answer"),
        "refer_serve": words.text("Referral served"),
        "refer_follow_up": words.text("Referral followed up"),
        "refer_close": words.text("Referral closed"),
        "refer_cancel": words.text("Referral cancelled"),
        "referral_sheet": words.text("Referral sheet made"),
        "my_file": words.text("File given to the person"),
        "guardian": words.text("Guardianship written"),
        "guardian_read": words.text("Guardian’s name shown"),
        "notify_service": words.text("Service told of a child"),
        "assess_interests": words.text("Best interests assessed"),
        "validate_interests": words.text("Assessment of best interests validated"),
        "keep_determination": words.text("Formal determination written"),
        "bia_read": words.text("Assessment of best interests read"),
        "trace_family": words.text("Family tracing opened"),
        "trace_step": words.text("Step of family tracing written"),
        "tracing_read": words.text("Family tracing read"),
        "complete_exit": words.text("Exit completed"),
        "approve_exit": words.text("Exit approved"),
        "close_case": words.text("Case closed"),
        "plan_follow_up": words.text("Follow-up planned"),
        "hold_follow_up": words.text("Follow-up held"),
        "deposit": words.text("Belongings deposited"),
        "hand_back": words.text("Belongings handed back"),
        "belongings_read": words.text("List of belongings read"),
        "handed_to_read": words.text("Name of the receiving adult shown"),
        "follow_up_read": words.text("Note of a follow-up read"),
    }


def _of_the_house() -> dict[str, str]:
    """Agenda and contacts, incidents, equipment, rooms and beds."""
    return {
        "make_appointment": words.text("Appointment made"),
        "move_appointment": words.text("Appointment moved"),
        "hold_appointment": words.text("Appointment held"),
        "miss_appointment": words.text("Appointment missed"),
        "cancel_appointment": words.text("Appointment cancelled"),
        "add_contact": words.text("Contact written"),
        "change_contact": words.text("Contact corrected"),
        "end_contact": words.text("Contact no longer so"),
        "contact_read": words.text("Contact shown"),
        "contact_risk": words.text("Contact risk written"),
        "end_contact_risk": words.text("Contact risk ended"),
        "contact_risk_read": words.text("Reason of a contact risk read"),
        "report_incident": words.text("Incident reported"),
        "incident_read": words.text("Incident read"),
        "follow_incident": words.text("Incident followed up"),
        "refer_incident": words.text("Referral of an incident named"),
        "answer_complaint": words.text("Complaint answered"),
        "close_incident": words.text("Incident closed"),
        "add_assets": words.text("Equipment added"),
        "change_asset": words.text("Equipment corrected"),
        "asset_event": words.text("Event of equipment written"),
        "dispose_asset": words.text("Equipment taken out of the register"),
        "lend_asset": words.text("Equipment lent"),
        "take_back_asset": words.text("Equipment brought back"),
        "keep_grant": words.text("Grant written"),
        "receive_assets": words.text("Reception of equipment written"),
        "begin_count": words.text("Inventory begun"),
        "count_asset": words.text("Equipment counted"),
        "close_count": words.text("Inventory closed"),
        "approve_count": words.text("Inventory approved"),
        "report_fault": words.text("Maintenance ticket opened"),
        "close_ticket": words.text("Maintenance ticket closed"),
        "log_generator": words.text("Hours of the generator written"),
        "dossier_written": words.text("Donor’s dossier written"),
        "photo_kept": words.text("Photo of equipment kept"),
        "block": words.text("Bed taken out of use"),
        "unblock": words.text("Bed put back into use"),
        "keep_room": words.text("Room written"),
        "add_beds": words.text("Beds added"),
        "change_bed": words.text("Bed changed"),
        "begin_beds": words.text("First day of beds changed"),
        "furnish": words.text("Rooms and beds made"),
        "settings": words.text("Settings changed"),
        "registers_exported": words.text("Registers exported"),
        "list_exported": words.text("List exported"),
        "htcds_exported": words.text("Cases without names exported"),
        "report_comment": words.text("Comment on a report"),
        "report_passages": words.text("Narrative of a month changed"),
        "narrative_exported": words.text("Narrative of a month written"),
        "report_visa": words.text("Tables of a report signed"),
        "month_closed": words.text("Month closed"),
        "month_reopened": words.text("Month opened again"),
        "month_rectified": words.text("Month replaced by a new version"),
        "report_exported": words.text("Report exported"),
        "dhis2_exported": words.text("File for DHIS2 written"),
        "journal_exported": words.text("Journal exported"),
    }


def _of_papers() -> dict[str, str]:
    return {
        "night_list_printed": words.text("List of the night printed"),
        "bed_calendar_printed": words.text("Calendar of the beds printed"),
        "kitchen_list_printed": words.text("List of the kitchen printed"),
        "report_tables_printed": words.text("Tables of a report printed"),
        "narrative_printed": words.text("Narrative of a month printed"),
        "sendings_list_printed": words.text("List of sendings printed"),
        "receipt_printed": words.text("Receipt of a sending printed"),
        "voucher_printed": words.text("Slip of the store printed"),
        "stock_count_printed": words.text("Sheet of a stock count printed"),
        "inventory_printed": words.text("Inventory minutes printed"),
        "equipment_list_printed": words.text("List of equipment printed"),
        "list_printed": words.text("List printed"),
        "reception_printed": words.text("Reception minutes printed"),
    }


def _of_the_vault() -> dict[str, str]:
    return {
        "case": words.text("Act of the case file, sealed"),
        "create": words.text("Shelter created"),
        "upgrade": words.text("File brought to a new version"),
        "add_user": words.text("Account added"),
        "reset_user": words.text("Password or role given anew"),
        "suspend_user": words.text("Account suspended"),
        "change_password": words.text("Password changed"),
        "new_recovery_key": words.text("New recovery key made"),
        "role_restored": words.text("Role and right to open put back as management gave them"),
        "names_restored": words.text("Names of accounts put back as management gave them"),
        "slots_dropped": words.text("Keys that management did not give taken out of the file"),
        "import_secret": words.text("Key made by which imports recognise lines taken in before"),
        "import_secret_renewed": words.text(
            "Key of the imports altered by somebody: another one made, lines taken in before are not recognised"
        ),
        "box_renewed": words.text("Box of the incidents was gone: another one made"),
        "file_key_made": words.text("Key that signs files made"),
        "file_key_renewed": words.text("Key that signs files was gone: another one made, to be given to partners"),
        "box_restored": words.text("Box of the incidents put back as management signed it"),
        "older_accepted": words.text("Went on with files older than those last seen on this computer"),
        "promise_set_aside": words.text("A backup to be put in place, which management did not sign, set aside"),
        "foreign_removed": words.text("Orders in the file that are not those of the program taken away"),
        "seal_unreadable": words.text("Name, or key of names or narratives, that somebody altered: it opens no more"),
        "passwords_refused": words.text("Wrong passwords before this opening"),
        "clock_accepted": words.text("Clock said to be right"),
        "recovery_proven": words.text("Recovery key typed back from the sheet"),
        "change_keys": words.text("All keys changed"),
        "recovered": words.text("Opened with the recovery key"),
        "undertake": words.text("Undertaking accepted"),
        "backed_up": words.text("Backup proven"),
        "backup_failed": words.text("Backup failed"),
        "second_place": words.text("Second place chosen"),
        "restored": words.text("Gone back to a backup"),
        "moved": words.text("Packed for another computer"),
        "moved_back": words.text("Stays on this computer after all"),
        "update": words.text("Another version of the program installed"),
    }


def field(key: str, table: str = "") -> str:
    """What a field is called in the detail of a line. table: where it stands, for a key that more than one has."""
    if table == "settings" and key in SETTINGS:
        return settings.label(key)
    own = interviews.columns() if table in interviews.TABLES else {}
    return own.get(key) or named().get(key) or field_labels.label(key)


def named() -> dict[str, str]:
    """Fields of the case file that stand in no workbook."""
    return {
        "started_at": words.text("From"),
        "ended_at": words.text("Until"),
        "exited_at": words.text("Exit"),
        "recorded_at": words.text("Typed on"),
        "uncounted": words.text("Reason of the exit"),
        "exit_recorded_at": words.text("Exit typed on"),
        "night_of": words.text("Night of"),
        "checked_at": words.text("Called on"),
        "presence": words.text("Presence"),
        "unregistered": words.text("Unregistered persons"),
        "bed_id": words.text("Bed"),
        "room_id": words.text("Room"),
        "active": words.text("Account open"),
        "role": words.text("Role"),
        "name": words.text("Name"),
        "undertaken_at": words.text("Undertaking accepted"),
        "erased_at": words.text("Identity erased"),
        "held_at": words.text("Suspended on"),
        "lifted_at": words.text("Allowed again on"),
        **assistance.fields() | closing.fields() | moved_beds.fields() | _of_alerts(),
        "purpose": words.text("Purpose"),
        "noted_on": words.text("Noted on"),
        "ended_on": words.text("Until"),
        "tries": words.text("How many times"),
        "lines": words.text("Journal lines"),
        "lost": words.text("Journal lines given up"),
        "backup": words.text("Backup of"),
        "of": words.text("Undoes line"),
        "names": words.text("With names"),
        "typed_afterwards": words.text("Typed afterwards"),
        "read_for": words.text("Read for"),
        "read_why": words.text("What is checked"),
        "provisional": words.text("Provisional admission"),
        "second": words.text("Second person"),
        "alone": words.text("Decided by one person alone"),
        "profile": words.text("Reader"),
        "first": words.text("First day"),
        "last": words.text("Last day"),
        "assessment_no": words.text("Number of the assessment"),
        "version": words.text("Version"),
        "factor": words.text("Factor"),
        "answer": words.text("Answer"),
        "risk_level": words.text("Level of risk"),
        "threat_likelihood": words.text("Likelihood"),
        "threat_impact": words.text("Gravity"),
        "safe_to_contact_family": words.text("Safe to contact the family"),
        "safe_to_go_out": words.text("Safe to go out"),
        "safety_measures": words.text("Safety measures"),
        "measured_at": words.text("Measures since"),
        "plan_no": words.text("Number of the plan"),
        "solution_sought": words.text("Solution sought"),
        "action_status": words.text("State"),
        "year": words.text("Year"),
    }


def _of_alerts() -> dict[str, str]:
    return {
        "rule": words.text("Rule"),
        "matter": words.text("About"),
        "subject": words.text("About"),
        "settled_at": words.text("Set aside on"),
        "postponed_at": words.text("Set aside on"),
        "until": words.text("Shown again on"),
    }


def value(key: str, stored: object, table: str) -> str:
    """A plain value as a person reads it: codes by their labels, days and moments, yes and no.

    table: where it stands, "" for a fact of the line.
    """
    if stored is None or stored == "":
        return formats.NONE
    if isinstance(stored, bool) or (key in _YES_OR_NO and stored in (0, 1)):
        return words.text("Yes") if stored else words.text("No")
    typed = ", ".join(map(str, stored)) if isinstance(stored, list) else str(stored)
    if key in _SAID:
        return _SAID[key](typed)
    if key == "figure":
        return closing.figure((typed, ())) if typed in known_figures() else typed
    if key in SETTINGS:
        return settings.value(SETTINGS[key], typed)
    of = _OF_TABLES.get((table, key)) or OF_COLUMNS.get(key)
    if of:
        return ", ".join(words.label(of, part) for part in typed.split(";"))
    is_moment = key in _MOMENTS or key.endswith(("_at", "_on", "_date", "_since"))
    return ", ".join(map(_moment, typed.split(", "))) if is_moment else typed


_SAID: dict[str, Callable[[str], str]] = {
    "late_reason": closing.late_reason,
    "interview_state": interviews.state,
    "stop_reason": interviews.stop_reason,
    "stage": lambda typed: interviews.stage(int(typed)),
    "contact_wish": contacts.wish,
    "end_reason": held_beds.reason,
    "departure": sending.departure,
}
# where another table has the key with other codes
_OF_TABLES = {("sendings", "channel"): "sending_channel", ("stays", "uncounted"): "exit_reason"}
_YES_OR_NO = frozenset({"active", "accessible", "is_dependant", "names", "made_with_person", *interviews.YES_OR_NO})
_MOMENTS = frozenset({"backup", "first", "last", "next_review", "in_service_from", "in_service_to", "capacity_from"})


def _moment(typed: str) -> str:
    try:
        return formats.moment(datetime.fromisoformat(typed))
    except ValueError:
        return typed


def sealed(table: str = "persons") -> str:
    """What stands for a name, or for words about a person, which the journal keeps sealed."""
    return words.text("name changed, sealed") if table == "persons" else words.text("text changed, sealed")


def verified(lines: int, clock: str) -> str:
    """The whole chain was followed."""
    told = words.text("Chain verified at {clock}: {lines}.")
    return told.format(clock=clock, lines=words.count("{n} line", "{n} lines", lines))


def broken(line: str) -> str:
    """The chain does not follow at that line: what it means, and the way out."""
    told = words.text("Journal altered at line {n}: go back to the last backup, keep the folder, call for help.")
    return told.format(n=line)
