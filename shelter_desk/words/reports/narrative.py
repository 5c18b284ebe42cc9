"""The narrative of a month in words: its headings, the sentences that figures propose, the page as it leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shelter_desk import words
from shelter_desk.domain.reports import narrative
from shelter_desk.domain.reports.narrative import NORM, TARGET, ProposedSentence
from shelter_desk.domain.reports.passages import HEADINGS, Heading, NarrativePassage
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.synthesis import NormHeld
from shelter_desk.words import formats
from shelter_desk.words.reports import cover as cover_words
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports import synthesis as synthesis_words
from shelter_desk.words.reports.cover import CoverSaid

NAMED = 4  # things that a sentence names, the others are counted
_Number = int | float


def heading(code: Heading) -> str:
    """What a part of the narrative is called."""
    names: dict[Heading, str] = {
        "highlights": words.text("Highlights"),
        "targets": words.text("Results against targets"),
        "difficulties": words.text("Difficulties"),
        "needs": words.text("Needs that come first"),
        "coordination": words.text("Coordination and visits"),
        "security": words.text("Safety of the house"),
        "outlook": words.text("Outlook"),
        "lessons": words.text("Lessons"),
    }
    return names[code]


def passage(report: Report, one: NarrativePassage) -> str:
    """What it says: words of one's own, or the sentence with the figures that were agreed to."""
    if one.text:
        return one.text
    return proposal(report, ProposedSentence(one.proposal, one.heading, one.numbers, one.things))


def proposal(report: Report, one: ProposedSentence) -> str:
    """The sentence that its numbers make. report: of which month, and what its articles are called."""
    numbers = dict(one.numbers)
    if one.key.startswith(NORM):
        ref = one.key.removeprefix(NORM), ()
        told = synthesis_words.norm(NormHeld(ref, numbers["found"], numbers["limit"], holds=False))
        return words.text("Norm not held, {norm}.").format(norm=told[:1].lower() + told[1:])
    if one.key.startswith(TARGET):
        return _target(one.key.removeprefix(TARGET), numbers["value"], numbers["target"])
    if one.key in ("short", "expiring"):
        return _items(report, one.key, one.things)
    if one.key == "before":
        return _before(report, numbers)
    return _SENTENCES[one.key](numbers)


def _before(report: Report, numbers: Mapping[str, _Number]) -> str:
    told = words.text("The month before, {month}: {entries}, {exits} and {nights}.")
    month = formats.month(report.period.month_before.first)
    return told.format(
        month=month,
        entries=_counted("t2.entries", numbers),
        exits=_counted("t2.exits", numbers),
        nights=_counted("t1.person_nights", numbers),
    )


def _target(key: str, value: _Number, target: _Number) -> str:
    told = words.text("{label}: {value} since January, of a target of {target} ({share} %).")
    return told.format(
        label=report_words.headline(key),
        value=report_words.value(value),
        target=report_words.value(target),
        share=formats.number(round(100 * value / target)),
    )


def _items(report: Report, key: str, codes: tuple[str, ...]) -> str:
    names = [report_words.label(("item_code", code), report.names) for code in codes[:NAMED]]
    listed = ", ".join(names if len(codes) <= NAMED else [*names, "…"])
    if key == "short":
        told = words.count(
            "{n} article has less than a week of cover", "{n} articles have less than a week of cover", len(codes)
        )
    else:
        told = words.count("{n} article expires soon", "{n} articles expire soon", len(codes))
    return words.text("{what}: {names}.").format(what=told, names=listed)


def _value(numbers: Mapping[str, _Number], name: str) -> int:
    return int(numbers[name])


def _counted(name: str, numbers: Mapping[str, _Number]) -> str:
    """A number with what it counts, a rate alone; thousands stand apart."""
    if name not in _COUNTS:
        return report_words.value(numbers[name])
    n = _value(numbers, name)
    return _COUNTS[name](n).replace(str(n), formats.number(n), 1)


