"""Code lists of consents and referrals, as fields offer them."""

from collections.abc import Collection

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.consent.consents import EXPLAINED
from shelter_desk.ui.forms.choice_field import Choice
from shelter_desk.words import referrals as referral_words


def of(list_name: str, only: Collection[str] = (), without: Collection[str] = ()) -> list[Choice]:
    """The codes that may still be chosen, in the order of the list. only: these alone, where any are named."""
    return [
        (one.code, words.label(list_name, one.code))
        for one in codes.codes(list_name)
        if one.active and (not only or one.code in only) and one.code not in without
    ]


def services() -> list[Choice]:
    """The first level of services: what a structure is asked for."""
    return [(one.code, words.label("service_type", one.code)) for one in codes.codes("service_type") if not one.parent]


def explained() -> list[Choice]:
    """The seven points explained before a consent."""
    return [(point, referral_words.explained(point)) for point in EXPLAINED]


def labels(list_name: str, chosen: Collection[str]) -> str:
    """Several codes in words, one after the other."""
    return ", ".join(words.label(list_name, code) for code in chosen)
