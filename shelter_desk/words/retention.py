"""What is due to be erased, in plain words: which data, why now, what goes and what stays (field 6.5)."""

from collections.abc import Iterable

from shelter_desk import words
from shelter_desk.domain.retention.retention import Clocks, Hold, RetentionKind
from shelter_desk.words import formats


def kind(kind_: RetentionKind) -> str:
    """What the data are called in the list."""
    return {
        RetentionKind.IDENTITY: words.text("Names and narratives"),
        RetentionKind.NARRATIVES: words.text("Narratives and notes"),
        RetentionKind.CONSENTS: words.text("Consents"),
        RetentionKind.RECORD: words.text("Record without a name"),
        RetentionKind.INCIDENT: words.text("Account of an incident"),
        RetentionKind.SEALED_INCIDENT: words.text("Sealed matter"),
    }[kind_]


def why(kind_: RetentionKind, clocks: Clocks, *, was_closed: bool, was_minor: bool) -> str:
    """Why it is due now. was_minor: the clock of the names waited for the 18th birthday."""
    n = clocks.of(kind_)
    if kind_ is RetentionKind.CONSENTS:
        return words.count("{n} month after the data they were for", "{n} months after the data they were for", n)
    if kind_ in (RetentionKind.INCIDENT, RetentionKind.SEALED_INCIDENT):
        return words.count("{n} month after the incident was closed", "{n} months after the incident was closed", n)
    if kind_ is RetentionKind.IDENTITY and was_minor:
        return words.count("minor then: {n} month after the 18th birthday or the closing",
                           "minor then: {n} months after the 18th birthday or the closing", n)  # fmt: skip
    if not was_closed:
        return words.count("never closed: {n} month after the exit", "never closed: {n} months after the exit", n)
    return words.count("{n} month after the case was closed", "{n} months after the case was closed", n)


def clock(kind_: RetentionKind) -> str:
    """What the number of months of that kind is called in the settings."""
    return {
        RetentionKind.IDENTITY: words.text("Names, after the closing"),
        RetentionKind.NARRATIVES: words.text("Narratives, after the closing"),
        RetentionKind.CONSENTS: words.text("Consents, after the data"),
        RetentionKind.RECORD: words.text("Record, after the closing"),
        RetentionKind.INCIDENT: words.text("Incident, after its closing"),
        RetentionKind.SEALED_INCIDENT: words.text("Sealed matter, after its closing"),
    }[kind_]


def gone(kind_: RetentionKind) -> str:
    """What the erasure of that kind takes away."""
    return {
        RetentionKind.IDENTITY: words.text(
            "Gone: names of the person and of relatives, narratives, notes and papers, here and in the journal."
        ),
        RetentionKind.NARRATIVES: words.text(
            "Gone: narratives, notes, papers and what is sealed on the person, here and in the journal."
        ),
        RetentionKind.CONSENTS: words.text("Gone: what the person agreed to or refused."),
        RetentionKind.RECORD: words.text(
            "Reduced: languages, schooling, family and needs go; of the days of the file the month alone stays."
        ),
        RetentionKind.INCIDENT: words.text(
            "Gone: facts, persons, measures and who reported the incident, here and in the journal."
        ),
        RetentionKind.SEALED_INCIDENT: words.text("Gone: the channel of the sealed matter."),
    }[kind_]


def stays(kinds: Iterable[RetentionKind]) -> list[str]:
    """What stays of these, so that past months tie out."""
    of = set(kinds)
    told = []
    if of & {RetentionKind.IDENTITY, RetentionKind.NARRATIVES, RetentionKind.CONSENTS, RetentionKind.RECORD}:
        told.append(words.text("Kept: the code, age, nationality, dates of stay, every figure of the reports."))
    if of & {RetentionKind.INCIDENT, RetentionKind.SEALED_INCIDENT}:
        told.append(words.text("Kept: number, day, type and severity of the incident, and the lesson."))
    return told


def hold(one: Hold) -> str:
    """Why an erasure waits, and until when."""
    if one.until is None:
        return words.text("{reason} (until it is lifted)").format(reason=one.reason)
    return words.text("{reason} (until {day})").format(reason=one.reason, day=formats.day(one.until))
