"""Columns of the items: how long each lasts as a bar, and what is to be done with it as a verb."""

from shelter_desk import words
from shelter_desk.operations.stock.stock import StockStanding
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.widgets.badge import State
from shelter_desk.words import formats
from shelter_desk.words.reports.stock_names import unit

_SEVERAL = 2000  # thousandths, for a unit of many
FULL_DAYS = 60  # of cover that fill the bar
_NEVER = 10**6
_RANKS = {"blocked": 0, "attention": 1, "held": 2, "neutral": 3}


def columns() -> list[TableColumn[StockStanding]]:
    """All of them, those that are read first in front."""
    return [
        TableColumn(words.text("Item"), lambda one: one.item.designation, BY_TEXT, bold=True, taken_as="designation"),
        TableColumn(
            words.text("Usable"),
            lambda one: amounts.bare(one.usable),
            lambda one: one.usable,
            "right",
            True,
            _ink,
            unit=_unit,
            taken_as="quantity",
        ),
        TableColumn(
            words.text("On the shelf"),
            lambda one: amounts.bare(one.physical),
            lambda one: one.physical,
            "right",
            unit=_unit,
        ),
        TableColumn(words.text("Unit"), lambda one: words.label("unit", one.item.unit), taken_as="unit"),
        TableColumn(words.text("A day"), _a_day, lambda one: one.use, "right", gives_way=4),
        TableColumn(
            words.text("Cover"),
            lambda one: formats.NONE if one.cover is None else words.count("{n} day", "{n} days", one.cover),
            lambda one: _NEVER if one.cover is None else one.cover,
            "right",
            ink=_ink,
            bar=_bar,
        ),
        TableColumn(
            words.text("Expires first"),
            lambda one: formats.NONE if one.expires_on is None else formats.day(one.expires_on),
            lambda one: str(one.expires_on or "9999"),
            ink=lambda one: "blocked" if one.expired else "attention" if one.near else None,
            taken_as="expiry_on",
        ),
        TableColumn(
            words.text("To do"),
            to_do,
            lambda one: (_RANKS[str(badge(one) or "neutral")], to_do(one)),
            ink=lambda _one: "ink2",
            badge=badge,
        ),
        *_last_columns(),
    ]


def _last_columns() -> list[TableColumn[StockStanding]]:
    return [
        TableColumn(
            words.text("Alert level"),
            lambda one: formats.NONE if one.item.min_level is None else amounts.bare(one.item.min_level),
            lambda one: one.item.min_level or 0,
            "right",
            gives_way=3,
            taken_as="min_level",
        ),
        TableColumn(
            words.text("Category"),
            lambda one: words.label("stock_category", one.item.category),
            BY_TEXT,
            gives_way=2,
            taken_as="stock_category",
        ),
        TableColumn(
            words.text("Counted on"),
            lambda one: formats.NONE if one.counted_on is None else formats.day(one.counted_on),
            lambda one: str(one.counted_on or ""),
            gives_way=1,
            taken_as="moved_on",
        ),
    ]


def to_do(one: StockStanding) -> str:
    """The verb of the one thing that comes first: what has expired goes before what lacks."""
    if one.expired > 0:
        return words.text("Take out {n}").format(n=amounts.bare(one.expired))
    if one.is_low:
        return words.text("Order")
    if one.near > 0:
        return words.text("Give {n} first").format(n=amounts.bare(one.near))
    return words.text("Restricted access") if one.item.restricted else words.text("Enough")


def badge(one: StockStanding) -> State | None:
    """The state of that verb; none where nothing is to be done."""
    if one.expired > 0:
        return "blocked"
    if one.is_low:
        return "attention"
    if one.near > 0:
        return "held"
    return "neutral" if one.item.restricted else None


def _bar(one: StockStanding) -> tuple[float, str] | None:
    """How far the bar is filled: wholly from two months on; none where nothing is used."""
    if one.cover is None:
        return None
    return one.cover / FULL_DAYS, "attention" if one.is_low else "accent_line"


def _a_day(one: StockStanding) -> str:
    used = one.use_a_day
    if used is None:
        return formats.NONE
    return formats.number(used, 1 if used >= 1 else 2)


def _unit(one: StockStanding) -> str:
    return unit(one.item.unit, _SEVERAL)


def _ink(one: StockStanding) -> str | None:
    return "attention" if one.is_low else None
