"""Why a file does not leave for somebody; `words/sending.py` says each in a sentence."""

from datetime import date

from shelter_desk.domain.errors import RuleBroken


class SendingRefused(RuleBroken):
    """Any refusal at the gate; nothing was written."""


class StaysHere(SendingRefused):
    """The internal level never leaves the shelter."""


class NoAgreement(SendingRefused):
    """Exact numbers for somebody with whom no agreement is recorded, or under another number. recipient: their name."""

    recipient: str


class AgreementOver(SendingRefused):
    """The agreement of the recipient has run out. until: its last day."""

    recipient: str
    until: date


class LevelNotAllowed(SendingRefused):
    """The directory does not give this level to this recipient. level: its code."""

    recipient: str
    level: str


class NotSentToAnyMore(SendingRefused):
    """The directory says that nothing goes to this recipient any more."""

    recipient: str


class WordsUnread(SendingRefused):
    """Words that leave hold what may not leave, and nobody said that they were read. words: those, as typed."""

    words: tuple[str, ...]


class PrefixTaken(SendingRefused):
    """Another recipient has this prefix of codes. recipient: who."""

    recipient: str
