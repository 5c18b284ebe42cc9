"""What columns are called that no form and no workbook names, in the detail of a line of the journal; and the code list
of their values, where they are not called as it is.
"""

from collections.abc import Mapping
from types import MappingProxyType

from shelter_desk import words

LISTS: Mapping[str, str] = MappingProxyType(
    {
        "condition_was": "asset_condition",
        "country_last": "country",
        "documents_given": "id_document",
        "escort": "transport_escort",
        "found_condition": "asset_condition",
        "found_status": "asset_status",
        "handed_relation": "kin_relation",
        "other_nationalities": "nationality",
        "purpose_code": "sending_purpose",
        "reason_code": "referral_reason",
        "recommended_exits": "exit_reason",
        "region_origin": "region_ml",
        "returned_to": "handed_back_to",
        "separation_causes": "separation_cause",
        "status_was": "asset_status",
        "theme": "training_theme",
        "urgent_needs": "urgent_need",
        **{
            name: name
            for name in (
                "audience",
                "bia_status",
                "diet",
                "education_level",
                "marital_status",
                "referral_status",
                "specific_need",
                "voucher_status",
            )
        },
    }
)


def columns() -> dict[str, str]:
    """By column its name."""
    return {**_of_persons(), **_of_care(), **_of_the_case_file(), **_of_the_store(), **_of_equipment(), **_of_reports()}


def _of_persons() -> dict[str, str]:
    return {
        "assessor_id": words.text("Assessed by"),
        "authority": words.text("Authority"),
        "bia_no": words.text("Number of the assessment"),
        "bia_status": words.text("State"),
        "bid_requested_on": words.text("Formal determination asked for on"),
        "country_last": words.text("Country of before"),
        "decision_ref": words.text("Reference of the decision"),
        "education_level": words.text("Schooling"),
        "form": words.text("Form"),
        "house_rules_explained": words.text("House rules explained"),
        "interpreter_needed": words.text("Needs an interpreter"),
        "located_on": words.text("Family found on"),
        "marital_status": words.text("Marital status"),
        "merged_at": words.text("Made one on"),
        "merged_by": words.text("Made one by"),
        "needs_bid": words.text("Needs a formal determination"),
        "recommended_exits": words.text("Exits that it allows"),
        "reduced_at": words.text("Record reduced on"),
        "reference": words.text("Reference"),
        "reunified_on": words.text("Brought together on"),
        "separation_causes": words.text("Why they were separated"),
        "separation_on": words.text("Separated on"),
        "separation_place": words.text("Where they were separated"),
        "service": words.text("Service"),
        "tracing_no": words.text("Number of the search"),
        "undone_at": words.text("Parted on"),
        "undone_by": words.text("Parted by"),
        "urgent_needs": words.text("Urgent needs"),
        "validated_by": words.text("Confirmed by"),
        "validated_on": words.text("Confirmed on"),
        "verified_on": words.text("Family verified on"),
    }


def _of_care() -> dict[str, str]:
    return {
        "about": words.text("What it was about"),
        "activity_no": words.text("Number of the activity"),
        "appointment_at": words.text("Appointment"),
        "audience": words.text("For whom"),
        "by_id": words.text("By"),
        "decided_by": words.text("Decided by"),
        "diet": words.text("Diet"),
        "facilitators": words.text("Who led it"),
        "follow_up_on": words.text("Follow-up on"),
        "interpreter": words.text("Interpreter"),
        "noted_by": words.text("Noted by"),
        "observations": words.text("Observations"),
        "outside_boys": words.text("Boys from outside"),
        "outside_f": words.text("Women from outside"),
        "outside_girls": words.text("Girls from outside"),
        "outside_m": words.text("Men from outside"),
        "paper_ref": words.text("Reference of the paper"),
        "partner_contact": words.text("Contact of the partner"),
        "post_score": words.text("Score after"),
        "pre_score": words.text("Score before"),
        "reason_code": words.text("Reason"),
        "referral_status": words.text("State"),
        "scope": words.text("For what"),
        "staff_function": words.text("Function"),
        "staff_id": words.text("Staff"),
        "theme": words.text("Theme"),
        "title": words.text("Title"),
        "urgency": words.text("Urgency"),
        "withdrawn_on": words.text("Withdrawn on"),
    }


