"""The minutes of a count as a text to print, and the outcome of a line in a word."""

from html import escape

from shelter_desk import words
from shelter_desk.domain.equipment.counting import ABSENT, ELSEWHERE, SEEN, CampaignCountLine, tallied
from shelter_desk.operations.equipment.equipment_counts import CampaignCounts, CampaignLine
from shelter_desk.ui.equipment import paper


def minutes(counted: CampaignCounts, lines: tuple[CampaignLine, ...], training: bool, shelter: str) -> str:
    """The minutes as a text to print: what differs first, then everything."""
    one = counted.campaign
    title = words.text("Inventory minutes {number}").format(number=one.count_no)
    tally = tallied(line.line for line in lines)
    sums = words.text("{n} things: {seen} seen, {elsewhere} elsewhere, {missing} missing.")
    told = sums.format(n=tally.lines, seen=tally.seen, elsewhere=tally.elsewhere, missing=tally.absent)
    heads = (
        words.text("Tag"),
        words.text("Designation"),
        words.text("Expected in"),
        words.text("Outcome"),
        words.text("Found in"),
        words.text("Condition"),
        words.text("Cause"),
    )
    differing = [line for line in lines if line.line.outcome in (ELSEWHERE, ABSENT) or line.line.lacks]
    rows = [_row(line) for line in differing]
    all_rows = [_row(line) for line in lines if line not in differing]
    texts = "".join(f"<p>{escape(text)}</p>" for text in (told, one.conclusion, one.recommendations) if text)
    first = f"<h3>{escape(words.text('Differences'))}</h3>{paper.table(heads, rows)}" if rows else ""
    rest = f"<h3>{escape(words.text('Seen where expected'))}</h3>{paper.table(heads, all_rows)}" if all_rows else ""
    head = paper.head(title, one.on, training, shelter)
    return f"{head}{texts}{first}{rest}{paper.signatures(one.team[:2])}"


def _row(line: CampaignLine) -> tuple[str, ...]:
    one = line.line
    pieces = f" ({one.expected - one.lacks}/{one.expected})" if one.expected > 1 and one.outcome else ""
    return (
        line.asset.tag_no,
        line.asset.designation + pieces,
        line.room,
        outcome_text(one),
        line.found_room,
        words.label("asset_condition", one.condition) if one.condition else "",
        words.label("count_cause", one.cause) if one.cause else "",
    )


def outcome_text(one: CampaignCountLine) -> str:
    """Seen, elsewhere, missing, or nothing yet."""
    if one.outcome == SEEN and one.lacks:
        return words.text("seen in part")
    return {SEEN: words.text("seen"), ELSEWHERE: words.text("elsewhere"), ABSENT: words.text("missing")}.get(
        one.outcome, ""
    )
