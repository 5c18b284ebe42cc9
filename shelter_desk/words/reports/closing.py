"""Closed months in words: their state, why a point was accepted, what was corrected since, what is refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import refusals
from shelter_desk.domain.reports.closing import AcceptedPoint, AcceptReason, Correction
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.late_facts import LateReason
from shelter_desk.domain.reports.pending import PendingCorrection
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.sendings import Proven
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import Sentences
from shelter_desk.words.reports import reports as report_words


def accept_reasons() -> dict[AcceptReason, str]:
    """Why a point may stay as it is, in the order in which they are offered."""
    return {
        "preuve_papier": words.text("Proof on paper"),
        "apres_sortie": words.text("Right: planned after the exit"),
        "injoignable": words.text("Person cannot be reached"),
        "autorite": words.text("Decision of an authority"),
        "sans_objet": words.text("Does not apply"),
    }


def accept_reason(kept: str) -> str:
    """Why a point was accepted, as it was said."""
    return _said(kept, accept_reasons())


def late_reasons() -> dict[LateReason, str]:
    """Why a fact of a closed month is written now, in the order in which they are offered."""
    return {
        "saisie_tardive": words.text("Typed late"),
        "erreur": words.text("Error"),
        "preuve_nouvelle": words.text("New proof"),
        "doublon": words.text("Duplicate"),
        "decision_autorite": words.text("Decision of an authority"),
    }


def late_reason(kept: str) -> str:
    """Why it came late, as it was said."""
    return _said(kept, late_reasons())


def late_facts(one: PendingCorrection) -> str:
    """Who moved a figure of a closed month, when and why; a dash where nobody wrote anything of it."""
    told = words.text("{who}, {moment}, {code}: {reason}")
    said = (
        told.format(who=fact.who, moment=formats.moment(fact.at), code=fact.code, reason=late_reason(fact.reason))
        if fact.code
        else words.text("{who}, {moment}: {reason}").format(
            who=fact.who, moment=formats.moment(fact.at), reason=late_reason(fact.reason)
        )
        for fact in one.late
    )
    return " · ".join(said) or formats.NONE


def fields() -> dict[str, str]:
    """What the journal says of an act that came late."""
    return {"late_months": words.text("Closed months"), "late_reason": words.text("Why it comes late")}


def accepted(points: Sequence[AcceptedPoint]) -> str:
    """How many points stayed as they were, reason by reason."""
    counted = Counter(one.reason for one in points)
    told = (
        words.text("{reason} ({n})").format(reason=_said(code, accept_reasons()), n=n) for code, n in counted.items()
    )
    return words.text("Points accepted: {list}").format(list=" · ".join(told))


def _said(kept: str, reasons: Mapping[Any, str]) -> str:
    """A code of the list with what was typed beside it, or words of one's own."""
    code, between, more = kept.partition(": ")
    return reasons[code] + between + more if code in reasons else kept


def figure(ref: Ref) -> str:
    """What a figure is called, with its cell where it is not the total."""
    key, dims = ref
    return report_words.figure(key) + (f" ({report_words.cell(dims)})" if dims else "")


def figure_with_value(report: Report, ref: Ref) -> str:
    """A figure with its number."""
    told = words.text("{label}: {value}")
    return told.format(label=figure(ref), value=report_words.value(report.value(ref[0], *ref[1])))


def commented(ref: Ref, said: str) -> str:
    """A figure with what the house says of it."""
    return words.text("{label}: {value}").format(label=figure(ref), value=said)


def correction(one: Correction) -> str:
    """One figure: published, and now."""
    told = words.text("{figure}: published {published}, now {now}")
    published, now = map(report_words.value, (one.published, one.now))
    return told.format(figure=figure(one.ref), published=published, now=now)


def bridge(published: int, corrected: int, opening: int) -> str:
    """From the end of a closed month to the beginning of the next."""
    told = words.text("closing published {published} · corrections {corrected} · opening {opening}")
    return told.format(published=published, corrected=f"{corrected:+d}".replace("-", "−"), opening=opening)


def late(months: Sequence[Period]) -> str:
    """That rows speak of months whose figures are published."""
    told = words.text("Closed months are touched: {months}. Their figures stay as published, corrections wait.")
    return told.format(months=_months(months))


def dated_later(n: int) -> str:
    """That movements of closed months are dated today. n: how many."""
    return words.count(
        "{n} movement of the stock of a closed month is dated today, with its real day.",
        "{n} movements of the stock of closed months are dated today, with their real days.",
        n,
    )


def date_it_today(day: date) -> str:
    """The verb that dates a movement today. day: the real one."""
    return words.text("Date it today, real day {day}").format(day=formats.day(day))


def _needs_reason(error: refusals.NeedsLateReason) -> str:
    if error.moved_on is None:
        told = words.text("Closed: {months}. Say why this comes late.")
        return told.format(months=_months(error.months))
    told = words.text(
        "Closed: {months}. The movement of the stock is dated today, its real day is {day}. Say why this comes late."
    )
    return told.format(months=_months(error.months), day=formats.day(error.moved_on))


