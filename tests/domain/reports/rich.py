"""A full house with everything that is done for its residents in November 2026, the same at every call."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.assistance.assistance import Attendance
from shelter_desk.domain.casefile.incidents import Incident
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.casefile.legal import LegalStep
from shelter_desk.domain.casefile.minors import BestInterests, Guardian, Tracing
from shelter_desk.domain.codes import codes
from shelter_desk.domain.ids import BestInterestsId, GuardianId, IncidentId, InterviewId, LegalStepId, TracingId
from shelter_desk.domain.reports import Report, compute
from shelter_desk.domain.reports.tables.t08_protection import ExitSheet, Sanitation
from tests.domain.reports.shelters import NOVEMBER, Shelter

_ROOMS = ("dortoir_f", "dortoir_h", "dortoir_filles", "dortoir_garcons", "mere_enfant", "chambre_indiv")
_SERVICES = (
    "san_consult",
    "san_soins",
    "psy_ecoute",
    "jur_conseil",
    "nfi_hygiene",
    "edu_alpha",
    "ali_repas",
    "x_aut_mur",
)
_ACTIVITIES = ("psy_groupe", "edu_vie", "fop_metier", "inf_risques", "reunion_residents")
_PARTNERS = {"Centre de santé": "sante", "Brigade des mineurs": "police", "Aide aux femmes": "ong_vbg"}
_STEPS = ("plainte", "plainte", "avocat", "audience", "refus_plainte")
_PRACTICES = ("mendicite_organisee", "trafic_illicite", "esclavage")


def rich(seed: int = 11) -> Shelter:
    """The shelter."""
    chance, shelter = Random(seed), Shelter()
    for kind in _ROOMS:
        room = shelter.room(kind, 24.0)
        for _ in range(6):
            shelter.bed(room=int(room.id))
    for number in range(48):
        _come(chance, shelter, number)
    for _ in range(14):
        _hold(chance, shelter)
    for number, stay in enumerate(shelter.stays):
        day = date(2026, 11, 1) + timedelta(days=number % 30)
        step = LegalStep(LegalStepId(number + 1), f"JUR-{number}", stay.id, _STEPS[number % len(_STEPS)], day)
        shelter.protected.legal_steps.append(step)
    shelter.protected.partners = dict(list(_PARTNERS.items())[:2])
    shelter.protected.sanitation = Sanitation(2, 1, resident_staff=2)
    return shelter


def rich_report(seed: int = 11) -> Report:
    """Its report of November, with incidents."""
    found = []
    for n, kind in enumerate(
        ("vol", "vol", "fugue", "plainte", "plainte", "eas", "violence_residents", "vol", "vol", "vol"), 1
    ):
        when = datetime(2026, 10 + n % 2, 1 + 2 * n)
        closed = date(2026, 11, 20) if n % 3 else None
        severity = "" if kind == "eas" else ("mineur", "modere", "grave")[n % 3]
        found.append(Incident(IncidentId(n), "", when, when, kind, severity, answered_on=closed, closed_on=closed))
    return compute(replace(shelter_facts(seed), incidents=tuple(found)))


def shelter_facts(seed: int = 11) -> Any:
    """What is read of it for November."""
    return rich(seed).facts(NOVEMBER)


def _come(chance: Random, shelter: Shelter, number: int) -> None:
    sex, age = chance.choice("ffm"), chance.choice((3, 8, 14, 16, 22, 27, 35, 41, 63, None))
    born = None if age is None else date(2026 - age, 3, 1 + number % 27)
    came = date(2026, 8, 20) + timedelta(days=chance.randrange(95))
    left = came + timedelta(days=chance.randrange(1, 60)) if chance.random() < 0.6 else None
    nationality, alone = chance.choice(("ML", "ML", "GN", "SN", "CI")), age is not None and age < 18
    more: dict[str, Any] = {"child_status": chance.choice(("non_accompagne", "separe", "accompagne"))} if alone else {}
    if left is not None:
        more["exit_reason"] = chance.choice(("reunification", "avrr", "fugue_disparition", "transfert"))
        more["exit_destination"] = chance.choice(("mali_autre", "inconnue", "mali_region"))
    person = shelter.person(sex, born, nationality, region_origin=chance.choice(("ml_kayes", "ml_gao", "")))
    stay = shelter.stay(person, came, left, **more)
    if left is None or left > came:
        shelter.place(stay, bed=shelter.beds[number % len(shelter.beds)])
    for decided, status in (
        (3, "depistage_en_cours"),
        (9, "presumee"),
        (20, chance.choice(("identifiee", "non_victime"))),
    ):
        if chance.random() < 0.6:
            day = came + timedelta(days=decided)
            forms = (chance.choice(("trav_domestique", "sex_prive")),)
            kept = {"exploitation_forms": forms, "status_decided_by": "oim", "assimilated_practices": ()}
            shelter.status(stay, status, day, **kept)
    _care(chance, shelter, stay)
    if alone:
        _protect(chance, shelter, stay)


def _care(chance: Random, shelter: Shelter, stay: Any) -> None:
    for _ in range(chance.randrange(5)):
        day = date(2026, 11, 1) + timedelta(days=chance.randrange(30))
        cost = chance.choice((None, 1500, 4000))
        kind = chance.choice(("centre", "centre", "partenaire"))
        donor = chance.choice(("oim", "ue", ""))
        shelter.serve(stay, chance.choice(_SERVICES), day, 1.0, cost_xof=cost, donor=donor, provider_kind=kind)
    if chance.random() < 0.6:
        issued = date(2026, 10, 20) + timedelta(days=chance.randrange(35))
        state = chance.choice(("emise", "service_recu", "sans_suite", "refusee_personne"))
        ended = {"served_on" if state == "service_recu" else "closed_on": issued + timedelta(days=6)}
        wanted = (chance.choice(("san_consult", "jur_conseil")),)
        known = ended if state != "emise" else {"follow_up_on": issued + timedelta(days=3)}
        shelter.refer(stay, issued, state, partner=chance.choice(list(_PARTNERS)), service_wanted=wanted, **known)
    if chance.random() < 0.5:
        number = InterviewId(len(shelter.protected.interviews) + 1)
        when = datetime(2026, 11, 1 + chance.randrange(29), 10, 15)
        told = (chance.choice(_PRACTICES),) if chance.random() < 0.4 else ()
        land, region = (chance.choice(("ML", "DZ", "LY")),), (chance.choice(("ml_kayes", "ml_gao")),)
        shelter.protected.interviews.append(
            Interview(
                number,
                f"E-{number}",
                stay.id,
                1,
                when,
                "termine",
                exploitation_countries=land,
                exploitation_regions=region,
                assimilated_practices=told,
            )
        )


def _protect(chance: Random, shelter: Shelter, stay: Any) -> None:
    known, came = shelter.protected, stay.admitted_at.date()
    number = len(known.best_interests) + 1
    if chance.random() < 0.7:
        made = came + timedelta(days=chance.randrange(1, 9))
        form: Any = chance.choice(("courte", "complete"))
        known.best_interests.append(
            BestInterests(BestInterestsId(number), f"EIS-{number}", stay.id, "admission", form, made, "faite")
        )
        known.guardians.append(Guardian(GuardianId(number), stay.person, "designe", started_on=made))
    if chance.random() < 0.6:
        number = len(known.tracings) + 1
        asked = date(2026, 11, 1 + chance.randrange(20))
        found = asked + timedelta(days=8) if chance.random() < 0.5 else None
        known.tracings.append(
            Tracing(TracingId(number), f"RRF-{number}", stay.id, "en_cours", requested_on=asked, located_on=found)
        )
    if stay.exited_at is not None:
        known.sheets.append(ExitSheet(stay.id, chance.random() < 0.7, chance.random() < 0.7))


def _hold(chance: Random, shelter: Shelter) -> None:
    day = date(2026, 11, 2) + timedelta(days=chance.randrange(27))
    themes = [one.code for one in codes("training_theme")]
    if chance.random() < 0.3:
        staff = tuple(
            Attendance(f"Agent {n}", "Agent", chance.choice("fm"), chance.randrange(20, 60), chance.randrange(50, 100))
            for n in range(chance.randrange(3, 8))
        )
        shelter.hold(
            "formation_personnel", day, audience="personnel", theme=chance.choice(themes), hours=3.0, staff=staff
        )
        return
    there = chance.sample(shelter.stays, chance.randrange(3, 9))
    shelter.hold(
        chance.choice(_ACTIVITIES),
        day,
        there,
        audience=chance.choice(("residents", "mixte")),
        theme=chance.choice(("", "genre")),
        hours=chance.choice((1.0, 1.5, 2.0)),
        facilitators="Agent A",
        outside=(0, 0, 2, 1),
    )
