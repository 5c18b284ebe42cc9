"""What a resident who leaves still has of the store, by the items' names."""

from shelter_desk import words
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.quantities import units
from shelter_desk.operations import stock
from shelter_desk.operations.desk import Desk
from shelter_desk.words.stock import unit
from shelter_desk.words.stock_refusals import quantity


def told(desk: Desk, stay: StayId) -> str:
    """A sentence with everything lent and not brought back, "" where nothing is or the role does not see the store."""
    if not desk.may(Permission.STOCK_SEE):
        return ""
    found = stock.still_out(desk, stay)
    text = words.text("{item}, {n} {unit}")
    items = [
        text.format(item=one.item.designation, n=quantity(units(one.out)), unit=unit(one.item.unit, one.out))
        for one in found
    ]
    if not items:
        return ""
    whole = words.text("Still lent to this person: {items}. Bring them back in Stock, or say that they are lost.")
    return whole.format(items="; ".join(items))
