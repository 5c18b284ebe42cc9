"""Why a month is not closed, opened again or replaced; `words/reports/closing.py` says each in a sentence."""

from datetime import date

from shelter_desk.domain.errors import RuleBroken, Unusable
from shelter_desk.domain.moments import Period


class ClosingRefused(RuleBroken):
    """Any refusal about a closed month; nothing was changed."""


class NotAMonth(ClosingRefused):
    """Only a calendar month is closed."""


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


class TooManyPassages(ClosingRefused):
    """The narrative of a month has as many sentences of one's own as it may. most: how many."""

    most: int


class TooManyTargets(RuleBroken):
    """More indicators than a year may have targets for. most: that many."""

    most: int


class NothingSaid(ClosingRefused):
    """The narrative of a month says nothing that this reader may be told. first: its first day."""

    first: date


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
    """The ledger of a closed month stands: nothing that it holds is changed or taken out. first: of the month."""

    first: date


class NeedsLateReason(RuleBroken):
    """A fact of closed months is written for a reason only. months: those, in order.

    moved_on: the first real day of movements of the stock that are dated today for it, None where there are none.
    """

    months: tuple[Period, ...]
    moved_on: date | None = None


class NotADhis2Period(Unusable):
    """DHIS2 takes calendar months, quarters and years that are over. first, last: the days that were asked for."""

    first: date
    last: date


class TooManyCells(RuleBroken):
    """More cells of an old report than are compared. most: how many may be."""

    most: int
