"""Random shelters in which people are cared for: services, activities, referrals, on any day and for any stay."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from shelter_desk.domain.assistance.assistance import Attendance
from shelter_desk.domain.stays.stays import Stay
from tests.domain.reports.random_facts.random_protection import protect
from tests.domain.reports.random_facts.random_shelters import shelters
from tests.domain.reports.shelters import Shelter

START, DAYS = date(2026, 8, 20), 150
_SERVICES = (
    "edu_alpha",
    "fop_kit",
    "san_consult",
    "san_soins",
    "ali_repas",
    "ali_repas",
    "nfi_hygiene",
    "ret_aide_fin",
    "x_san_dentiste",
    "aut",
)
_ACTIVITIES = ("psy_groupe", "fop_metier", "ali_repas", "formation_personnel", "reunion_residents")
_STATUSES = ("fait", "fait", "fait", "prevu", "non_tenu", "refuse")
_QUANTITIES = (1.0, 1.0, 2.0, 0.1, 0.2, 2.5, 50000.0)
_STATES = (
    "brouillon",
    "emise",
    "acceptee",
    "service_recu",
    "cloturee",
    "refusee_structure",
    "refusee_personne",
    "sans_suite",
    "annulee",
)
PARTNERS = ("Centre de santé", "Brigade des mineurs", "=1+1", "0012", "Soins; conseils, écoute", "2026-11-01")


@st.composite
def days(draw: st.DrawFn) -> date:
    """Before the first admission, within the year, after the last exit."""
    return START + timedelta(days=draw(st.integers(0, DAYS)))


@st.composite
def cared_for(draw: st.DrawFn, most_stays: int = 8, persons: tuple[int, int] = (0, 8)) -> Shelter:
    """A random shelter with what was done for its residents; also on void stays, which count nowhere."""
    shelter = draw(shelters(most_stays, persons))
    for stay in list(shelter.stays):
        for _ in range(draw(st.integers(0, 3))):
            _serve(draw, shelter, stay)
        for _ in range(draw(st.integers(0, 2))):
            _refer(draw, shelter, stay)
    for _ in range(draw(st.integers(0, 4))):
        _hold(draw, shelter)
    protect(draw, shelter, PARTNERS)
    return shelter


def _serve(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> None:
    shelter.serve(
        stay,
        draw(st.sampled_from(_SERVICES)),
        draw(days()),
        draw(st.sampled_from(_QUANTITIES)),
        provider_kind=draw(st.sampled_from(("centre", "partenaire"))),
        partner=draw(st.sampled_from(("", *PARTNERS))),
        donor=draw(st.sampled_from(("", "oim"))),
        cost_xof=draw(st.sampled_from((None, 0, 1500))),
        status=draw(st.sampled_from(_STATUSES)),
    )


def _refer(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> None:
    """Days in the order of the states, as the desk and the workbook keep them."""
    state, issued = draw(st.sampled_from(_STATES)), draw(days())
    accepted = issued + timedelta(days=draw(st.integers(0, 20)))
    served = accepted + timedelta(days=draw(st.integers(0, 20)))
    closed = served + timedelta(days=draw(st.integers(0, 40)))
    known: dict[str, Any] = {}
    if state == "acceptee" or (state not in ("brouillon", "emise") and draw(st.booleans())):
        known["accepted_on"] = accepted
    if state in ("service_recu", "cloturee"):
        known["served_on"] = served
    if state in ("cloturee", "refusee_structure", "refusee_personne", "sans_suite", "annulee"):
        known["closed_on"] = closed
    elif state != "service_recu" and draw(st.booleans()):
        known["closed_on"] = closed  # a day that a workbook brought for one that is open: it ends nothing
    shelter.refer(
        stay,
        issued,
        state,
        direction=draw(st.sampled_from(("sortante", "entrante"))),
        partner=draw(st.sampled_from(PARTNERS)),
        service_wanted=tuple(draw(st.lists(st.sampled_from(("san", "psy", "jur_conseil")), max_size=2, unique=True))),
        follow_up_on=draw(st.none() | days()),
        **known,
    )


def _hold(draw: st.DrawFn, shelter: Shelter) -> None:
    staff = draw(st.lists(st.sampled_from(("f", "m", "")), max_size=3))
    there = draw(st.lists(st.sampled_from(shelter.stays), max_size=4, unique=True)) if shelter.stays else []
    shelter.hold(
        draw(st.sampled_from(_ACTIVITIES)),
        draw(days()),
        there,
        audience=draw(st.sampled_from(("residents", "personnel", "communaute", "mixte"))),
        theme=draw(st.sampled_from(("", "T01"))),
        hours=draw(st.sampled_from((None, 1.0, 1.5, 0.1))),
        status=draw(st.sampled_from(_STATUSES)),
        outside=draw(st.sampled_from(((0, 0, 0, 0), (3, 0, 0, 1)))),
        facilitators=draw(st.sampled_from(("", "Agent A"))),
        staff=tuple(_attendance(draw, n, sex) for n, sex in enumerate(staff)),
    )


def _attendance(draw: st.DrawFn, number: int, sex: str) -> Attendance:
    before, after = (draw(st.sampled_from((None, 0, 45, 80))) for _ in range(2))
    return Attendance(draw(st.sampled_from((f"Agent {number}", "agent  0"))), "", sex, before, after)
