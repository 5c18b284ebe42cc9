"""What leaves the house in words: to whom, what for, at which level, and what is refused at the gate."""

from datetime import date

from shelter_desk import words
from shelter_desk.domain.reports.sendings import Sending, SentReport
from shelter_desk.domain.sending import refusals
from shelter_desk.domain.sending.recipients import EXACT, INTERNAL, NOMINAL, OPEN, USUAL
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import Sentences
from shelter_desk.words.reports import reports as report_words


def level(code: str) -> str:
    """Whom a file may be for; of a level that this version does not know its code."""
    names = {
        INTERNAL: words.text("Internal"),
        EXACT: words.text("Agreement"),
        USUAL: words.text("Partner"),
        OPEN: words.text("Public"),
        NOMINAL: words.text("By name"),
    }
    return names.get(code, code)


def purpose(one: Sending) -> str:
    """What for: as it was said, else the code in words."""
    return one.purpose or (words.label("sending_purpose", one.purpose_code) if one.purpose_code else "")


def what(one: Sending) -> str:
    """A month, or what the file was called."""
    return one.title or report_words.period(one.period)


def written(sent: SentReport) -> str:
    """When it was written, and by whom."""
    told = words.text("{moment}, by {user}")
    return told.format(moment=formats.moment(sent.sending.sent_at), user=sent.sent_by)


def file(one: Sending) -> str:
    """Its name, and how large it was."""
    size = words.text("{n} KB").format(n=formats.number(max(1, round(one.size / 1024))))
    return words.text("{name}, {size}").format(name=one.file_name, size=size)


def acknowledged_day(one: Sending) -> date | None:
    """The day on which they said that they have it."""
    return date.fromisoformat(one.acknowledged_on) if one.acknowledged_on else None


def acknowledgement(one: Sending) -> str:
    """When they had it, or until when that is waited for; nothing where it is not waited for."""
    day = acknowledged_day(one)
    if day is not None:
        return formats.day(day)
    if one.due_on is None:
        return ""
    return words.text("expected by {day}").format(day=formats.day(date.fromisoformat(one.due_on)))


def labels() -> dict[str, str]:
    """Fields of the gate and the directory, by their keys."""
    return {
        "recipient": words.text("Recipient"),
        "recipient_name": words.text("Name"),
        "recipient_kind": words.text("Kind of recipient"),
        "agreement_no": words.text("Number of the agreement"),
        "agreement_until": words.text("Agreement valid until"),
        "levels": words.text("Levels allowed"),
        "prefix": words.text("Prefix of codes"),
        "purpose": words.text("What for"),
        "purpose_words": words.text("What for, in words"),
        "channel": words.text("Channel"),
        "carried_by": words.text("Sent by"),
        "level": words.text("Level"),
        "agreement": words.text("Agreement"),
        "acknowledged_on": words.text("Acknowledged on"),
    }


def actions() -> dict[str, str]:
    """What the journal says of this subject."""
    return {
        "keep_recipient": words.text("Recipient of files written"),
        "sending_acknowledged": words.text("Acknowledgement of a file noted"),
        "sending_copy_opened": words.text("Copy of a file that left opened again"),
    }


SENTENCES: Sentences = {
    refusals.StaysHere: lambda _: words.text(
        "The internal level never leaves the shelter. Choose another level for this recipient."
    ),
    refusals.NoAgreement: lambda error: words.text(
        "No such agreement is recorded with {recipient}. Record it in Settings, or choose another level."
    ).format(recipient=error.recipient),
    refusals.AgreementOver: lambda error: words.text(
        "The agreement with {recipient} ended on {day}. Record the new one, or choose another level."
    ).format(recipient=error.recipient, day=formats.day(error.until)),
    refusals.LevelNotAllowed: lambda error: words.text(
        "{recipient} may not have the level “{level}”. Choose another level, or change it in Settings."
    ).format(recipient=error.recipient, level=level(error.level)),
    refusals.PrefixTaken: lambda error: words.text("{recipient} has this prefix already. Choose another one.").format(
        recipient=error.recipient
    ),
}
