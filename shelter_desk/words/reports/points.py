"""What is to be settled before a month is closed, a sentence a point."""

from shelter_desk import words
from shelter_desk.domain.reports.points import Matter, Point
from shelter_desk.words import flags, formats


def sentence(point: Point) -> str:
    """What is the matter, the code first."""
    if point.flag is not None:
        return flags.sentence(point.flag)
    texts: dict[Matter, str] = {
        "unplaced": words.text("{code}: nights without a place, {nights}"),
        "no_destination": words.text("{code}: exit without a destination"),
        "no_exit_reason": words.text("{code}: exit without a reason"),
        "no_birth": words.text("{code}: age unknown"),
        "no_child_status": words.text("{code}: situation of the child missing"),
        "no_source": words.text("{code}: entry without who sent the person"),
        "planned_past": words.text("{code}: service planned for {day}, held or not?"),
        "after_exit": words.text("{code}: service of {day} after the exit"),
        "stock_expired": words.text("{code}: lot {name} expired on {day} and is still in the store"),
        "stock_negative": words.text("{code}, {name}: more went out than came in"),
        "stock_request": words.text("{code}: asked for on {day}, not given out"),
        "stock_uncounted": words.text("{code}, {name}: not counted this month"),
        "count_unexplained": words.text("{code}: difference of count {name} without a cause"),
        "asset_not_found": words.text("{code}, {name}: not found by the last count"),
        "asset_no_place": words.text("{code}, {name}: in use, nobody says where"),
        "asset_no_donor": words.text("{code}, {name}: donor unknown"),
        "asset_lost": words.text("{code}, {name}: lost or stolen, neither found nor written off"),
    }
    day = formats.day(point.day) if point.day is not None else ""
    return texts[point.matter].format(code=point.code, nights=point.nights, day=day, name=point.name)


def kind(matter: str, flagged: str = "") -> str:
    """What is the matter, of whomever. flagged: the rule of a red flag with its kind, `R-31-differs-…`."""
    if matter == "flag":
        rule, which = flagged[:_RULE], flagged[_RULE + 1 :].partition("-")[0]
        return flags.label(rule, which)
    return {
        "unplaced": words.text("Nights without a place"),
        "no_destination": words.text("Exits without a destination"),
        "no_exit_reason": words.text("Exits without a reason"),
        "no_birth": words.text("Age unknown"),
        "no_child_status": words.text("Situation of a child missing"),
        "no_source": words.text("Entries without who sent the person"),
        "planned_past": words.text("Services planned, held or not"),
        "after_exit": words.text("Services after the exit"),
        "stock_expired": words.text("Expired lots in the store"),
        "stock_negative": words.text("More gone than came"),
        "stock_request": words.text("Requests not given out"),
        "stock_uncounted": words.text("Items not counted"),
        "count_unexplained": words.text("Differences of a count without a cause"),
        "asset_not_found": words.text("Things not found by a count"),
        "asset_no_place": words.text("Things in use without a place"),
        "asset_no_donor": words.text("Things of an unknown donor"),
        "asset_lost": words.text("Things lost, not decided"),
    }[matter]


_RULE = len("R-31")
