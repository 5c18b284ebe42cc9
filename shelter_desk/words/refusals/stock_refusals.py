"""Why the store refused, in a sentence each."""

from shelter_desk import words
from shelter_desk.domain.stock import refusals
from shelter_desk.words import field_labels, formats
from shelter_desk.words.refusals.errors import Sentences


def quantity(value: float) -> str:
    """As many decimals as there are, three at most."""
    return formats.number(value, len(str(value).partition(".")[2]) if isinstance(value, float) else 0)


def _not_enough(error: refusals.NotEnough) -> str:
    if error.lot_no:
        text = words.text(
            "Only {n} of lot {lot} of {item} is free on {day}. Take less, or write down what came in before."
        )
    else:
        text = words.text("Only {n} of {item} is free on {day}. Take less, or write down what came in before.")
    return text.format(n=quantity(error.on_hand), item=error.item_code, day=formats.day(error.day), lot=error.lot_no)


def _not_reversible(error: refusals.NotReversible) -> str:
    sentences = {
        "already": words.text("Movement {no} was taken back already."),
        "itself": words.text("Movement {no} is a reversal. Write the movement again instead."),
        "item": words.text("Movement {no} is of another item."),
        "quantity": words.text("Movement {no} moved less than that. Take back at most what it moved."),
        "before": words.text("Movement {no} came later than this. Give the reversal a later day."),
        "other": words.text("Only a reversal names a movement that it takes back. Leave the cell empty."),
        "equipment": words.text(
            "Something happened since to the equipment of {no}: it stays equipment. Write it off or transfer it in "
            "Equipment, then write what goes back to the store under What came in."
        ),
        "returned": words.text("What movement {no} lent came back. Take back the return first."),
        "lost": words.text("What came back here on paper was written off as lost by {no}. Take back {no} first."),
    }
    return sentences[error.why].format(no=error.move_no)


def _not_counted(error: refusals.NotCounted) -> str:
    sentences = {
        "count": words.text("{item} is not counted yet. Zero is a count; an empty cell is none."),
        "recount": words.text("{item} differs. Count it a second time."),
        "cause": words.text("{item} differs. Say the cause."),
    }
    return sentences[error.why].format(item=error.item_code)


def _on_sheet(error: refusals.OnSheet) -> str:
    if not error.lot_no:
        return words.text("{item} is on the sheet already. Add it to its line.").format(item=error.item_code)
    text = words.text("Lot {lot} of {item} is on the sheet already. Add it to its line.")
    return text.format(lot=error.lot_no, item=error.item_code)


def _same_person(error: refusals.SamePerson) -> str:
    if error.what == "team":
        return words.text("Two different people count. Write both.")
    return words.text("You counted this stock: somebody else has to approve it.")


def undone() -> dict[str, str]:
    """Why the file itself refuses to take something back."""
    return {
        "move_stands": words.text("A movement is never changed. Take it back with a reversal."),
        "moved_since": words.text("The item moved since. Take the movement back with a reversal."),
        "voucher_since": words.text("Other vouchers were numbered since. Take this one back with a reversal."),
    }


SENTENCES: Sentences = {
    refusals.NotEnough: _not_enough,
    refusals.LotExpired: lambda error: words.text(
        "This lot expired on {day}. It is not given out: write it off."
    ).format(day=formats.day(error.expiry_on)),
    refusals.ServiceIssued: lambda error: words.text(
        "This line is what slip {number} gave out. Take the slip back in the store: the line goes with it."
    ).format(number=error.voucher_no),
    refusals.NotReversible: _not_reversible,
    refusals.RealDayNotBefore: lambda error: words.text(
        "The real day lies before {day}, the day of the movement. Leave it empty where both are the same."
    ).format(day=formats.day(error.moved_on)),
    refusals.MoveStands: lambda error: words.text(
        "Movement {no} is written and is not changed. Take it back with a reversal, then write it again."
    ).format(no=error.move_no),
    refusals.ItemMoved: lambda error: words.text(
        "{item} has moved already: “{field}” is not changed. Make another item."
    ).format(item=error.item_code, field=field_labels.label(error.field)),
    refusals.TooFine: lambda error: words.text("{value} has more than three decimals. Round it.").format(
        value=error.value
    ),
    refusals.KitOpened: lambda error: words.text(
        "Kit {kit} goes out whole. Write a whole number, or give out its items one by one."
    ).format(kit=error.kit_code),
    refusals.NotACode: lambda _: words.text("Write the code of the resident or of the stay here, never a name."),
    refusals.NotLent: lambda error: words.text(
        "Of movement {no} only {n} is still out. Bring back no more than that."
    ).format(no=error.move_no, n=quantity(error.out)),
    refusals.NotLendable: lambda error: words.text(
        "{item} is given, not lent. Take “lent” out, or say on its card that it is lent."
    ).format(item=error.item_code),
    refusals.CountOpen: lambda error: words.text(
        "Count {no} of {day} is not approved yet: nothing is dated before it. Give a later day."
    ).format(no=error.count_no, day=formats.day(error.day)),
    refusals.NotCounted: _not_counted,
    refusals.CountStands: lambda error: words.text(
        "The first count of {item} stands: what was expected is known. Write the second count instead."
    ).format(item=error.item_code),
    refusals.OnSheet: _on_sheet,
    refusals.NotNow: lambda error: words.text("{what} is not open any more. Look at it again.").format(what=error.what),
    refusals.SamePerson: _same_person,
}
