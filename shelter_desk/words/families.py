"""What is said of families: who somebody is to the head, since when, and why a change is refused."""

from shelter_desk import words
from shelter_desk.domain.stays.families import BASIS, LINK, FamilyRefused
from shelter_desk.domain.stays.memberships import Membership
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import Sentences


def link(membership: Membership) -> str:
    """What the person is to the head and how that is known, "" where nobody wrote it."""
    if not membership.link:
        return ""
    told = words.label(LINK, membership.link)
    return told if not membership.basis else f"{told} ({words.label(BASIS, membership.basis)})"


def days(membership: Membership) -> str:
    """`du 03/11/2026 au 12/11/2026`, `depuis le 03/11/2026`, "" of one since the admission."""
    joined, left = membership.joined, membership.left
    if left is None:
        return "" if joined is None else words.text("since {day}").format(day=formats.day(joined))
    if joined is None:
        return words.text("until {day}").format(day=formats.day(left))
    return words.text("{start} to {end}").format(start=formats.day(joined), end=formats.day(left))


def labels() -> dict[str, str]:
    """What the fields are called."""
    return {
        LINK: words.text("Relation to the responsible adult"),
        BASIS: words.text("How the relation is known"),
        "family_since": words.text("In this family since"),
        "carer": words.text("Those who stay are with"),
    }


def _refused(error: FamilyRefused) -> str:
    told = {
        "itself": words.text("{code} cannot be their own family. Choose another person, or no family."),
        "away": words.text("{other} is not here on that day. Choose another day, or another person."),
        "joins": words.text("{other} is then of another family. Choose who answers for that family."),
        "heads": words.text("{code} answers for {other} on that day. Say in the same act with whom {other} goes on."),
    }[error.why]
    return told.format(code=error.code, other=error.other)


SENTENCES: Sentences = {FamilyRefused: _refused}