def _months(months: Sequence[Period]) -> str:
    return ", ".join(formats.month(one.first) for one in months)


MOST_TOLD = 20  # cells of a changed file that are named


def proven(found: Proven) -> list[str]:
    """What is known of a file that came back."""
    lines = _proven(found)
    if found.rectified:
        lines.append(words.text("Replaced by rectified version {n}.").format(n=found.rectified))
    elif found.replaced_by is not None:
        version = report_words.version(found.replaced_by, 0)
        lines.append(words.text("Replaced by: {version}.").format(version=version))
    return lines


def verdict(found: Proven) -> tuple[str, list[str]]:
    """What is known of a file as a title, and what is said below it."""
    lines = proven(found)
    if found.sent is None:
        return (words.text("Not known here") if found.is_compared else words.text("Not intact, or unknown")), lines
    if found.replaced_by is not None:
        return lines[-1].rstrip("."), lines[:-1]
    if found.is_intact:
        return words.text("Intact"), lines
    if not found.changed:
        return words.text("Saved again"), lines
    return words.count("Changed: {n} cell", "Changed: {n} cells", len(found.changed)), lines[1:]


def _proven(found: Proven) -> list[str]:
    if found.sent is None:
        if not found.is_compared:
            return [words.text("Not as it left, or unknown: who may read the case files can say which.")]
        return [words.text("Unknown: this file never left the shelter so.")]
    to = ", ".join(found.recipients) or words.text("no recipient said")
    day = formats.day(found.sent.sending.sent_at.date())
    if found.is_intact:
        return [words.text("Written on {day}, {recipient}: as it left.").format(day=day, recipient=to)]
    if not found.changed:
        told = words.text("Saved again since {day}, {recipient}: no cell has changed, the file has.")
        return [told.format(day=day, recipient=to)]
    told = words.count("{n} cell changed since it left", "{n} cells changed since it left", len(found.changed))
    more = [*found.changed[:MOST_TOLD], "…"] if len(found.changed) > MOST_TOLD else list(found.changed)
    return [told, ", ".join(more)]


SENTENCES: Sentences = {
    refusals.StockOfClosedMonth: lambda error: words.text(
        "{month} is closed: its movements of the stock stand. Take them back by contrary vouchers, dated today."
    ).format(month=formats.month_title(error.first)),
    refusals.NeedsLateReason: _needs_reason,
    refusals.NotAMonth: lambda _: words.text("Only a calendar month is closed. Choose one at the top of the page."),
    refusals.PeriodRuns: lambda error: words.text(
        "The month ends on {day}: it can be closed from the next day on."
    ).format(day=formats.day(error.last)),
    refusals.ControlsFail: lambda error: words.text(
        "Controls do not hold: {ids}. Look at them under the report, and correct what they show."
    ).format(ids=error.ids),
    refusals.EarlierOpen: lambda error: words.text("Close {month} first: it comes before.").format(
        month=formats.month(error.first)
    ),
    refusals.CountUnderWay: lambda error: words.text(
        "Count {number} is still open. Approve it, or give it up, then close the month."
    ).format(number=error.number),
    refusals.PointsOpen: lambda error: words.count(
        "{n} point is neither settled nor accepted. Nothing is closed.",
        "{n} points are neither settled nor accepted. Nothing is closed.",
        error.n,
    ),
    refusals.MonthClosed: lambda error: words.text("{month} is closed: what it says stays as it was closed.").format(
        month=formats.month_title(error.first)
    ),
    refusals.WordsTooLong: lambda error: words.text("This is too long: {n} characters at most.").format(n=error.most),
    refusals.TooManyPassages: lambda error: words.text(
        "At most {n} sentences of your own: the narrative has two pages. Take one away first."
    ).format(n=error.most),
    refusals.NothingSaid: lambda error: words.text(
        "The narrative of {month} says nothing that this reader may be told. Keep a sentence, or write one."
    ).format(month=formats.month(error.first)),
    refusals.NotClosed: lambda error: words.text("{month} is not closed: there is nothing to open or replace.").format(
        month=formats.month_title(error.first)
    ),
    refusals.TooManyTargets: lambda error: words.text("A year has at most {n} targets. Leave some out.").format(
        n=error.most
    ),
    refusals.NoSuchVersion: lambda error: words.text("There is no such version: {month} was not closed so.").format(
        month=formats.month(error.first)
    ),
    refusals.AlreadySent: lambda error: words.text(
        "Something of {month} was sent already. Make a version that replaces it instead."
    ).format(month=formats.month(error.first)),
    refusals.NotADhis2Period: lambda _: words.text(
        "DHIS2 takes a month, a quarter or a year that is over. Choose one of these."
    ),
    refusals.TooManyCells: lambda error: words.text(
        "{most} cells are compared at most. Forget one, then point to another."
    ).format(most=error.most),
    refusals.NothingDiffers: lambda error: words.text(
        "Nothing differs from the last version of {month}: there is nothing to replace."
    ).format(month=formats.month(error.first)),
}
