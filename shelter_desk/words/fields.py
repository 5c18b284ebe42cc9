"""What each field is called, by its machine key: beside inputs, above columns, in sentences."""

from shelter_desk import words


def label(key: str) -> str:
    """The name of a field in the language spoken; a key without one stands for itself."""
    return _labels().get(key, key)


def _labels() -> dict[str, str]:
    return {**_beds(), **_persons(), **_stays(), **_others()}


def _beds() -> dict[str, str]:
    return {
        "room_code": words.text("Room"),
        "room": words.text("Room"),
        "name": words.text("Name"),
        "room_type": words.text("Kind of room"),
        "sex_rule": words.text("For whom"),
        "age_rule": words.text("Ages"),
        "surface_m2": words.text("Surface (m²)"),
        "accessible": words.text("Accessible"),
        "bed_code": words.text("Bed"),
        "bed": words.text("Bed"),
        "bed_type": words.text("Kind of bed"),
        "bed_state": words.text("State of the bed"),
        "in_service_from": words.text("In service from"),
        "in_service_to": words.text("In service until"),
    }


def _persons() -> dict[str, str]:
    return {
        "person_code": words.text("Person code"),
        "last_name": words.text("Last name"),
        "first_name": words.text("First name"),
        "alias": words.text("Alias"),
        "sex": words.text("Sex"),
        "birth_date": words.text("Birth date"),
        "birth_date_precision": words.text("Precision of the birth date"),
        "age_estimated": words.text("Estimated age"),
        "age_estimated_on": words.text("Age estimated on"),
        "nationality": words.text("Nationality"),
        "other_nationalities": words.text("Other nationalities"),
        "region_origin": words.text("Region of origin"),
        "languages": words.text("Languages"),
    }


def _stays() -> dict[str, str]:
    return {
        "stay_no": words.text("Stay no."),
        "admitted_at": words.text("Admitted on"),
        "entry_kind": words.text("Kind of entry"),
        "exited_at": words.text("Left on"),
        "exit_reason": words.text("Reason for leaving"),
        "exit_destination": words.text("Destination"),
        "migration_situation": words.text("Migration situation"),
        "child_status": words.text("Situation of the child"),
        "is_dependant": words.text("Accompanies an adult"),
        "head_stay_no": words.text("Stay of the adult accompanied"),
        "referral_source": words.text("Referred by"),
        "place": words.text("Sleeping place"),
        "absence_type": words.text("Reason of the absence"),
        "victim_status": words.text("Victim status"),
        "decided_on": words.text("Decided on"),
        "status_decided_by": words.text("Decided by"),
        "exploitation_forms": words.text("Forms of exploitation"),
    }


def _others() -> dict[str, str]:
    return {
        "from": words.text("From"),
        "to": words.text("Until"),
        "reason": words.text("Reason"),
        "password": words.text("Password"),
        "shelter_name": words.text("Name of the shelter"),
        "town": words.text("Town"),
    }
