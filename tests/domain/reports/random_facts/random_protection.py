"""What protection may hold for the residents of a random shelter, on any day and for any stay."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.casefile.legal import LegalStep
from shelter_desk.domain.casefile.minors import BestInterests, Guardian, Tracing
from shelter_desk.domain.ids import BestInterestsId, FollowUpId, GuardianId, InterviewId, LegalStepId, TracingId
from shelter_desk.domain.reports.tables.t08_protection import ExitSheet, Sanitation
from shelter_desk.domain.stays.exits import FollowUp
from shelter_desk.domain.stays.stays import Stay
from tests.domain.reports.shelters import Shelter

START, DAYS = date(2026, 8, 20), 150
PRACTICES = ("mendicite_organisee", "trafic_illicite", "esclavage", "aucune")
_STATES = ("non_requis", "a_designer", "demande_faite", "provisoire", "designe", "refuse")
_OUTCOMES = ("va_bien", "difficultes", "danger", "injoignable", "ne_souhaite_plus")
_TYPES = ("sante", "police", "juridique")
_STEPS = ("plainte", "plainte", "refus_plainte", "audience", "verdict", "indemnisation_versee")


def _day(draw: st.DrawFn) -> date:
    return START + timedelta(days=draw(st.integers(0, DAYS)))


def _some(draw: st.DrawFn, codes: tuple[str, ...], most: int = 2) -> tuple[str, ...]:
    return tuple(draw(st.lists(st.sampled_from(codes), max_size=most, unique=True)))


def protect(draw: st.DrawFn, shelter: Shelter, partners: tuple[str, ...]) -> None:
    """Add it to the shelter."""
    known = shelter.protected
    for place, stay in enumerate(shelter.stays):
        shelter.stays[place] = _typed(draw, stay)
    for stay in shelter.stays:
        for _ in range(draw(st.integers(0, 2))):
            known.interviews.append(_interview(draw, shelter, stay))
        if draw(st.booleans()):
            known.best_interests.append(_assessment(draw, shelter, stay))
        if draw(st.booleans()):
            known.tracings.append(_tracing(draw, shelter, stay))
        for _ in range(draw(st.sampled_from((0, 0, 1, 3)))):
            known.legal_steps.append(_legal_step(draw, shelter, stay))
        if stay.exited_at is not None and draw(st.booleans()):
            known.sheets.append(ExitSheet(stay.id, draw(st.booleans()), draw(st.booleans())))
        if stay.exited_at is not None:
            for _ in range(draw(st.integers(0, 3))):
                known.follow_ups.append(_follow_up(draw, shelter, stay))
    for person in shelter.persons:
        for _ in range(draw(st.integers(0, 2))):
            number = GuardianId(len(known.guardians) + 1)
            asked, since, until = (draw(st.sampled_from((None, _day(draw)))) for _ in range(3))
            written = datetime.combine(_day(draw), datetime.min.time()).replace(hour=9)
            state = draw(st.sampled_from(_STATES))
            known.guardians.append(
                Guardian(number, person.id, state, asked, started_on=since, ended_on=until, recorded_at=written)
            )
    for place, one in enumerate(shelter.statuses):
        shelter.statuses[place] = replace(one, assimilated_practices=_some(draw, PRACTICES))
    known.partners = {name: draw(st.sampled_from(_TYPES)) for name in partners if draw(st.booleans())}
    toilets, showers = (draw(st.sampled_from((None, 0, 1, 3))) for _ in range(2))
    known.sanitation = Sanitation(toilets, showers, resident_staff=draw(st.sampled_from((0, 2))))


def _typed(draw: st.DrawFn, stay: Stay) -> Stay:
    """Typed some minutes or days after it happened, some before; of some nobody knows when."""
    minutes = st.integers(-90, 4000)
    entry, left = (draw(st.sampled_from((None, draw(minutes)))) for _ in range(2))
    recorded = None if entry is None else stay.admitted_at + timedelta(minutes=entry)
    of_exit = None if left is None or stay.exited_at is None else stay.exited_at + timedelta(minutes=left)
    return replace(stay, recorded_at=recorded, exit_recorded_at=of_exit)


def _interview(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> Interview:
    number = len(shelter.protected.interviews) + 1
    when = datetime.combine(_day(draw), datetime.min.time()).replace(hour=draw(st.integers(0, 23)), minute=30)
    refused = draw(st.booleans())
    return Interview(
        InterviewId(number),
        f"E-2026-{number:04}",
        stay.id,
        1,
        when,
        "arrete" if refused else draw(st.sampled_from(("en_cours", "pause", "arrete", "termine"))),
        consent_interview="refuse" if refused else draw(st.sampled_from(("", "donne"))),
        stage=2 if refused else draw(st.integers(0, 10)),
        exploitation_countries=_some(draw, ("ML", "DZ")),
        exploitation_regions=_some(draw, ("ml_kayes", "ml_gao")),
        assimilated_practices=_some(draw, PRACTICES),
    )


def _assessment(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> BestInterests:
    number = len(shelter.protected.best_interests) + 1
    more: Any = {"bid_requested_on": draw(st.sampled_from((None, _day(draw))))}
    form: Any = draw(st.sampled_from(("courte", "complete")))
    return BestInterests(
        BestInterestsId(number),
        f"EIS-2026-{number:04}",
        stay.id,
        "admission",
        form,
        _assessed(draw, stay),
        draw(st.sampled_from(("a_faire", "en_cours", "faite", "a_revoir", "dis_demandee", "dis_rendue"))),
        **more,
    )


def _assessed(draw: st.DrawFn, stay: Stay) -> date:
    """Near the days at which it is due, or any day."""
    return draw(st.sampled_from((stay.admitted_at.date() + timedelta(days=draw(st.integers(0, 20))), _day(draw))))


def _follow_up(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> FollowUp:
    number = FollowUpId(len(shelter.protected.follow_ups) + 1)
    held = draw(st.sampled_from((None, _day(draw))))
    return FollowUp(number, stay.id, _day(draw), held, outcome=draw(st.sampled_from(_OUTCOMES)) if held else "")


def _legal_step(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> LegalStep:
    number = len(shelter.protected.legal_steps) + 1
    day = draw(st.sampled_from((None, _day(draw))))
    return LegalStep(LegalStepId(number), f"JUR-2026-{number:04}", stay.id, draw(st.sampled_from(_STEPS)), day)


def _tracing(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> Tracing:
    number = len(shelter.protected.tracings) + 1
    days: Any = {
        name: draw(st.sampled_from((None, _day(draw)))) for name in ("requested_on", "located_on", "reunified_on")
    }
    return Tracing(TracingId(number), f"RRF-2026-{number:04}", stay.id, "en_cours", **days)
