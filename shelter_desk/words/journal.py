"""The journal in sentences: what was done, and the plain fields before and after."""

from shelter_desk import words
from shelter_desk.domain.fields import LISTS
from shelter_desk.words import fields, shown

_LISTS = {column.key: column.code_list for columns in LISTS.values() for column in columns if column.code_list}
_LISTS |= {"role": "role", "presence": "roll_call"}


def action(name: str) -> str:
    """What an action is, in a sentence; one that this version does not know stands for itself."""
    return actions().get(name) or words.text("Other act: {name}").format(name=name)


def actions() -> dict[str, str]:
    """Every action that the program writes, with its sentence."""
    return {**_of_residents(), **_of_assistance(), **_of_referrals(), **_of_the_house(), **_of_the_vault()}


def _of_residents() -> dict[str, str]:
    return {
        "admit": words.text("Person admitted"),
        "move": words.text("Change of bed"),
        "leave": words.text("Exit written"),
        "void": words.text("Stay cancelled"),
        "be_away": words.text("Absence written"),
        "come_back": words.text("Return written"),
        "decide": words.text("Status decided"),
        "correct": words.text("Person corrected"),
        "correct_stay": words.text("Stay corrected"),
        "not_same": words.text("Said to be another person"),
        "name_read": words.text("Name shown"),
        "erase": words.text("Identity erased"),
        "hold": words.text("Erasure suspended"),
        "lift_hold": words.text("Erasure allowed again"),
        "take_in": words.text("Workbook imported"),
        "undo": words.text("Last act undone"),
        "settle_flag": words.text("Alert set aside"),
        "bring_back_flag": words.text("Alert shown again"),
    }


def _of_assistance() -> dict[str, str]:
    return {
        "call_roll": words.text("Roll call taken"),
        "give_service": words.text("Service given"),
        "change_service": words.text("Service corrected"),
        "take_out_service": words.text("Service taken out"),
        "serve_meals": words.text("Meals written"),
        "hold_activity": words.text("Activity held"),
        "change_activity": words.text("Activity corrected"),
        "service_kinds": words.text("Services chosen"),
        "consent": words.text("Consent written"),
        "withdraw_consent": words.text("Consent withdrawn"),
        "withdrawal_told": words.text("Withdrawal told to the partner"),
        "note_read": words.text("Note read"),
        "summary_read": words.text("Summary read"),
    }


def _of_referrals() -> dict[str, str]:
    return {
        "keep_partner": words.text("Partner written"),
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
    }


def _of_the_house() -> dict[str, str]:
    return {
        "block": words.text("Bed taken out of use"),
        "unblock": words.text("Bed put back into use"),
        "keep_room": words.text("Room written"),
        "add_beds": words.text("Beds added"),
        "change_bed": words.text("Bed changed"),
        "furnish": words.text("Rooms and beds made"),
        "settings": words.text("Settings changed"),
        "registers_exported": words.text("Registers exported"),
        "report_exported": words.text("Report exported"),
        "journal_exported": words.text("Journal exported"),
    }


def _of_the_vault() -> dict[str, str]:
    return {
        "create": words.text("Shelter created"),
        "upgrade": words.text("File brought to a new version"),
        "add_user": words.text("Account added"),
        "reset_user": words.text("Password or role given anew"),
        "suspend_user": words.text("Account suspended"),
        "change_password": words.text("Password changed"),
        "new_recovery_key": words.text("New recovery key made"),
        "change_keys": words.text("All keys changed"),
        "recovered": words.text("Opened with the recovery key"),
        "undertake": words.text("Undertaking accepted"),
        "backed_up": words.text("Backup proven"),
        "backup_failed": words.text("Backup failed"),
        "second_place": words.text("Second place chosen"),
        "restored": words.text("Gone back to a backup"),
    }


def field(key: str) -> str:
    """What a field is called in the detail of a line."""
    return _fields().get(key) or fields.label(key)


def _fields() -> dict[str, str]:
    return {
        "started_at": words.text("From"),
        "ended_at": words.text("Until"),
        "exited_at": words.text("Exit"),
        "recorded_at": words.text("Typed on"),
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
        "purpose": words.text("Purpose"),
        "lines": words.text("Journal lines"),
        "lost": words.text("Journal lines given up"),
        "backup": words.text("Backup of"),
        "of": words.text("Undoes line"),
        "names": words.text("With names"),
        "typed_afterwards": words.text("Typed afterwards"),
        "provisional": words.text("Provisional admission"),
        "identity_months": words.text("Months before identities are erased"),
        "profile": words.text("Reader"),
        "first": words.text("First day"),
        "last": words.text("Last day"),
        "rule": words.text("Rule"),
        "subject": words.text("About"),
        "settled_at": words.text("Set aside on"),
        "until": words.text("Shown again on"),
        "transit_days": words.text("Longest stay in transit, days"),
        "vulnerable_days": words.text("Longest stay of vulnerable persons, days"),
        "vot_days": words.text("Longest stay of victims, days"),
        "small_cell_k": words.text("Smallest number that leaves"),
    }


def value(key: str, stored: object) -> str:
    """A plain value as a person reads it: codes by their labels, days and moments, yes and no."""
    if stored is None or stored == "":
        return shown.NONE
    if isinstance(stored, bool) or (key in ("active", "accessible", "is_dependant", "names") and stored in (0, 1)):
        return words.text("Yes") if stored else words.text("No")
    typed = str(stored)
    if key in _LISTS:
        return ", ".join(words.label(str(_LISTS[key]), part) for part in typed.split(";"))
    return _moment(typed) if key in _MOMENTS or key.endswith(("_at", "_on", "_date")) else typed


_MOMENTS = frozenset({"backup", "first", "last", "in_service_from", "in_service_to"})


def _moment(typed: str) -> str:
    from datetime import datetime

    try:
        return shown.moment(datetime.fromisoformat(typed))
    except ValueError:
        return typed


def sealed() -> str:
    """What stands for a name, which the journal keeps sealed."""
    return words.text("name changed, sealed")


def verified(lines: int, clock: str) -> str:
    """The whole chain was followed."""
    told = words.text("Chain verified at {clock}: {lines}.")
    return told.format(clock=clock, lines=words.count("{n} line", "{n} lines", lines))


def broken(line: str) -> str:
    """The chain does not follow at that line: what it means, and the way out."""
    told = words.text("Journal altered at line {n}: go back to the last backup, keep the folder, call for help.")
    return told.format(n=line)
