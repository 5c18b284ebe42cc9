"""The directory of those to whom files are sent, typed by the shelter: none is shipped."""

from dataclasses import replace

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import CodeTaken
from shelter_desk.domain.ids import RecipientId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.recipients import (
    TO_EVERYBODY,
    KnownRecipient,
    check_recipient,
    is_called,
    proposed_prefix,
)
from shelter_desk.domain.sending.refusals import PrefixTaken
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage.sending import recipients as stored_recipients

TOPICS = Changes(settings=True, reports=True)


@needs(Permission.SEE_COUNTS)
def recipients(desk: Desk) -> list[KnownRecipient]:
    """The whole directory in order of name, also those to whom nothing is sent any more."""
    with desk.reading() as connection:
        return stored_recipients.recipients(connection)


@needs(Permission.SEE_COUNTS)
def named(desk: Desk, name: str) -> KnownRecipient | None:
    """The one of that name, also one to whom nothing is sent any more; capitals, accents and spaces aside."""
    return next((one for one in recipients(desk) if is_called(one, name)), None)


@needs(Permission.SEE_COUNTS)
def has_agreement(desk: Desk, number: str) -> bool:
    """Whether an agreement of that number is recorded and in force, with whomever."""
    in_force = (one for one in recipients(desk) if one.is_active and one.has_agreement(desk.today()))
    return bool(number.strip()) and number.strip() in {one.agreement_no for one in in_force}


@needs(Permission.SETTINGS_EDIT)
def keep_recipient(desk: Desk, recipient: KnownRecipient) -> Done:
    """Add somebody (id 0), or change them; what was sent before keeps the name and the agreement of its day.

    Without a prefix one is made of the name; one that was given stays.
    Raises Missing, NotInList, CodeTaken where somebody else has this name, PrefixTaken.
    """
    others = [one for one in recipients(desk) if one.id != recipient.id]
    former = [one for one in recipients(desk) if one.id == recipient.id]
    name, prefix = " ".join(recipient.name.split()), recipient.prefix.strip().upper()
    prefix = former[0].prefix if former else prefix or proposed_prefix(name, {one.prefix for one in others})
    kept = replace(recipient, name=name, prefix=prefix, agreement_no=recipient.agreement_no.strip())
    check_recipient(kept)
    for one in others:
        if is_called(one, name):
            raise CodeTaken("recipient", one.name)
        if one.prefix == prefix:
            raise PrefixTaken(one.name)
    with desk.writing("keep_recipient", TOPICS) as writing:
        writing.trail.put(stored_recipients.TABLE, recipient.id, stored_recipients.RECIPIENTS.write(kept))
    return writing.done


@needs(Permission.SEE_COUNTS)
def check_name(desk: Desk, name: str) -> None:
    """Raises CodeTaken where the directory has somebody of that name."""
    known = named(desk, name)
    if known is not None:
        raise CodeTaken("recipient", known.name)


def usual(name: str, kind: str = "autre") -> KnownRecipient:
    """Somebody new, who may have what everybody may have."""
    return KnownRecipient(RecipientId(0), name, kind, levels=TO_EVERYBODY)
