"""What a movement dated before the last count of its item does to it: the counters found that done already."""

from datetime import date

from shelter_desk import words
from shelter_desk.domain.stock.items import Item
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_counts
from shelter_desk.words import formats


def said(desk: Desk, item: Item, day: date, *, goes: bool) -> str:
    """The warning, "" where the item was not counted since."""
    counted = stock_counts.last_day(desk, item.id)
    if counted is None or day >= counted:
        return ""
    if goes:
        text = words.text("Counted on {day}: what had gone by then was seen. This would take it off a second time.")
    else:
        text = words.text("Counted on {day}: what had come by then was seen. This would add it a second time.")
    return text.format(day=formats.day(counted))
