"""Houses of one or two persons in which one rule of red flags speaks, and the nearest ones in which it is silent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from shelter_desk.domain.assistance.referrals import Consent, Referral
from shelter_desk.domain.beds.beds import Bed, BedState, Room
from shelter_desk.domain.casefile.assessments import Assessment
from shelter_desk.domain.casefile.incidents import ContactRisk
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.casefile.minors import BestInterests, Guardian
from shelter_desk.domain.flags.facts import CaseFacts, Departure, GivenService, HouseFacts
from shelter_desk.domain.ids import (
    AbsenceId,
    AssessmentId,
    BedId,
    BedStateId,
    BestInterestsId,
    ConsentId,
    ContactRiskId,
    GuardianId,
    InterviewId,
    PersonId,
    PlacementId,
    ReferralId,
    RoomId,
    StayId,
    UserId,
    VictimStatusId,
)
from shelter_desk.domain.residents.residents import Birth, Person
from shelter_desk.domain.stays.roll_call import RollCall, RollCallDone
from shelter_desk.domain.stays.stays import Absence, Placement, Stay, VictimStatus

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 16)
CLINIC, UNHCR, CONSULATE = "Centre de santé Baobab", "Bureau des réfugiés", "Consulat"
TYPES = {CLINIC: "sante", UNHCR: "hcr", CONSULATE: "consulat"}


@dataclass(frozen=True, slots=True)
class Scene:
    """A rule with its kind, a house in which it speaks, and one in which it does not."""

    rule: str
    kind: str
    speaks: HouseFacts
    silent: HouseFacts


def ago(days: int, hour: int = 15) -> datetime:
    return datetime.combine(TODAY - timedelta(days=days), datetime.min.time()).replace(hour=hour)


def day(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=days)


def born(age: int, days: int = 0) -> Birth:
    """Who turned that age so many days ago."""
    return Birth(day(days).replace(year=day(days).year - age))


def person(key: int = 1, age: int = 27, sex: str = "f", birth: Birth | None = None) -> Person:
    return Person(PersonId(key), f"P{key}", sex, birth or born(age, 100), "GN")


def stay(key: int = 1, since: int = 4, **said: Any) -> Stay:
    whole: dict[str, Any] = {"admitted_at": ago(since), "entry_kind": "premiere", "migration_situation": "transit"}
    return Stay(StayId(key), f"2026-{key:04}", PersonId(key), **(whole | said))


# what keeps the steps of a case silent unless a scene is about them
FOLLOWED = (
    GivenService("pro_suivi", TODAY),
    GivenService("pro_depistage", TODAY),
    GivenService("pro_evaluation", TODAY),
    GivenService("pro_plan", TODAY),
)


def case(
    key: int = 1, since: int = 4, age: int = 27, sex: str = "f", birth: Birth | None = None, **said: Any
) -> CaseFacts:
    """Somebody admitted so many days ago; what begins with `stay_` goes to the stay."""
    of_stay = {name.removeprefix("stay_"): value for name, value in said.items() if name.startswith("stay_")}
    rest = {name: value for name, value in said.items() if not name.startswith("stay_")}
    return CaseFacts(stay(key, since, **of_stay), person(key, age, sex, birth), **({"given": FOLLOWED} | rest))


def house(*cases: CaseFacts, **said: Any) -> HouseFacts:
    return HouseFacts(NOW, tuple(cases), **({"partner_types": TYPES} | rooms(beds=40) | said))


def alone(since: int, **said: Any) -> CaseFacts:
    """An unaccompanied girl of 15 whose guardian, assessment and notice are in order unless said."""
    kept: dict[str, Any] = {
        "guardians": (Guardian(GuardianId(1), PersonId(1), "designe"),),
        "best_interests": (interests(),),
        "notified": (day(since),),
    }
    return case(since=since, age=15, stay_child_status="non_accompagne", **(kept | said))


def interests(form: Any = "complete", status: str = "faite", days: int = 1) -> BestInterests:
    return BestInterests(BestInterestsId(1), "B1", StayId(1), "admission", form, day(days), status)


def interview(key: int = 1, days: int = 1, **said: Any) -> Interview:
    whole: dict[str, Any] = {"interviewer_trained": True, "immediate_danger": False}
    return Interview(InterviewId(key), f"E{key}", StayId(1), key, ago(days), "termine", **(whole | said))


def assessment(days: int = 1, **said: Any) -> Assessment:
    return Assessment(AssessmentId(1), "A1", StayId(1), 1, day(days), recorded_at=ago(days), **said)


def status(code: str, days: int = 1, **said: Any) -> VictimStatus:
    return VictimStatus(VictimStatusId(1), StayId(1), code, day(days), **said)


def consent(purpose: str = "enregistrement_donnees", recipient: str = "", days: int = 9, **said: Any) -> Consent:
    whole: dict[str, Any] = {"status": "donne", "mode": "signature", "given_by": "personne", "given_on": day(days)}
    return Consent(ConsentId(1), PersonId(1), purpose, recipient=recipient, **(whole | said))


def referral(partner: str = CLINIC, days: int = 2, **said: Any) -> Referral:
    whole: dict[str, Any] = {"service_wanted": ("san",)}
    number = ReferralId(1)
    return Referral(number, "R-2026-0001", StayId(1), "sortante", day(days), partner, "emise", **(whole | said))


def placed(key: int = 1, bed: int = 1, days: int = 4, place: Any = "lit", **said: Any) -> dict[str, Any]:
    """Where a case sleeps, as its keyword."""
    slept = Placement(PlacementId(key), StayId(key), place, ago(days), bed=BedId(bed), **said)
    return {"placements": (slept,)}


def rooms(rule: str = "f", surface: float | None = None, beds: int = 2) -> dict[str, Any]:
    """One room with beds 1 and so on, as keywords of a house."""
    room = Room(RoomId(1), "1", "Chambre", "dortoir_f", rule, "tous", surface)
    made = {BedId(n): Bed(BedId(n), f"1{chr(64 + n)}", RoomId(1), "simple", ago(900)) for n in range(1, beds + 1)}
    return {"rooms": {RoomId(1): room}, "beds": made}


def called(night: int, *seen: int, absent: str = "") -> dict[str, Any]:
    """The roll call of that many nights ago, the nights since then looked at, as keywords of a house."""
    call = RollCall(day(night), ago(night, 21), UserId(1), tuple(RollCallDone(StayId(one), absent) for one in seen))
    return {"calls": {day(night): call}, "first_call": day(night), "nights_from": day(7), "nights_until": TODAY}


def left(days: int = 3, reason: str = "reunification", **said: Any) -> Departure:
    return Departure(StayId(9), PersonId(9), "P9", day(days), reason, **said)


def gone(*departures: Departure, cases: tuple[CaseFacts, ...] = ()) -> HouseFacts:
    return house(*cases, departures=departures)


def scenes() -> Iterator[Scene]:
    """Every rule and kind but R-34, which is about words."""
    yield from _of_stays()
    yield from _of_rooms()
    yield from _of_minors()
    yield from _of_identification()
    yield from _of_care()
    yield from _of_consent()


def _of_stays() -> Iterator[Scene]:
    yield Scene("R-01", "upside_down", house(case(stay_exited_at=ago(5))), house(case(stay_exited_at=ago(4))))
    yield Scene("R-01", "future", house(case(since=-1)), house(case(since=0)))
    earlier = stay(2, 9, exited_at=ago(4, 16))
    before = replace(earlier, exited_at=ago(4, 14))
    yield Scene("R-01", "overlap", house(case(other_stays=(earlier,))), house(case(other_stays=(before,))))
    near, far = person(2, birth=born(30, 100)), person(2, birth=born(31, 100))
    yield Scene("R-02", "", house(case(alike=(near,))), house(case(alike=(far,))))
    yield Scene("R-14", "", house(case(since=16)), house(case(since=15)))
    old = (GivenService("pro_suivi", TODAY), GivenService("pro_depistage", TODAY))
    reviewed: dict[str, Any] = {"assessments": (assessment(31),), "plans": (day(31),)}
    minor = case(since=31, age=15, given=old, **reviewed)
    yield Scene("R-14", "minor", house(minor), house(replace(minor, plans=(day(30),))))
    away = Absence(AbsenceId(1), StayId(1), "injustifiee", ago(4))
    back_soon = replace(away, start=ago(3))
    yield Scene("R-30", "", house(case(since=9, absences=(away,))), house(case(since=9, absences=(back_soon,))))
    child = case(1, stay_head=StayId(9), stay_is_dependant=True, age=3)
    stranger = replace(child, stay=replace(child.stay, head=StayId(8)))
    yield Scene("R-32", "stayed", gone(left(), cases=(child,)), gone(left(), cases=(stranger,)))
    yield Scene(
        "R-32",
        "left",
        gone(left(head=StayId(1), is_minor=True), cases=(case(1),)),
        gone(left(head=StayId(1)), cases=(case(1),)),
    )
    yield Scene("R-33", "case", gone(left(31)), gone(left(30)))
    overdue, due_today = left(9, follow_up_on=day(1)), left(9, follow_up_on=TODAY)
    yield Scene("R-33", "follow_up", gone(overdue), gone(due_today))


def _of_rooms() -> Iterator[Scene]:
    one, other = case(1, **placed(1, 1)), case(2, **placed(2, 1))
    yield Scene("R-03", "taken", house(one, other, **rooms()), house(one, case(2, **placed(2, 2)), **rooms()))
    broken = BedState(BedStateId(1), BedId(1), "hors_service", ago(1))
    mended = replace(broken, end=ago(0, 9))
    yield Scene("R-03", "unusable", house(one, **rooms(), states=(broken,)), house(one, **rooms(), states=(mended,)))
    girl = case(2, age=15, **placed(2, 2))
    man, woman = case(1, sex="m", **placed(1, 1)), case(1, **placed(1, 1, days=0))
    yield Scene("R-04", "", house(man, girl, **rooms("tous")), house(woman, girl, **rooms("tous")))
    new = replace(girl, **placed(2, 2, days=0))
    grown = case(2, age=18, **placed(2, 2, days=0))
    yield Scene("R-05", "", house(woman, new, **rooms()), house(woman, grown, **rooms()))
    yield Scene("R-05", "late", house(woman, girl, **rooms()), house(woman, new, **rooms()))
    yield Scene("R-06", "", house(man, **rooms("f")), house(man, **rooms("m")))
    over = house(one, other, **rooms(beds=1))
    yield Scene("R-12", "red", over, house(one, other, **rooms(beds=2)))
    ten = tuple(case(n, since=0, **placed(n, n, days=0)) for n in range(1, 12))
    yield Scene("R-12", "", house(*ten, **rooms(beds=10)), house(*ten, **rooms(beds=11)))
    yield Scene("R-13", "space", house(one, **rooms(surface=3.4)), house(one, **rooms(surface=3.5)))
    many = tuple(case(n) for n in range(1, 22))
    yield Scene("R-13", "toilets", house(*many, toilets=1), house(*many[:20], toilets=1))
    yield Scene("R-13", "showers", house(*many, showers=1), house(*many[:20], showers=1))
    here = case(1, since=20, **placed(1, 1, days=20))
    both = {day(n): called(n, 1)["calls"][day(n)] for n in (2, 1)}
    yield Scene("R-31", "missing", house(here, **called(2, 1)), house(here, **(called(2, 1) | {"calls": both})))
    absent = called(1, 1, absent="hopital")
    yield Scene("R-31", "differs", house(here, **absent), house(here, **called(1, 1)))


def _of_minors() -> Iterator[Scene]:
    yield Scene("R-07", "soon", house(case(birth=_turning(30))), house(case(birth=_turning(31))))
    turned: dict[str, Any] = {"stay_child_status": "accompagne"}
    today_18 = case(birth=born(18), **turned)
    yield Scene("R-07", "turned", house(today_18), house(case(birth=born(18), stay_child_status="sans_objet")))
    long_ago, settled = case(birth=born(21), **turned), case(birth=born(21), stay_child_status="sans_objet")
    yield Scene("R-07", "turned", house(long_ago), house(settled))
    none: dict[str, Any] = {"guardians": ()}
    yield Scene("R-08", "request", house(alone(3, **none)), house(alone(2, **none)))
    asked = (Guardian(GuardianId(1), PersonId(1), "demande_faite", day(20)),)
    yield Scene("R-08", "guardian", house(alone(16, guardians=asked)), house(alone(15, guardians=asked)))
    unfinished = (interests(status="en_cours"),)
    yield Scene("R-09", "short", house(alone(4, best_interests=unfinished)), house(alone(3, best_interests=unfinished)))
    short = (interests("courte"),)
    yield Scene("R-09", "full", house(alone(15, best_interests=short)), house(alone(14, best_interests=short)))
    child: dict[str, Any] = {"is_minor": True, "child_alone": True}
    whole = left(**child, decision=True, received=True)
    yield Scene("R-10", "decision", gone(replace(whole, decision=False)), gone(whole))
    yield Scene(
        "R-10", "adult", gone(replace(whole, received=False)), gone(replace(whole, reason="transfert", received=False))
    )
    yield Scene("R-11", "", house(alone(3, notified=())), house(alone(2, notified=())))
    yield Scene(
        "R-22", "married", house(case(age=16, marital_status="marie")), house(case(age=18, marital_status="marie"))
    )
    expecting: dict[str, Any] = {"specific_needs": ("enceinte",)}
    yield Scene("R-22", "pregnant", house(case(age=17, **expecting)), house(case(age=18, **expecting)))
    baby = case(2, age=0, stay_head=StayId(1), stay_is_dependant=True)
    yield Scene("R-22", "mother", house(case(age=17), baby), house(case(age=18), baby))


def _turning(days: int) -> Birth:
    """Who turns 18 in so many days."""
    birthday = TODAY + timedelta(days=days)
    return Birth(birthday.replace(year=birthday.year - 18))


def _of_identification() -> Iterator[Scene]:
    told = {"i01_tiers_organise": "oui", "i07_papiers": "oui", "i14_non_paye": "oui"}
    known = interview(days=8, indicators=told)
    yield Scene(
        "R-18", "", house(case(interviews=(known,))), house(case(interviews=(interview(days=7, indicators=told),)))
    )
    whole = status("identifiee", status_decided_by="oim", status_decider="Agent B")
    yield Scene(
        "R-19", "body", house(case(statuses=(replace(whole, status_decided_by=""),))), house(case(statuses=(whole,)))
    )
    yield Scene(
        "R-19",
        "decider",
        house(case(statuses=(replace(whole, status_decider=" "),))),
        house(case(statuses=(replace(whole, victim_status="presumee", status_decider=""),))),
    )
    yield Scene(
        "R-20", "", house(case(statuses=(status("presumee", 31),))), house(case(statuses=(status("presumee", 30),)))
    )
    untrained, trained = interview(interviewer_trained=False), interview()
    yield Scene("R-26", "untrained", house(case(interviews=(untrained,))), house(case(interviews=(trained,))))
    unsure = interview(interpreter_name="Agent C", interpreter_ok=None)
    unnamed = interview(others_present=("interprete",), interpreter_ok=None)
    accepted = replace(unsure, interpreter_ok=True)
    yield Scene("R-26", "interpreter", house(case(interviews=(unsure,))), house(case(interviews=(accepted,))))
    heard = replace(unnamed, interpreter_ok=True)
    yield Scene("R-26", "interpreter", house(case(interviews=(unnamed,))), house(case(interviews=(heard,))))
    watched = interview(others_present=("accompagnant",))
    helped = interview(others_present=("interprete", "personne_confiance", "autre"), interpreter_ok=True)
    yield Scene("R-26", "companion", house(case(interviews=(watched,))), house(case(interviews=(helped,))))
    thrice = tuple(interview(n, 4 - n, indicators={"i09_dette": "refus"}) for n in (1, 2, 3))
    spared = (*thrice[:2], interview(3, indicators={"i09_dette": "non_demande"}))
    yield Scene("R-27", "", house(case(interviews=thrice)), house(case(interviews=spared)))
    before: dict[str, Any] = {"earlier_interviews": thrice[:2]}
    once_more, new_ones = house(case(interviews=thrice[2:], **before)), house(case(interviews=spared[2:], **before))
    yield Scene("R-27", "", once_more, new_ones)


def _of_care() -> Iterator[Scene]:
    late = replace(interview(immediate_danger=True), interview_at=NOW - timedelta(hours=24, minutes=1))
    just = replace(late, interview_at=NOW - timedelta(hours=24))
    yield Scene("R-21", "", house(case(interviews=(late,))), house(case(interviews=(just,))))
    worried: dict[str, Any] = {"assessments": (assessment(0, self_harm_concern=True),)}
    yield Scene(
        "R-23",
        "",
        house(case(**worried)),
        house(case(**worried, referrals=(referral(days=0, service_wanted=("psy",)),))),
    )
    for kind, allowed in (("screening", 5), ("assessment", 7), ("plan", 10)):
        yield Scene("R-24", kind, house(case(since=allowed + 1, given=())), house(case(since=allowed, given=())))
    contact = (GivenService("pro_suivi", day(8)), GivenService("pro_depistage", day(8)))
    met = (GivenService("pro_suivi", day(7)),)
    yield Scene("R-25", "", house(case(since=9, given=contact)), house(case(since=9, given=met)))
    between = ContactRisk(ContactRiskId(1), PersonId(2), "conflit", day(1), PersonId(1))
    ended = replace(between, ended_on=TODAY)
    two = (case(1), case(2))
    yield Scene("R-28", "", house(*two, contact_risks=(between,)), house(*two, contact_risks=(ended,)))
    any_victim = ContactRisk(ContactRiskId(1), PersonId(2), "recruteur", day(1))
    with_victim = (case(1, statuses=(status("presumee"),)), case(2))
    yield Scene(
        "R-28", "victims", house(*with_victim, contact_risks=(any_victim,)), house(*two, contact_risks=(any_victim,))
    )


def _of_consent() -> Iterator[Scene]:
    written = case(beyond_minimum=True)
    agreed = replace(written, consents=(consent(),))
    yield Scene("R-15", "", house(written), house(agreed))
    refused = replace(written, consents=(consent(status="refuse"),))
    yield Scene("R-15", "refused", house(refused), house(replace(refused, beyond_minimum=False)))
    ended, last_day = consent(valid_until=day(1)), consent(valid_until=TODAY)
    yield Scene(
        "R-15", "ended", house(replace(written, consents=(ended,))), house(replace(written, consents=(last_day,)))
    )
    sent = case(referrals=(referral(),))
    share = consent("partage_structure", CLINIC)
    yield Scene("R-16", "", house(sent), house(replace(sent, consents=(share,))))
    taken_back = replace(share, status="retire", withdrawn_on=day(2), withdrawn_effect="dit")
    later = replace(taken_back, withdrawn_on=day(1))
    yield Scene("R-17", "shared", house(replace(sent, consents=(taken_back,))), house(replace(sent, consents=(later,))))
    named = case(referrals=(referral(consent=ConsentId(1)),))
    untold = replace(later, withdrawn_effect="")
    yield Scene("R-17", "tell", house(replace(named, consents=(untold,))), house(replace(named, consents=(later,))))
    asylum = case(
        stay_migration_situation="demandeur_asile", referrals=(referral(CONSULATE, exception="interet_vital"),)
    )
    first = replace(asylum, referrals=(*asylum.referrals, referral(UNHCR, exception="interet_vital")))
    yield Scene("R-29", "consulate", house(asylum), house(first))
    home = replace(asylum, referrals=(), given=(*FOLLOWED, GivenService("ret_avrr", day(1))))
    yield Scene("R-29", "return", house(home), house(replace(home, given=FOLLOWED)))
    wished = referral(CLINIC, exception="interet_vital", service_wanted=("ret_avrr",))
    asked = replace(asylum, referrals=(wished,))
    yield Scene("R-29", "return", house(asked), house(replace(asked, referrals=(replace(wished, service_wanted=()),))))
