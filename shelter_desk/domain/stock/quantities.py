"""Quantities as whole thousandths of the unit of an item: grams of a kilogram, so that sums are exact."""

from decimal import Decimal

THOUSAND = 1000
MOST = 1_000_000_000 * THOUSAND
_HAIR = Decimal("0.000001")  # what a binary fraction of a workbook may be off


def thousandths(quantity: float | str) -> int | None:
    """The quantity in thousandths; None for one that is no number, is finer than that, or has no end."""
    try:
        exact = Decimal(str(quantity)) * THOUSAND
        whole = exact.to_integral_value()
    except ArithmeticError:
        return None
    return int(whole) if exact.is_finite() and abs(exact - whole) <= _HAIR * THOUSAND else None


def units(amount: int) -> int | float:
    """Thousandths as they are read: whole where it is whole."""
    whole, rest = divmod(amount, THOUSAND)
    return whole if rest == 0 else amount / THOUSAND
