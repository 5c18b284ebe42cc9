"""What a file from outside, a line of it or a cell is refused for."""

from datetime import date

from shelter_desk.domain.errors import RuleBroken, Unusable


class SaidOtherwise(RuleBroken):
    """A line of a shelter's own register contradicts an earlier line about the same stay or item."""

    sheet: str
    row: int


class OfSomebodyElse(RuleBroken):
    """A line gives the number of a stay of somebody with another name or sex: numbers began again, or a slip."""

    stay_no: str


class LeftAside(RuleBroken):
    """A line that somebody left out of an import, to be looked at later."""


class ThingLeftAside(RuleBroken):
    """A line of equipment or of what is in store that somebody left out of an import."""


class CellRefused(RuleBroken):
    """A cell that cannot be read as its column asks. value: as it is seen.

    why: `date`, `month_first`, `day_or_month`, `moment`, `hour`, `hour_beside`, `number`, `ambiguous`, `whole`, `age`,
    `pieces`, `pieces_in_all`, `zeros`, `yes_no`, `error_cell`, `formula`, `too_long` or `control`.
    """

    value: str
    why: str


class NotSaidOfStep(RuleBroken):
    """A row of the legal file says something that steps of its kind do not say."""

    legal_step: str
    field: str


class NothingRecognised(Unusable):
    """No list of the registers workbook was found in the file. sheets: the names of its sheets."""

    path: str
    sheets: tuple[str, ...]


class NotAWorkbook(Unusable):
    """The file is not a workbook that can be read.

    why: `kind`, `quotes`, `password`, `damaged`, `bomb`, `time`, `memory`, `cells`.
    """

    path: str
    why: str


class FileChanged(Unusable):
    """The file is not the one that was read any more."""

    path: str


class NotHereThen(RuleBroken):
    """A line of a presence grid that ticks nights of which no stay is recorded."""

    nights: tuple[date, ...]


class SeenWhileAway(RuleBroken):
    """A line of a presence grid that ticks nights of which an absence is recorded."""

    nights: tuple[date, ...]


class MonthUnknown(RuleBroken):
    """A presence grid of which nothing says the month."""


class NobodyOfThisName(RuleBroken):
    """Nobody of that name was here on those days."""


class OfSeveral(RuleBroken):
    """A name of several persons who were here on those days. codes: of these."""

    codes: tuple[str, ...]


class FewerThanHere(RuleBroken):
    """A line of a list of equipment counts fewer pieces than it made here before. here: those of them still here."""

    here: int


class NothingWrong(RuleBroken):
    """A point of an inspection that is all right says what is wrong with it."""


class OpenedBefore(RuleBroken):
    """A line of what is in store of an item that has movements already. day: of its opening, the last day of others."""

    item_code: str
    day: date


class TemplateNotKnown(Unusable):
    """A template of another version than those that are read. version: as it stands in the file."""

    path: str
    template: str
    version: int


class NothingToUndo(Unusable):
    """No import stands that could be taken back."""