def _of_the_case_file() -> dict[str, str]:
    return {
        "added_at": words.text("Added on"),
        "added_by": words.text("Added by"),
        "answered_on": words.text("Answered on"),
        "appointment_state": words.text("State"),
        "approved_on": words.text("Approved on"),
        "case_closed_on": words.text("Case closed on"),
        "case_worker_id": words.text("Case worker"),
        "closed_by": words.text("Closed by"),
        "documents_given": words.text("Papers given"),
        "escort": words.text("Accompanied by"),
        "found_on": words.text("Found on"),
        "handed_relation": words.text("Relation of who received the person"),
        "incident_no": words.text("Number of the incident"),
        "is_contact": words.text("The person was met"),
        "lesson": words.text("Lesson"),
        "noted_at": words.text("About the day"),
        "notified_at": words.text("Told on"),
        "reported_at": words.text("Reported on"),
        "reported_by": words.text("Reported by"),
        "responsible_id": words.text("Responsible"),
        "returned_to": words.text("Given back to"),
        "settled_by": words.text("Set aside by"),
        "size": words.text("Size (bytes)"),
        "specific_need": words.text("Specific need"),
        "starts_at": words.text("When"),
        "valuables_returned": words.text("Valuables given back"),
        "written_at": words.text("Written on"),
    }


def _of_the_store() -> dict[str, str]:
    return {
        "amount": words.text("Quantity"),
        "asked": words.text("Quantity asked for"),
        "begun_by": words.text("Begun by"),
        "change": words.text("In or out"),
        "comment": words.text("Comment"),
        "conclusion": words.text("Conclusion"),
        "count_no": words.text("Number of the count"),
        "count_status": words.text("State"),
        "cut_off_at": words.text("Counted as of"),
        "entered_by": words.text("Typed by"),
        "is_active": words.text("In use"),
        "issued_by": words.text("Given out by"),
        "kit_code": words.text("Kit"),
        "norm": words.text("For one person, thirty nights"),
        "recount": words.text("Counted again"),
        "requested_by": words.text("Asked for by"),
        "theoretical": words.text("In the books"),
        "voucher_kind": words.text("Kind of slip"),
        "voucher_on": words.text("Day of the slip"),
        "voucher_status": words.text("State"),
    }


def _of_equipment() -> dict[str, str]:
    return {
        "condition_was": words.text("Condition before"),
        "counted_at": words.text("Counted on"),
        "counted_by": words.text("Counted by"),
        "currency": words.text("Currency"),
        "custodian_id": words.text("Kept by"),
        "delivered_by": words.text("Delivered by"),
        "expected": words.text("Expected"),
        "found": words.text("Found"),
        "found_condition": words.text("Condition found"),
        "found_status": words.text("State found"),
        "kept_at": words.text("Stored on"),
        "life_years": words.text("Years it is to last"),
        "maintenance_days": words.text("Days between services"),
        "maintenance_hours": words.text("Hours between services"),
        "meter_reading": words.text("Meter reading"),
        "moves": words.text("Brought to its place"),
        "out_from": words.text("Out of use from"),
        "out_to": words.text("Out of use until"),
        "parts_used": words.text("Parts used"),
        "provider": words.text("Who repaired"),
        "received": words.text("Received"),
        "received_by": words.text("Received by"),
        "reception_no": words.text("Number of the reception"),
        "recommendations": words.text("Recommendations"),
        "recorded_by": words.text("Typed by"),
        "remarks": words.text("Remarks"),
        "rooms": words.text("Rooms"),
        "started": words.text("Started"),
        "status_was": words.text("State before"),
        "stopped": words.text("Stopped"),
        "tested_ok": words.text("Tested, works"),
        "ticket_no": words.text("Number of the ticket"),
    }


def _of_reports() -> dict[str, str]:
    return {
        "cancelled_at": words.text("Cancelled on"),
        "file_name": words.text("File"),
        "first_day": words.text("First day"),
        "heading": words.text("Heading"),
        "is_dropped": words.text("Left out"),
        "kind": words.text("Kind"),
        "last_day": words.text("Last day"),
        "made_at": words.text("Made on"),
        "part": words.text("Part"),
        "postponed_by": words.text("Set aside by"),
        "previous": words.text("Replaces the version"),
        "purpose_code": words.text("Purpose"),
        "sent_at": words.text("Sent on"),
        "sha256": words.text("Proof of the file"),
        "signed_at": words.text("Signed on"),
    }