_COUNTS: Mapping[str, Callable[[int], str]] = {
    "t2.present_start": lambda n: words.count("{n} person present", "{n} persons present", n),
    "t2.present_end": lambda n: words.count("{n} person present", "{n} persons present", n),
    "t2.entries": lambda n: words.count("{n} entry", "{n} entries", n),
    "t2.exits": lambda n: words.count("{n} exit", "{n} exits", n),
    "t2.distinct_persons": lambda n: words.count("{n} person", "{n} persons", n),
    "t1.person_nights": lambda n: words.count("{n} night slept", "{n} nights slept", n),
    "t4.new_presumed": lambda n: words.count("{n} new presumed victim", "{n} new presumed victims", n),
    "t4.new_identified": lambda n: words.count("{n} new identified victim", "{n} new identified victims", n),
    "t5.minors": lambda n: words.count("{n} minor", "{n} minors", n),
    "t5.alone": lambda n: words.count("{n} unaccompanied or separated", "{n} unaccompanied or separated", n),
    "t5.with_guardian": lambda n: words.count("{n} has a guardian", "{n} have a guardian", n),
    "t6.events": lambda n: words.count("{n} service", "{n} services", n),
    "t6.beneficiaries": lambda n: words.count("{n} person", "{n} persons", n),
    "t7.issued": lambda n: words.count("{n} referral", "{n} referrals", n),
    "t7.accepted": lambda n: words.count("{n} was accepted", "{n} were accepted", n),
    "t7.served": lambda n: words.count("{n} service received", "{n} services received", n),
    "t2.requests_asked": lambda n: words.count("{n} request for a place", "{n} requests for a place", n),
    "t2.requests_admitted": lambda n: words.count("{n} led to an admission", "{n} led to an admission", n),
    "t9.sessions": lambda n: words.count("{n} activity", "{n} activities", n),
    "t9.participations": lambda n: words.count("{n} participation", "{n} participations", n),
    "t9.trainings": lambda n: words.count("{n} training of the staff", "{n} trainings of the staff", n),
    "t9.trained_persons": lambda n: words.count("{n} person trained", "{n} persons trained", n),
    "t12.incidents": lambda n: words.count("{n} incident", "{n} incidents", n),
    "t12.closed": lambda n: words.count("{n} closed in the month", "{n} closed in the month", n),
    "t12.open_end": lambda n: words.count("{n} open at its end", "{n} open at its end", n),
    "t12.complaints_received": lambda n: words.count("{n} complaint received", "{n} complaints received", n),
    "t12.complaints_answered": lambda n: words.count("{n} with an answer", "{n} with an answer", n),
    "en_panne": lambda n: words.count("{n} broken", "{n} broken", n),
    "en_reparation": lambda n: words.count("{n} under repair", "{n} under repair", n),
    "hors_service": lambda n: words.count("{n} out of use", "{n} out of use", n),
}


def _filled(sentence: str, numbers: Mapping[str, _Number], **names: str) -> str:
    """The sentence with a counted number in each place."""
    return sentence.format(**{place: _counted(name, numbers) for place, name in names.items()})


