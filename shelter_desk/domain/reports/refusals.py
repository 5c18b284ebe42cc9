"""Why a month is not closed, opened again or replaced; `words/reports/closing.py` says each in a sentence."""

from datetime import date

from shelter_desk.domain.errors import RuleBroken, Unusable
from shelter_desk.domain.moments import Period


class ClosingRefused(RuleBroken):
    """Any refusal about a closed month; nothing was changed."""


class PeriodRuns(ClosingRefused):
    """A month that is not over. last: its last day."""

    last: date


class ControlsFail(ClosingRefused):
    """Identities do not hold. ids: theirs, joined by commas."""

    ids: str


class EarlierOpen(ClosingRefused):
    """An earlier month is not closed yet. first: its first day."""

    first: date


class CountUnderWay(ClosingRefused):
    """A count of the stock or the equipment is under way. number: of the count."""

    number: str


class PointsOpen(ClosingRefused):
    """Points that are neither settled nor accepted. n: how many."""

    n: int


class NotClosed(ClosingRefused):
    """A month that is open is neither opened again nor replaced. first: its first day."""

    first: date


class MonthClosed(ClosingRefused):
    """What a closed month says stays as it was closed. first: its first day."""

    first: date


class WordsTooLong(ClosingRefused):
    """A comment or the text of a month is longer than it may be. most: characters."""

    most: int


class NoSuchVersion(Unusable):
    """A closed month asked for by a number that none of its versions has. first: its first day."""

    first: date


class AlreadySent(ClosingRefused):
    """Something of the month left the house: it is replaced, not opened again."""

    first: date


class NothingDiffers(ClosingRefused):
    """A version that would replace the last one has the same figures."""

    first: date


class StockOfClosedMonth(RuleBroken):
    """The ledger of a closed month stands: what was forgotten is dated today. first: of the month."""

    first: date


class NeedsLateReason(RuleBroken):
    """A fact about a person in closed months is written for a reason only. months: those, in order."""

    months: tuple[Period, ...]
