"""What is known of a person beyond the minimum, and what of it is written only with consent (R-15, field 6.2)."""

from collections.abc import Sequence
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.residents import Person
from shelter_desk.domain.stays import Stay

# asked at the door; not written of somebody who refuses the recording
AT_THE_DOOR = ("other_nationalities", "region_origin", "languages", "urgent_needs", "interpreter_needed")
# asked once the person rested; written only with a consent in force, as specific needs are (`needs.says_more`)
LATER = ("marital_status", "education_level", "country_last")
UNMARRIED = ("", "celibataire", "non_precise")
_LISTS = {
    "sex": "sex",
    "nationality": "nationality",
    "other_nationalities": "nationality",
    "region_origin": "region_ml",
    "languages": "language",
    "entry_kind": "entry_kind",
    "migration_situation": "migration_situation",
    "child_status": "child_status",
    "referral_source": "referral_source",
    "marital_status": "marital_status",
    "education_level": "education_level",
    "urgent_needs": "urgent_need",
    "country_last": "country",
}


def said_anew(old: Person | Stay | None, new: Person | Stay, keys: Sequence[str]) -> tuple[str, ...]:
    """Which of these say something that was not said before; to take something away needs nobody's consent."""
    return tuple(
        key for key in keys if hasattr(new, key) and _said(getattr(new, key)) and getattr(new, key) != _of(old, key)
    )


def _of(fact: Person | Stay | None, key: str) -> Any:
    return None if fact is None else getattr(fact, key)


def _said(value: Any) -> bool:
    return value is not None and value not in ("", ())


def check_lists(fact: Person | Stay) -> None:
    """Whether every code stands in its list. Raises NotInList."""
    for key, list_name in _LISTS.items():
        value = getattr(fact, key, ())
        for code in (value,) if isinstance(value, str) else value:
            if code and not codes.is_code(list_name, code):
                raise NotInList(key, code)


def is_married_child(marital_status: str, is_minor: bool) -> bool:
    """R-22: a minor who is or was married needs more protection."""
    return is_minor and marital_status not in UNMARRIED