_SENTENCES: Mapping[str, Callable[[Mapping[str, _Number]], str]] = {
    "moved": lambda of: _filled(
        words.text("The month began with {start} and ended with {end}, after {entries} and {exits}."),
        of,
        start="t2.present_start",
        end="t2.present_end",
        entries="t2.entries",
        exits="t2.exits",
    ),
    "hosted": lambda of: _filled(
        words.text("The shelter hosted {persons} for {nights}, with an occupancy of {rate} %."),
        of,
        persons="t2.distinct_persons",
        nights="t1.person_nights",
        rate="t1.occupancy_rate",
    ),
    "victims": lambda of: _filled(
        words.text("The month counts {presumed} and {identified}."),
        of,
        presumed="t4.new_presumed",
        identified="t4.new_identified",
    ),
    "minors": lambda of: _filled(
        words.text("Among the persons hosted: {minors}, of whom {alone}."), of, minors="t5.minors", alone="t5.alone"
    ),
    "services": lambda of: _filled(
        words.text("The team gave {services} to {persons}."), of, services="t6.events", persons="t6.beneficiaries"
    ),
    "pending": lambda of: words.count(
        "{n} screening waits for a decision at the end of the month.",
        "{n} screenings wait for a decision at the end of the month.",
        _value(of, "t4.pending_end"),
    ),
    "late": lambda of: words.count(
        "{n} referral is late to be followed up.",
        "{n} referrals are late to be followed up.",
        _value(of, "t7.late"),
    ),
    "unanswered": lambda of: words.count(
        "{n} referral stayed without an answer.",
        "{n} referrals stayed without an answer.",
        _value(of, "t7.no_response"),
    ),
    "declined": lambda of: words.count(
        "{n} referral was declined by the provider.",
        "{n} referrals were declined by the provider.",
        _value(of, "t7.refused_provider"),
    ),
    "refused": lambda of: words.count(
        "{n} request for a place was refused.",
        "{n} requests for a place were refused.",
        _value(of, "t2.requests_refused"),
    ),
    "special": lambda of: words.count(
        "{n} person hosted has a specific need.",
        "{n} persons hosted have a specific need.",
        _value(of, "t3.needs"),
    ),
    "guardians": lambda of: _filled(
        words.text("Of the minors, {alone}; of these {guarded}."), of, alone="t5.alone", guarded="t5.with_guardian"
    ),
    "tickets": lambda of: words.count(
        "{n} maintenance ticket is open.", "{n} maintenance tickets are open.", _value(of, "t10.open_tickets")
    ),
    "equipment": lambda of: words.text("Equipment out of use: {counts}.").format(
        counts=", ".join(_counted(name, of) for name in of)
    ),
    "referred": lambda of: _filled(
        words.text("The shelter issued {issued}; {accepted} in the month, with {served}."),
        of,
        issued="t7.issued",
        accepted="t7.accepted",
        served="t7.served",
    ),
    "received": lambda of: words.count(
        "{n} referral was received from another organisation.",
        "{n} referrals were received from other organisations.",
        _value(of, "t7.incoming_issued"),
    ),
    "requests": lambda of: _filled(
        words.text("The shelter received {asked}; {admitted}."),
        of,
        asked="t2.requests_asked",
        admitted="t2.requests_admitted",
    ),
    "sessions": lambda of: _filled(
        words.text("The house held {sessions}, with {participations}."),
        of,
        sessions="t9.sessions",
        participations="t9.participations",
    ),
    "incidents": lambda of: _filled(
        words.text("The register has {incidents} of the month: {closed}, {open}."),
        of,
        incidents="t12.incidents",
        closed="t12.closed",
        open="t12.open_end",
    ),
    "quiet": lambda _: words.text("No incident was reported in the month."),
    "complaints": lambda of: _filled(
        words.text("Complaints: {received}, {answered}."),
        of,
        received="t12.complaints_received",
        answered="t12.complaints_answered",
    ),
    "staying": lambda of: words.count(
        "{n} person goes on with the stay.", "{n} persons go on with their stay.", _value(of, "t2.present_end")
    ),
    "open": lambda of: words.count(
        "{n} referral stays open and is followed up.",
        "{n} referrals stay open and are followed up.",
        _value(of, "t7.open_end"),
    ),
    "waiting": lambda of: words.count(
        "{n} request for a place waits.", "{n} requests for a place wait.", _value(of, "t2.requests_waiting_end")
    ),
    "trained": lambda of: _filled(
        words.text("The team had {trainings}: {persons}."), of, trainings="t9.trainings", persons="t9.trained_persons"
    ),
    "typed_late": lambda of: words.count(
        "{n} entry or exit was typed afterwards.",
        "{n} entries or exits were typed afterwards.",
        _value(of, "t2.late_entries"),
    ),
}


@dataclass(frozen=True, slots=True)
class NarrativePage:
    """The narrative as its reader has it. about: the lines below the title; parts: each heading with its paragraphs.

    signed: who made it, and where it is signed. warning: stands at the head of each page, "" for none.
    """

    title: str
    about: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    signed: tuple[tuple[str, str], ...]
    foot: str
    warning: str
    made_at: datetime | None
    language: str


def page(report: Report, cover: CoverSaid, *, training: bool) -> NarrativePage:
    """The narrative of a report as a level is given it. A heading under which nothing is said is left out."""
    said = parts(report)
    place = words.text("{shelter}, {town}").format(shelter=cover.shelter, town=cover.town)
    days = report_words.days(report.period if report.period.nights else report.period.whole)
    state = " · ".join((days, report_words.state(report), report_words.level(report.profile)))
    month = report_words.as_of(formats.month(report.period.first), report.period)
    marks = [words.text("TRAINING")] if training else []
    marks += [words.text("DO NOT PASS ON")] if report.profile == "interne" else []
    digest = words.text("SHA-256 of the version: {sum}").format(sum=report.sha256) if report.sha256 else ""
    return NarrativePage(
        words.text("Narrative report, {month}").format(month=month),
        (place if cover.town else cover.shelter, state),
        tuple((heading(code), told) for code, told in said),
        tuple(cover_words.signed(report, cover)),
        digest,
        " · ".join(marks),
        cover.made_at,
        words.language(),
    )


def parts(report: Report) -> list[tuple[Heading, tuple[str, ...]]]:
    """What this reader is told under each heading; a heading without a word is left out."""
    given = narrative.given(report)
    told = ((code, tuple(passage(report, one) for one in given if one.heading == code)) for code in HEADINGS)
    return [(code, said) for code, said in told if said]
