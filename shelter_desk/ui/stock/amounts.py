"""Quantities as they are typed and shown, with their unit."""

from shelter_desk import words
from shelter_desk.domain.errors import BadNumber
from shelter_desk.domain.stock.items import Item, thousandths, units
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.refusals import TooFine
from shelter_desk.words import formats
from shelter_desk.words.refusals.stock_refusals import quantity
from shelter_desk.words.reports.stock_names import unit


def typed(text: str) -> int | None:
    """Thousandths of what was typed, with a comma or a point; None for nothing or what is no number."""
    plain = "".join(text.split()).replace(",", ".")
    return thousandths(plain) if plain.replace(".", "", 1).isdecimal() else None


def read(text: str, field: str) -> int:
    """Thousandths of what was typed. Raises TooFine for more than three decimals, BadNumber for what is no number."""
    amount = typed(text)
    if amount is None:
        plain = "".join(text.split()).replace(",", ".", 1).replace(".", "", 1)
        raise TooFine(field, text) if plain.isdecimal() else BadNumber(field, text)
    return amount


def bare(amount: int) -> str:
    """The quantity alone."""
    return quantity(units(amount))


def said(amount: int, item: Item) -> str:
    """`12,5 kilogramme`, with the unit of the item."""
    return words.text("{n} {unit}").format(n=bare(amount), unit=unit(item.unit, amount))


def lot(one: Lot) -> str:
    """A lot in words: its number, until when it is good, whose it is and under which grant."""
    parts = [words.text("lot {lot}").format(lot=one.lot_no)] if one.lot_no else []
    if one.expiry_on is not None:
        parts.append(words.text("expires on {day}").format(day=formats.day(one.expiry_on)))
    if one.donor:
        parts.append(words.label("donor", one.donor))
    if one.grant:
        parts.append(words.text("grant {code}").format(code=one.grant))
    return ", ".join(parts) or words.text("without a lot number")


def signed(amount: int) -> str:
    """`+2` or `−2,5`, "0" without a difference."""
    return bare(amount) if amount == 0 else f"{'+' if amount > 0 else '−'}{bare(abs(amount))}"
