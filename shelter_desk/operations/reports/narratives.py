"""The narrative of a month until it is closed: what figures propose, what was kept, changed, dropped or written."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.ids import PassageId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import closing, narrative
from shelter_desk.domain.reports.narrative import ProposedSentence
from shelter_desk.domain.reports.passages import (
    ANNOUNCED,
    LONGEST,
    LONGEST_TYPED,
    MOST_TYPED,
    Heading,
    NarrativePassage,
    StoredPassage,
)
from shelter_desk.domain.reports.refusals import MonthClosed, NotAMonth, TooManyPassages, WordsTooLong
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.reports import comparing
from shelter_desk.operations.reports.reports import Month
from shelter_desk.storage.reports import passages, versions


@dataclass(frozen=True, slots=True)
class NarrativeTerms:
    """What the narrative of a month is written from.

    month: with other periods beside it. proposals: by key, those of figures and what the month before announced.
    stored: what is kept of them, and one's own. announced: what the month before announced, as it said it.
    """

    month: Month
    proposals: dict[str, ProposedSentence]
    stored: tuple[StoredPassage, ...]
    announced: dict[str, NarrativePassage]

    @property
    def report(self) -> Report:
        """The figures of the month."""
        return self.month.report

    def is_moved(self, one: StoredPassage) -> bool:
        """Whether it waits to be renewed."""
        return not one.is_dropped and not narrative.holds(self.report, one.passage)

    @property
    def moved(self) -> int:
        """How many wait."""
        return sum(self.is_moved(one) for one in self.stored)

    @property
    def said(self) -> int:
        """How many are said."""
        return sum(not one.is_dropped for one in self.stored) - self.moved


@needs(Permission.REPORT_SEE)
def terms(desk: Desk, month: Month) -> NarrativeTerms:
    """What can be said of a calendar month, and what is. Raises NotAMonth."""
    if not month.report.period.is_month:
        raise NotAMonth
    month = comparing.compared(desk, month)
    period = month.report.period.whole
    before = period.month_before
    with desk.reading() as connection:
        protection = desk.key_of_protection(Permission.REPORT_SEE)
        found = passages.of_period(connection, period, protection)
        # of one that was closed it is what was closed
        last = [one.passage for one in passages.of_period(connection, before, protection) if not one.is_dropped]
    announced = {
        f"{ANNOUNCED}{_digest(one.text)}": NarrativePassage("outlook", f"{ANNOUNCED}{_digest(one.text)}", one.text)
        for one in last
        if one.heading == "outlook" and one.text and not one.speaks_of_figures
    }
    again = {key: ProposedSentence(key, "outlook", ()) for key in announced}
    return NarrativeTerms(month, {**narrative.proposals(month.report), **again}, tuple(found), announced)


@needs(Permission.REPORT_SEE)
def look_again(desk: Desk, found: NarrativeTerms) -> NarrativeTerms:
    """The same with what is kept now; the figures stay as they were looked at."""
    protection = desk.key_of_protection(Permission.REPORT_SEE)
    with desk.reading() as connection:
        return replace(found, stored=tuple(passages.of_period(connection, found.report.period.whole, protection)))


def as_said(found: NarrativeTerms) -> Month:
    """The month with what is kept now; a closed one is what was closed."""
    if found.month.version is not None:
        return found.month
    said = tuple(one.passage for one in found.stored if not one.is_dropped)
    return replace(found.month, report=replace(found.report, narrative=said))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


@needs(Permission.REPORT_COMMENT)
def keep(desk: Desk, found: NarrativeTerms, keys: Iterable[str]) -> Done:
    """Say these proposals as they are proposed, with the figures of now: for the first time, or renewed.

    What was said of one in words of one's own gives way. Raises NoSuch, MonthClosed.
    """
    made = []
    for key in keys:
        if key not in found.proposals:
            raise NoSuch("proposal", key)
        made.append(found.announced.get(key) or found.proposals[key].kept())
    return _write(desk, found, made)


@needs(Permission.REPORT_COMMENT)
def say(desk: Desk, found: NarrativeTerms, heading: Heading, text: str, at: StoredPassage | str = "") -> Done:
    """Say something in words of one's own, which hold for the figures of now.

    at: the passage or the key of the proposal in whose place, "" for a new one. Empty words say it as it was proposed,
    or no more. Raises WordsTooLong, TooManyPassages, MonthClosed.
    """
    said = " ".join(text.split())
    if len(said) > LONGEST:
        raise WordsTooLong(LONGEST)
    key = at if isinstance(at, str) else at.passage.proposal
    one = at if isinstance(at, StoredPassage) else None
    if not said:
        if key in found.proposals:
            return keep(desk, found, [key])
        return drop(desk, found, at)
    proposal = found.proposals.get(key)
    passage = NarrativePassage(heading, text=said) if proposal is None else proposal.kept(said)
    _check_room(found, said, one)
    return _write(desk, found, [passage], one)


def _check_room(found: NarrativeTerms, said: str, one: StoredPassage | None) -> None:
    """A page, two at most."""
    typed = [each.passage.text for each in found.stored if each.passage.text and not each.is_dropped and each != one]
    if len(typed) >= MOST_TYPED:
        raise TooManyPassages(MOST_TYPED)
    if sum(map(len, typed)) + len(said) > LONGEST_TYPED:
        raise WordsTooLong(LONGEST_TYPED)


@needs(Permission.REPORT_COMMENT)
def drop(desk: Desk, found: NarrativeTerms, at: StoredPassage | str) -> Done:
    """Take a passage away, or a proposal that is not wanted, which is not proposed again by itself.

    at: as of `say`. Raises NoSuch, MonthClosed.
    """
    if isinstance(at, str):
        if at not in found.proposals:
            raise NoSuch("proposal", at)
        return _write(desk, found, [found.proposals[at].kept()], is_dropped=True)
    if at.passage.proposal:
        return _write(desk, found, [at.passage], is_dropped=True)
    with _writing(desk, found) as writing:
        writing.trail.remove(passages.PASSAGES, at.id)
    return writing.done


@needs(Permission.REPORT_COMMENT)
def propose_again(desk: Desk, found: NarrativeTerms, heading: Heading) -> Done:
    """Propose again what was dropped under a heading. Raises MonthClosed."""
    with _writing(desk, found) as writing:
        for one in found.stored:
            if one.is_dropped and one.heading == heading:
                writing.trail.remove(passages.PASSAGES, one.id)
    return writing.done


def _write(
    desk: Desk,
    found: NarrativeTerms,
    made: Iterable[NarrativePassage],
    at: StoredPassage | None = None,
    *,
    is_dropped: bool = False,
) -> Done:
    """Each in place of what is kept of its proposal, or of that passage."""
    period, protection = found.report.period.whole, desk.key_of_protection(Permission.REPORT_COMMENT)
    with _writing(desk, found) as writing:
        there = passages.of_period(writing.connection, period, protection)
        by_proposal = {one.passage.proposal: one.id for one in there if one.passage.proposal}
        for one in made:
            key = at.id if at is not None else by_proposal.get(one.proposal, PassageId(0))
            _put(desk, writing, period, one, key, is_dropped=is_dropped)
    return writing.done


@contextmanager
def _writing(desk: Desk, found: NarrativeTerms) -> Iterator[Writing]:
    """One line of the journal. Raises MonthClosed."""
    period = found.report.period.whole
    with desk.writing("report_passages", Changes(reports=True), f"{period.first:%Y-%m}") as writing:
        if closing.current(versions.of_period(writing.connection, period)) is not None:
            raise MonthClosed(period.first)
        yield writing


def _put(
    desk: Desk, writing: Writing, period: Period, said: NarrativePassage, key: PassageId, *, is_dropped: bool = False
) -> None:
    days = period.first.isoformat(), period.last.isoformat()
    made = StoredPassage(key, *days, said.heading, is_dropped, desk.now(), desk.user, said)
    passages.put(writing.trail, made, desk.key_of_protection(Permission.REPORT_COMMENT))


def keep_as_said(desk: Desk, writing: Writing, report: Report) -> None:
    """What is kept of a month is what its new version says, so that nothing comes back that it does not say."""
    period, protection = report.period.whole, desk.key_of_protection(Permission.REPORT_COMMENT)
    there = {
        one.passage: one.id for one in passages.of_period(writing.connection, period, protection) if not one.is_dropped
    }
    for passage, key in there.items():
        if passage not in report.narrative:
            writing.trail.remove(passages.PASSAGES, key)
    for passage in report.narrative:
        if passage not in there:
            _put(desk, writing, period, passage, PassageId(0))
