"""Two files of one person in words: what differs, why they may be the same, what follows, what keeps them apart."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from shelter_desk import words
from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.consent.consents import why_not
from shelter_desk.domain.residents.merging import (
    NAMES,
    EditedSince,
    MustNotMeet,
    NamesGone,
    OfOneFamily,
    OneFileAlready,
    StaysOverlap,
)
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import Sentences

_LISTS = {
    "sex": "sex",
    "nationality": "nationality",
    "other_nationalities": "nationality",
    "region_origin": "region_ml",
    "languages": "language",
    "marital_status": "marital_status",
    "education_level": "education_level",
}


def actions() -> dict[str, str]:
    """What is done with two files, as the journal says it."""
    return {
        "merge_persons": words.text("Two files of one person made one"),
        "undo_merge": words.text("Two files parted again"),
    }


def labels() -> dict[str, str]:
    """The fields of the form."""
    return {
        "other_code": words.text("Code of the other file"),
        "duplicate_cause": words.text("How the second file came about"),
        **dict.fromkeys(("merged", "parted"), words.text("Other code")),
        "files_compared": words.text("I compared both files with the team"),
    }


def row(key: str) -> str:
    """What a value is called in the comparison."""
    return {
        NAMES: words.text("Name"),
        "sex": words.text("Sex"),
        "birth": words.text("Age"),
        "nationality": words.text("Nationality"),
        "other_nationalities": words.text("Other nationalities"),
        "region_origin": words.text("Region of origin"),
        "languages": words.text("Languages"),
        "marital_status": words.text("Marital status"),
        "education_level": words.text("Education"),
    }[key]


def value(key: str, said: Any) -> str:
    """A value of a file in words, a dash where nothing is known."""
    if isinstance(said, Birth):
        return birth(said) + "".join(
            words.text(" (assessed anew on {day})").format(day=formats.day(one.until)) for one in said.formers[-1:]
        )
    if isinstance(said, tuple):
        return ", ".join(words.label(_LISTS[key], one) for one in said) or formats.NONE
    return words.label(_LISTS[key], said) if said else formats.NONE


def birth(said: Birth) -> str:
    """How a birth is known: by its day, its month, its year, or as an age guessed on a day."""
    if said.birth_date is not None:
        if said.precision == "year":
            return words.text("born in {year}").format(year=said.birth_date.year)
        if said.precision == "month":
            return words.text("born in {month}").format(month=formats.month(said.birth_date))
        return words.text("born on {day}").format(day=formats.day(said.birth_date))
    if said.age_estimated is None:
        return formats.NONE
    age = formats.age(said.age_estimated)
    if said.age_estimated_on is None:
        return age
    return words.text("{age}, estimated on {day}").format(age=age, day=formats.day(said.age_estimated_on))


def consent(said: Consent | None, on: date) -> str:
    """What a file says of one purpose on that day."""
    if said is None:
        return words.text("Never asked")
    why = why_not(said, on)
    if said.status == "retire" and said.withdrawn_on is not None:
        return words.text("Withdrawn on {day}").format(day=formats.day(said.withdrawn_on))
    if said.status == "refuse":
        return words.text("Refused on {day}").format(day=formats.day(said.given_on))
    if why == "expire" and said.valid_until is not None:
        return words.text("Ended on {day}").format(day=formats.day(said.valid_until))
    if said.status == "donne":
        return words.text("Given on {day}").format(day=formats.day(said.given_on))
    return words.label("consent_status", said.status)


def hanging(rows: Mapping[str, int]) -> str:
    """`11 services, 2 référencements`, what there is of it."""
    told: Mapping[str, Callable[[int], str]] = {
        "services": lambda n: words.count("{n} service", "{n} services", n),
        "referrals": lambda n: words.count("{n} referral", "{n} referrals", n),
        "case_notes": lambda n: words.count("{n} note", "{n} notes", n),
        "documents": lambda n: words.count("{n} document", "{n} documents", n),
        "stock_vouchers": lambda n: words.count("{n} slip of the stock", "{n} slips of the stock", n),
    }
    return ", ".join(say(rows[key]) for key, say in told.items() if rows.get(key)) or formats.NONE


def _span(since: Any, until: Any) -> str:
    if until is None:
        return words.text("since {since}").format(since=formats.moment(since))
    return words.text("from {since} to {until}").format(since=formats.moment(since), until=formats.moment(until))


def _stays_overlap(error: StaysOverlap) -> str:
    told = words.text(
        "Stay {stay} of {code} ({span}) and stay {other_stay} of {other} ({other_span}) are over the same days. "
        "Correct the date of one of them, or cancel the one typed by mistake, then come back here."
    )
    return told.format(
        stay=error.stay_no,
        code=error.code,
        span=_span(error.since, error.until),
        other_stay=error.other_no,
        other=error.other_code,
        other_span=_span(error.other_since, error.other_until),
    )


def _must_not_meet(error: MustNotMeet) -> str:
    told = words.text(
        "{code} and {other} must not meet: they are two persons. If that was an error, end that risk in the file first."
    )
    return told.format(code=error.code, other=error.other_code)


def _of_one_family(error: OfOneFamily) -> str:
    told = words.text(
        "{code} and {other} stand in one family as two persons. Correct whose family the stay belongs to first."
    )
    return told.format(code=error.code, other=error.other_code)


SENTENCES: Sentences = {
    OneFileAlready: lambda error: words.text("{code} is this file already. Choose another code.").format(
        code=error.code
    ),
    StaysOverlap: _stays_overlap,
    OfOneFamily: _of_one_family,
    MustNotMeet: _must_not_meet,
    NamesGone: lambda error: words.text(
        "The names of {code} were erased: nobody can say any more who it was. The two files stay apart."
    ).format(code=error.code),
    EditedSince: lambda error: words.text(
        "The file {code} was changed since: the two files are not parted any more. Nothing was changed."
    ).format(code=error.code),
}
