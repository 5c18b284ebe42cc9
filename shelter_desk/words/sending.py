"""What leaves the house in words: to whom, what for, at which level, and what is refused at the gate."""

from collections.abc import Sequence
from datetime import date

from shelter_desk import words
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.reports.sendings import LEAVING, LEFT, NOT_LEFT, OF_PERSONS, UNCERTAIN, Sending, SentReport
from shelter_desk.domain.sending import refusals
from shelter_desk.domain.sending.gate import OTHER, named_purpose
from shelter_desk.domain.sending.recipients import EXACT, INTERNAL, NOMINAL, OPEN, USUAL
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import Sentences
from shelter_desk.words.reports import reports as report_words


def level(code: str) -> str:
    """Whom a file may be for; of a level that this version does not know its code."""
    of_reports: dict[str, Profile] = {INTERNAL: "interne", USUAL: "partenaire", OPEN: "public"}
    if code in of_reports:
        return report_words.level(of_reports[code])
    return {EXACT: words.text("Agreement"), NOMINAL: words.text("By name")}.get(code, code)


def purpose(one: Sending) -> str:
    """What for: the code in words with what was said beside it; what was said alone where it says it all."""
    code = one.purpose_code
    if not code or code == OTHER or named_purpose(one.purpose) == code:
        return one.purpose
    label = words.label("sending_purpose", code)
    if not one.purpose:
        return label
    # Translators: what a file is for, and words of one's own on it
    return words.text("{purpose}: {words}").format(purpose=label, words=one.purpose)


def what(one: Sending) -> str:
    """A month, or what the file was called; of one of persons that has no name for the reader, of which kind it is."""
    if not one.title and one.kind in OF_PERSONS:
        return words.label("sending_kind", one.kind)
    return one.title or report_words.period(one.period)


def written(sent: SentReport) -> str:
    """When it was written, and by whom."""
    told = words.text("{moment}, by {user}")
    return told.format(moment=formats.moment(sent.sending.sent_at), user=sent.sent_by)


def file(one: Sending) -> str:
    """Its name, and how large it was; of a paper its number alone."""
    if not one.size:
        return one.file_name
    size = words.text("{n} KB").format(n=formats.number(max(1, round(one.size / 1024))))
    return words.text("{name}, {size}").format(name=one.file_name, size=size)


def may_have_left(every: Sequence[Sending]) -> str:
    """That the program was cut while these left, said at the opening."""
    one = every[0]
    if len(every) > 1:
        return words.count(
            "{n} file may have left.", "{n} files may have left. Say in Sendings whether they did.", len(every)
        )
    to = f"{what(one)} → {one.recipient}" if one.recipient else what(one)
    return words.text("A file may have left: {file}. Say in Sendings whether it did.").format(file=to)


def departure(code: str) -> str:
    """Whether it left, where that is or was not sure."""
    return {
        LEFT: words.text("Left"),
        LEAVING: words.text("Is leaving"),
        UNCERTAIN: words.text("May have left"),
        NOT_LEFT: words.text("Did not leave"),
    }.get(code, code)


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


def signature(state: str) -> str:
    """What the signature in a file says to who has the key."""
    return {
        "right": words.text("Intact: signed with this key, and nothing has changed since."),
        "wrong": words.text("Changed: the signature does not fit this file any more."),
        "stranger": words.text("Signed by somebody else: the key in this file is not the one you have."),
        "none": words.text("Without signature: nothing says where this file comes from."),
    }[state]


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
        "departure": words.text("Whether it left"),
    }


def actions() -> dict[str, str]:
    """What the journal says of this subject."""
    return {
        "keep_recipient": words.text("Recipient of files written"),
        "sending_acknowledged": words.text("Acknowledgement of a file noted"),
        "sending_uncertain": words.text("A file may have left: the program was cut"),
        "sending_left": words.text("A file left: said after a cut"),
        "sending_not_left": words.text("A file did not leave: said after a cut"),
        "sending_copy_opened": words.text("Copy of a file that left opened again"),
    }


SENTENCES: Sentences = {
    refusals.StaysHere: lambda _: words.text(
        "The internal level never leaves the shelter. Choose another level for this recipient."
    ),
    refusals.NoAgreement: lambda error: (
        words.text("No such agreement is recorded with {recipient}. Record it in Settings, or choose another level.")
        if error.recipient
        else words.text("Exact numbers go to the holder of an agreement alone: its number is missing.")
    ).format(recipient=error.recipient),
    refusals.AgreementOver: lambda error: words.text(
        "The agreement with {recipient} ended on {day}. Record the new one, or choose another level."
    ).format(recipient=error.recipient, day=formats.day(error.until)),
    refusals.LevelNotAllowed: lambda error: words.text(
        "{recipient} may not have the level “{level}”. Choose another level, or change it in Settings."
    ).format(recipient=error.recipient, level=level(error.level)),
    refusals.NotSentToAnyMore: lambda error: words.text(
        "Nothing is sent to {recipient} any more. Choose somebody else, or change it in Settings."
    ).format(recipient=error.recipient),
    refusals.WordsUnread: lambda error: words.text(
        "The text or a comment holds what may not leave: {words}. Change it, or say that it was read."
    ).format(words=", ".join(words.text("“{word}”").format(word=one) for one in error.words)),
    refusals.PrefixTaken: lambda error: words.text("{recipient} has this prefix already. Choose another one.").format(
        recipient=error.recipient
    ),
}
