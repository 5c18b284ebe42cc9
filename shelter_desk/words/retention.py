"""What is due to be erased, in plain words: which data, why now, what goes and what stays (field 6.5)."""

from collections.abc import Iterable

from shelter_desk import words
from shelter_desk.domain.retention.retention import Clocks, Hold, Kind
from shelter_desk.words import formats


def kind(kind_: Kind) -> str:
    """What the data are called in the list."""
    return {
        Kind.IDENTITY: words.text("Names and narratives"),
        Kind.NARRATIVES: words.text("Narratives and notes"),
        Kind.CONSENTS: words.text("Consents"),
        Kind.RECORD: words.text("Record without a name"),
        Kind.INCIDENT: words.text("Account of an incident"),
        Kind.SEALED_INCIDENT: words.text("Sealed matter"),
    }[kind_]


def why(kind_: Kind, clocks: Clocks, *, was_closed: bool, was_minor: bool) -> str:
    """Why it is due now. was_minor: the clock of the names waited for the 18th birthday."""
    n = clocks.of(kind_)
    if kind_ is Kind.CONSENTS:
        return words.count("{n} month after the data they were for", "{n} months after the data they were for", n)
    if kind_ in (Kind.INCIDENT, Kind.SEALED_INCIDENT):
        return words.count("{n} month after the incident was closed", "{n} months after the incident was closed", n)
    if kind_ is Kind.IDENTITY and was_minor:
        return words.count("minor then: {n} month after the 18th birthday or the closing",
                           "minor then: {n} months after the 18th birthday or the closing", n)  # fmt: skip
    if not was_closed:
        return words.count("never closed: {n} month after the exit", "never closed: {n} months after the exit", n)
    return words.count("{n} month after the case was closed", "{n} months after the case was closed", n)


def clock(kind_: Kind) -> str:
    """What the number of months of that kind is called in the settings."""
    return {
        Kind.IDENTITY: words.text("Names, after the closing"),
        Kind.NARRATIVES: words.text("Narratives, after the closing"),
        Kind.CONSENTS: words.text("Consents, after the data"),
        Kind.RECORD: words.text("Record, after the closing"),
        Kind.INCIDENT: words.text("Incident, after its closing"),
        Kind.SEALED_INCIDENT: words.text("Sealed matter, after its closing"),
    }[kind_]


def gone(kind_: Kind) -> str:
    """What the erasure of that kind takes away."""
    return {
        Kind.IDENTITY: words.text(
            "Gone: names of the person and of relatives, narratives, notes and papers, here and in the journal."
        ),
        Kind.NARRATIVES: words.text(
            "Gone: narratives, notes, papers and what is sealed on the person, here and in the journal."
        ),
        Kind.CONSENTS: words.text("Gone: what the person agreed to or refused."),
        Kind.RECORD: words.text(
            "Reduced: languages, schooling, family and needs go; of the days of the file the month alone stays."
        ),
        Kind.INCIDENT: words.text(
            "Gone: facts, persons, measures and who reported the incident, here and in the journal."
        ),
        Kind.SEALED_INCIDENT: words.text("Gone: the channel of the sealed matter."),
    }[kind_]


def stays(kinds: Iterable[Kind]) -> list[str]:
    """What stays of these, so that past months tie out."""
    of = set(kinds)
    told = []
    if of & {Kind.IDENTITY, Kind.NARRATIVES, Kind.CONSENTS, Kind.RECORD}:
        told.append(words.text("Kept: the code, age, nationality, dates of stay, every figure of the reports."))
    if of & {Kind.INCIDENT, Kind.SEALED_INCIDENT}:
        told.append(words.text("Kept: number, day, type and severity of the incident, and the lesson."))
    return told


def hold(one: Hold) -> str:
    """Why an erasure waits, and until when."""
    if one.until is None:
        return words.text("{reason} (until it is lifted)").format(reason=one.reason)
    return words.text("{reason} (until {day})").format(reason=one.reason, day=formats.day(one.until))
