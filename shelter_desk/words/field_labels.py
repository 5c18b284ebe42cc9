"""What each field is called, by its machine key: beside inputs and in sentences, as above the columns of workbooks."""

from shelter_desk import words
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.domain.registers.shapes_presence import NIGHTS
from shelter_desk.words import contacts, handovers, place_requests
from shelter_desk.words.beds import held_beds, inspections
from shelter_desk.words.casefile import legal, voluntary_returns

_NIGHTS = {key: day for day, key in NIGHTS.items()}


def label(key: str) -> str:
    """The name of a field in the language spoken; a key without one stands for itself."""
    own = _labels().get(key)
    if own is not None:
        return own
    if key in _NIGHTS:
        return words.text("Night of day {day}").format(day=_NIGHTS[key])
    lists = (*LISTS.values(), *(shape.columns for shape in SHAPES.values()))
    columns = (column for columns in lists for column in columns if column.key == key)
    found = next((column.label(words.language()) for column in columns), None)
    return found or _of_subjects().get(key, key)


def _of_subjects() -> dict[str, str]:
    """Fields of the forms of each subject, and those that only a refusal names."""
    from shelter_desk.words import agenda, families, journal, merging, referrals, sending
    from shelter_desk.words.beds import families_tonight
    from shelter_desk.words.casefile import assessments, incidents, interviews, notes

    house = (agenda, families, families_tonight, merging, referrals, sending)
    rooms = (*house, assessments, incidents, interviews, notes)
    own = {key: name for room in rooms for key, name in room.labels().items()}
    return {
        **journal.named(),
        **own,
        "child_consents": words.text("What the child wishes"),
        "count_cause": words.text("Why it differs"),
        "counted": words.text("Counted"),
        "exception_code": words.text("Reason of the exception"),
        "factor_answer": words.text("Answer"),
        "factor_answers": words.text("Answers"),
        "given_on": words.text("Decided on"),
        "meal": words.text("Meal"),
        "notified": words.text("Who was told"),
        "outside": words.text("Persons from outside"),
        "plan_action": words.text("Action of the plan"),
        "quantity_out": words.text("Quantity"),
        "result": words.text("Result"),
        "service_status": words.text("State of the service"),
        "specific_needs": words.text("Specific needs"),
        "staff": words.text("Staff"),
        "staff_name": words.text("Staff"),
        "threshold": words.text("Limit"),
        "user": words.text("Name of the account"),
        "valid_until": words.text("Valid until"),
    }


def _labels() -> dict[str, str]:
    """Fields that stand in no workbook, or under a shorter name."""
    return {
        "room_code": words.text("Room"),
        "room": words.text("Room"),
        "bed_code": words.text("Bed"),
        "bed": words.text("Bed"),
        "to": words.text("Until"),
        "password": words.text("Password"),
        "shelter_name": words.text("Name of the shelter"),
        "beds_since": words.text("Beds of the house since"),
        "capacity_from": words.text("Capacity counts from"),
        "gbv_type": words.text("Type of violence"),
        **contacts.columns(),
        **_of_cases(),
        **_of_equipment(),
        **place_requests.columns(),
        **held_beds.columns(),
        **handovers.columns(),
        **voluntary_returns.columns(),
        **legal.columns(),
        **inspections.columns(),
    }


def _of_equipment() -> dict[str, str]:
    """Fields of equipment that stand in no workbook."""
    return {
        "cause": words.text("Why it is missing"),
        "team": words.text("Counted by"),
        "count_date": words.text("Count of"),
        "lines": words.text("What was delivered"),
        "found_room": words.text("Found in"),
        "outcome": words.text("Outcome"),
        "problem": words.text("What is wrong, or what is to be done"),
        "action_done": words.text("What was done"),
        "third_party": words.text("To whom"),
        "loan_end": words.text("What becomes of it"),
        "loan_reason": words.text("Why, without a name"),
        "approved_by": words.text("Approved by"),
        "hours": words.text("Hours"),
        "fuel_litres": words.text("Fuel added, litres"),
        "meter": words.text("Meter"),
        "run_on": words.text("Day"),
        "refused": words.text("Sent back"),
        "remark": words.text("Why it differs"),
        "grant_code": words.text("Code"),
        "asset_owner": words.text("Owner"),
        "maintenance_type": words.text("Kind"),
        "received_on": words.text("Delivered on"),
        "reported_on": words.text("Reported on"),
    }


def _of_cases() -> dict[str, str]:
    """Fields of the sheets of minors (field 3.17), then of the form of an exit and of what follows (field 3.7)."""
    return {
        "guardian_status": words.text("State of the guardianship"),
        "guardian_kind": words.text("Kind of guardian"),
        "guardian_name": words.text("Name of the guardian"),
        "requested_on": words.text("Asked for on"),
        "started_on": words.text("In force from"),
        "notified_on": words.text("Told on"),
        "bia_trigger": words.text("Why now"),
        "assessor_trained": words.text("Trained assessor"),
        "child_view": words.text("What the child says"),
        "recommendation": words.text("Recommendation"),
        "options": words.text("Option"),
        "bid_ref": words.text("Reference of the decision"),
        "bid_decided_on": words.text("Decided on"),
        "alone_reason": words.text("Why nobody else validates"),
        "relatives": words.text("Name of the relative"),
        "step": words.text("What was done"),
        "tracing_status": words.text("Where the search stands"),
        "separation_cause": words.text("Causes of the separation"),
        "care_arrangement": words.text("Care before the separation"),
        "exit_decided_by": words.text("Decided by"),
        "dest_region": words.text("Region"),
        "child_decision_ref": words.text("Decision for the child"),
        "handed_to": words.text("Adult who receives the child"),
        "kin_relation": words.text("Relation to the child"),
        "identity_checked": words.text("Identity checked"),
        "transport_escort": words.text("Escort"),
        "safety_ok": words.text("No known danger"),
        "needs_met": words.text("Objectives of the plan met"),
        "follow_up_consent": words.text("Follow-up after the exit"),
        "follow_up_channel": words.text("How"),
        "follow_up_outcome": words.text("How the person is"),
        "held_on": words.text("Done on"),
        "closure_reason": words.text("Why the case is closed"),
        "closed_on": words.text("Closed on"),
        "belongings": words.text("What is deposited"),
        "handed_back_to": words.text("Handed back to"),
        "deposited_on": words.text("Deposited on"),
        "returned_on": words.text("Handed back on"),
    }
