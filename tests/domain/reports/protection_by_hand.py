"""Zones of T1 and what T4, T5, T6, T7 and T9 say beside the rest, counted again line by line, night by night."""

import math
from collections import defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.casefile.minors import Guardian
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stays.stays import Stay
from tests.domain.reports.by_hand import Count, rounded, stood
from tests.domain.reports.care_by_hand import Clerk, everyday, services
from tests.domain.reports.care_by_hand import _nights as nights_of
from tests.domain.reports.shelters import Shelter

LABOUR = ("mendicite_forcee", "activites_illicites", "servitude_dettes", "servage_placement", "esclavage_ascendance")
ALONE = ("non_accompagne", "separe", "chef_menage")
ZONES = {"dortoir_f": "femmes", "chambre_famille": "familles"}  # of the rooms of random shelters


def _is_minor(clerk: Clerk, stay: Stay, day: date) -> bool:
    age = clerk.person(stay).birth.age(day)
    return age is not None and age < 18


def _heard(shelter: Shelter) -> list[Interview]:
    """The interviews that took place: nobody who refused at the second stage was heard."""
    asked = [one for one in shelter.protected.interviews if one.consent_interview != "refuse"]
    return [one for one in asked if one.state == "termine" or one.stage >= 3]


def identified(shelter: Shelter, period: Period) -> Count:
    """T4: interviews, and each new victim by country, region, origin; practices apart."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    for one in _heard(shelter):
        if one.interview_at.date() in list(everyday(period)) and one.stay in clerk.valid:
            for dims in ((), clerk.cell(clerk.valid[one.stay])):
                found["t4.interviews", dims] += 1
    for stay, decision in _first_identified(clerk):
        said = [one for one in _heard(shelter) if one.stay == stay.id]
        said = [one for one in said if one.interview_at.date() <= period.last]
        home = clerk.person(stay).nationality
        told = {
            ("form", "exploitation_form"): set(decision.exploitation_forms),
            ("country", "exploitation_country"): {code for one in said for code in one.exploitation_countries},
            ("region", "exploitation_region"): {code for one in said for code in one.exploitation_regions},
            ("origin", "origin"): {"malienne" if home == "ML" else "etrangere"} if home else set(),
            ("body", "status_decided_by"): {decision.status_decided_by} - {""},
        }
        for (name, dim), codes in told.items():
            for code in codes or {"non_renseigne"}:
                found[f"t4.identified_by_{name}_profile", ((dim, code), *clerk.cell(stay))] += 1
                if name in ("country", "region", "origin"):
                    found[f"t4.identified_by_{name}", ((dim, code),)] += 1
    _victims(clerk, found)
    for stay in clerk.last(clerk.hosted).values():
        practices = _practices(clerk, stay)
        if practices:
            found["t4.assimilated", ()] += 1
            found["t4.assimilated", clerk.cell(stay)] += 1
        for code in practices:
            dims = (("assimilated_practice", code),)
            found["t4.assimilated", dims] += 1
            found["t4.assimilated_profile", (*dims, *clerk.cell(stay))] += 1
    return dict(found)


def _victims(clerk: Clerk, found: Any) -> None:
    """Those hosted: who was here on the eve and who came since, where from, and what was done to them."""
    eve = clerk.period.first - timedelta(days=1)
    for stay in clerk.last(clerk.hosted).values():
        day = clerk.read_on(stay)
        if clerk.status(stay, day) not in ("presumee", "identifiee"):
            continue
        theirs = [s for s in clerk.counted if s.person == stay.person and s.admitted_at.date() <= eve]
        was_here = any(s.exited_at is None or s.exited_at.date() > eve for s in theirs)
        for key in ("t4.victims", "t4.victims_continuing" if was_here else "t4.victims_new"):
            for dims in ((), clerk.cell(stay)):
                found[key, dims] += 1
        country = clerk.person(stay).nationality
        origin = {"ML": "malienne", "": "non_renseigne"}.get(country, "etrangere")
        found["t4.victims_by_origin", (("origin", origin),)] += 1
        named = [
            s for s in clerk.shelter.statuses if s.stay == stay.id and s.decided_on <= day and s.exploitation_forms
        ]
        last = max(named, key=lambda s: (s.decided_on, s.id), default=None)
        forms = set(last.exploitation_forms) if last else {"non_renseigne"}
        for form in forms:
            found["t4.victims_by_form", (("exploitation_form", form),)] += 1
        sexual = any(form.startswith("sex_") for form in forms)
        labour = any(form.startswith("trav_") or form in LABOUR for form in forms)
        group = "les_deux" if sexual and labour else "sexuelle" if sexual else "travail" if labour else "autre"
        found["t4.victims_by_group", (("exploitation_group", group),)] += 1
        found["t4.victims_by_group_profile", (("exploitation_group", group), ("rollup", who(clerk.cell(stay))))] += 1


def who(cell: Any) -> str:
    """Girls, boys, women, men, or not recorded."""
    sex, age = cell[0][1], cell[1][1]
    if sex not in "fm" or age == "unk":
        return "nr"
    is_minor = age in ("a00_04", "a05_11", "a12_17")
    return {("f", True): "filles", ("m", True): "garcons", ("f", False): "femmes", ("m", False): "hommes"}[
        sex, is_minor
    ]


def _first_identified(clerk: Clerk) -> list[tuple[Stay, Any]]:
    order = {s.id: place for place, s in enumerate(sorted(clerk.counted, key=lambda s: (s.admitted_at, s.id)))}
    firsts = []
    for person in clerk.shelter.persons:
        theirs = {s.id: s for s in clerk.counted if s.person == person.id}
        decided = [d for d in clerk.shelter.statuses if d.stay in theirs and d.victim_status == "identifiee"]
        if decided:
            first = min(decided, key=lambda d: (d.decided_on, order[d.stay], d.id))
            if clerk.period.first <= first.decided_on <= clerk.period.last:
                firsts.append((theirs[first.stay], first))
    return firsts


def _practices(clerk: Clerk, stay: Stay) -> set[str]:
    until = clerk.read_on(stay)
    if clerk.status(stay, until) == "identifiee":
        return set()
    decided = [d for d in clerk.shelter.statuses if d.stay == stay.id and d.decided_on <= until]
    naming = [d for d in decided if d.assimilated_practices]
    if naming:
        return set(max(naming, key=lambda d: (d.decided_on, d.id)).assimilated_practices) - {"aucune"}
    said = [one for one in _heard(clerk.shelter) if one.stay == stay.id]
    codes = {code for one in said if one.interview_at.date() <= until for code in one.assimilated_practices}
    return codes - {"aucune"}


def children(shelter: Shelter, period: Period) -> Count:
    """T5: each minor hosted, each step of the period, each exit."""
    clerk = Clerk(shelter, period)
    known, found = shelter.protected, defaultdict[Any, Any](int)
    for stay in clerk.last(clerk.hosted).values():
        day = clerk.read_on(stay)
        if not _is_minor(clerk, stay, day):
            continue
        if stay.child_status in ALONE:
            found["t5.alone", ()] += 1
            for form, short, days in (("", "bia", 3), ("complete", "bia_full", 14)):
                assessed = [b for b in known.best_interests if b.stay == stay.id and form in ("", b.form)]
                made = [b.assessed_on for b in assessed if b.status not in ("a_faire", "en_cours")]
                first, due = min(made, default=date.max), stay.admitted_at.date() + timedelta(days=days)
                state = "done" if first <= day else "overdue" if day > due else "pending"
                found[f"t5.{short}_{state}", ()] += 1
                found[f"t5.{short}_on_time", ()] += first <= day and first <= due
        guarded = [g for g in known.guardians if g.person == stay.person and _since(g) <= day]
        last = max(guarded, key=lambda g: (_since(g), g.id), default=None)
        found["t5.with_guardian", ()] += last is not None and _is_named(last, day)
        theirs = {s.id for s in clerk.valid.values() if s.person == stay.person}
        lessons = [s for s in shelter.services if s.stay in theirs and s.status == "fait" and s.service_on in period]
        found["t5.in_school", ()] += any(s.service_type in ("edu_alpha", "fop_metier") for s in lessons)
        found["t5.beside_adults", ()] += any(_beside(clerk, s) for s in clerk.hosted if s.person == stay.person)
    _steps(clerk, found)
    for stay in clerk.hosted:
        if stay.exited_at is None or stay.exited_at.date() > period.last:
            continue
        if not _is_minor(clerk, stay, stay.exited_at.date()):
            continue
        sheet = [s for s in known.sheets if s.stay == stay.id and stay.child_status in ALONE]
        for dims in ((), (("exit_reason", stay.exit_reason or "non_renseigne"),)):
            found["t5.exits", dims] += 1
            found["t5.exits_alone", dims] += stay.child_status in ALONE
            found["t5.exits_decided", dims] += any(s.decided for s in sheet)
            found["t5.exits_handed_over", dims] += any(s.handed_over for s in sheet)
        found["t5.exits_settled", ()] += stay.exit_reason in ("reunification", "famille_accueil")
    whole, settled = found["t5.exits", ()], found["t5.exits_settled", ()]
    found["t5.settled_rate", ()] = rounded(Fraction(100 * settled, whole)) if whole else None
    return dict(found)


def followed(shelter: Shelter, period: Period) -> Count:
    """T8: each follow-up that was due or held in the period, of whoever left."""
    found: Count = defaultdict(int)
    clerk, days = Clerk(shelter, period), list(everyday(period))
    for one in shelter.protected.follow_ups:
        if one.stay not in clerk.valid or clerk.valid[one.stay].exit_reason == "non_admis":
            continue
        found["t8.follow_ups_due", ()] += one.due_on in days
        if one.held_on not in days:
            continue
        found["t8.follow_ups_held", ()] += 1
        found["t8.follow_ups_held", (("follow_up_outcome", one.outcome),)] += 1
        found["t8.follow_ups_reached", ()] += one.outcome != "injoignable"
        found["t8.follow_ups_safe", ()] += one.outcome in ("va_bien", "difficultes")
        found["t8.follow_ups_needs", ()] += one.outcome in ("difficultes", "danger")
    return dict(found)


def _since(guardian: Guardian) -> date:
    assert guardian.recorded_at is not None
    return guardian.started_on or guardian.requested_on or guardian.recorded_at.date()


def _is_named(guardian: Guardian, day: date) -> bool:
    named = guardian.status in ("provisoire", "designe")
    return named and (guardian.ended_on is None or guardian.ended_on > day)


def _steps(clerk: Clerk, found: Any) -> None:
    days = list(everyday(clerk.period))
    for bia in clerk.shelter.protected.best_interests:
        found["t5.bid_requested", ()] += bia.stay in clerk.valid and bia.bid_requested_on in days
    for one in clerk.shelter.protected.tracings:
        for name, day in (("opened", one.requested_on), ("located", one.located_on)):
            found[f"t5.tracing_{name}", ()] += one.stay in clerk.valid and day in days
    for stay in clerk.valid.values():
        back = [
            one.reunified_on for one in clerk.shelter.protected.tracings if one.stay == stay.id and one.reunified_on
        ]
        left = stay.exited_at.date() if stay.exited_at else None
        if stay.exit_reason == "reunification" and left and _is_minor(clerk, stay, left):
            back.append(left)
        found["t5.tracing_reunified", ()] += bool(back) and min(back) in days


def _room(clerk: Clerk, stay: Stay, night: date) -> Any:
    """The room in which a stay slept that night, None where it is away or without one."""
    covered = stay.admitted_at.date() <= night and (stay.exited_at is None or night < stay.exited_at.date())
    gone = [a for a in clerk.shelter.absences if a.stay == stay.id]
    if not covered or any(a.start.date() <= night and (a.end is None or night < a.end.date()) for a in gone):
        return None
    beds = {bed.id: stood(bed, night) for bed in clerk.shelter.beds}
    places = [p for p in clerk.shelter.placements if p.stay == stay.id and p.start.date() <= night]
    places = [p for p in places if p.end is None or night < p.end.date()]
    return next((beds[p.bed] if p.bed else p.room for p in places), None)


def _beside(clerk: Clerk, stay: Stay) -> bool:
    if not _is_minor(clerk, stay, clerk.read_on(stay)):
        return False
    family = stay.head or stay.id
    strangers = [s for s in clerk.hosted if (s.head or s.id) != family]
    for night in everyday(clerk.period):
        adults = [s for s in strangers if (clerk.person(s).birth.age(night) or 0) >= 18]
        room = _room(clerk, stay, night)
        if room is not None and any(_room(clerk, other, night) == room for other in adults):
            return True
    return False


def helped(shelter: Shelter, period: Period) -> Count:
    """T6: who pays, and who was served without being hosted."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    here = {s.person for s in clerk.hosted}
    elsewhere = set()
    for one in shelter.services:
        if one.status == "fait" and one.service_on in list(everyday(period)) and one.stay in clerk.valid:
            if clerk.valid[one.stay].person not in here:
                elsewhere.add(clerk.valid[one.stay].person)
            if one.cost_xof:
                found["t6.cost_by_donor", (("donor", one.donor or "non_renseigne"),)] += one.cost_xof
    found["t6.not_hosted", ()] = len(elsewhere)
    cost = sum(value for (key, _), value in found.items() if key == "t6.cost_by_donor")
    nights = services(shelter, period).get(("t6.events", (("service_type", "heb_nuitee"),)), 0)
    found["t6.cost_per_night", ()] = rounded(Fraction(cost, nights)) if cost and nights else None
    return dict(found)


def of_victims(shelter: Shelter, period: Period) -> Count:
    """T6: every night and service of presumed and identified victims, and who they were."""
    clerk, found, whom = Clerk(shelter, period), defaultdict[Any, int](int), defaultdict[Any, set[Any]](set)
    lines = [(stay, "heb_nuitee") for stay in clerk.counted for _ in nights_of(clerk, stay)]
    lines += [(clerk.valid[s.stay], s.service_type) for s in shelter.services if _counts(clerk, s)]
    homes = clerk.homes([stay for stay, _ in lines])
    for stay, kind in lines:
        if not clerk.category(homes[stay.person]).startswith("vdt_"):
            continue
        for name in {"", kind.removeprefix("x_").partition("_")[0], kind}:
            dims = (("service_type", name),) if name else ()
            found["t6.victims_events", dims] += 1
            whom[dims].add(stay.person)
    return {**found, **{("t6.victims_served", dims): len(persons) for dims, persons in whom.items()}}


def typing(shelter: Shelter, period: Period) -> Count:
    """T2: hours from each entry and exit to its typing."""
    clerk, delays = Clerk(shelter, period), list[int]()
    for stay in clerk.hosted:
        for when, typed in ((stay.admitted_at, stay.recorded_at), (stay.exited_at, stay.exit_recorded_at)):
            if when is None or typed is None or when.date() not in list(everyday(period)):
                continue
            has_hour = (when.hour, when.minute, when.second) != (0, 0, 0)
            since = when if has_hour else datetime.combine(when.date() + timedelta(days=1), datetime.min.time())
            delays.append(max(0, math.ceil((typed - since).total_seconds() / 3600)))
    soon = sum(one <= 24 for one in delays)
    return {
        ("t2.typed_soon", ()): soon,
        ("t2.typed_later", ()): len(delays) - soon,
        ("t2.typed_soon_rate", ()): rounded(Fraction(100 * soon, len(delays))) if delays else None,
        ("t2.typing_delay", ()): rounded(Fraction(median(delays))) if delays else None,
    }


def referred_to(shelter: Shelter, period: Period) -> Count:
    """T7: each referral to others by who it went to, what was wanted, and for whom."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    for one in shelter.referrals:
        if one.direction != "sortante" or one.state in ("brouillon", "annulee") or one.stay not in clerk.valid:
            continue
        served = (one.served_on or one.closed_on) if one.state in ("service_recu", "cloturee") else None
        for what, day in (("issued", one.issued_on), ("served", served)):
            if day not in list(everyday(period)):
                continue
            kind = shelter.protected.partners.get(one.partner, "non_renseigne")
            found[f"t7.{what}_by_partner_type", (("partner_type", kind),)] += 1
            found[f"t7.{what}_by_profile", clerk.cell(clerk.valid[one.stay])] += 1
            for wanted in set(one.service_wanted) or {"non_renseigne"}:
                found[f"t7.{what}_by_service", (("service_type", wanted),)] += what == "served"
    return {ref: value for ref, value in found.items() if value}


def before_courts(shelter: Shelter, period: Period) -> Count:
    """T7: each step of a legal file that was taken in the period, complaints apart."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    for one in shelter.protected.legal_steps:
        if one.stay not in clerk.valid or one.done_on not in list(everyday(period)):
            continue
        if one.kind != "plainte":
            found["t7.legal_steps", (("legal_step", one.kind),)] += 1
            continue
        for dims in ((), clerk.cell(clerk.valid[one.stay])):
            found["t7.complaints", dims] += 1
    return dict(found)


def sessions(shelter: Shelter, period: Period) -> Count:
    """T9: for whom, by theme, by sex and age, session by session; the staff by sex, hours and tests."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    whom, staff = defaultdict[Any, set[Any]](set), defaultdict[Any, set[Any]](set)
    scores: dict[Any, list[int]] = defaultdict(list)
    homes = clerk.homes([clerk.valid[s.stay] for s in shelter.services if _counts(clerk, s)])
    for one in shelter.activities:
        if one.status != "fait" or one.service_type == "ali_repas" or not period.first <= one.held_on <= period.last:
            continue
        session = (("activity", one.activity_no),)
        found["t9.attended_outside", session] += sum(one.outside)
        found["t9.attended_staff", session] += len(one.staff)
        if one.audience in ("personnel", "mixte"):
            _trained(one, found, staff, scores)
        if one.audience == "personnel":
            continue
        there = [s for s in shelter.services if s.activity == one.id and s.stay in clerk.valid]
        cuts = ((("audience", one.audience),), (("training_theme", one.theme or "non_renseigne"),))
        hours = Fraction(str(one.hours or 0))
        for dims in cuts:
            found["t9.sessions", dims] += 1
            found["t9.outside", dims] += sum(one.outside)
        for line in there:
            person = clerk.valid[line.stay].person
            cell = clerk.cell(homes[person])
            found["t9.attended", session] += 1
            found["t9.attended_profile", (*session, *cell)] += 1
            every: tuple[Any, ...] = (*cuts, cell)
            for dims in every:
                found["t9.participations", dims] += 1
                found["t9.person_hours", dims] += hours
                whom[dims].add(person)
        if one.service_type == "inf_risques":
            people = [who(clerk.cell(homes[clerk.valid[line.stay].person])) for line in there]
            for name, number in zip(("femmes", "hommes", "filles", "garcons"), one.outside, strict=True):
                people += [name] * number
            for name in people:
                found["t9.sensitised", ()] += 1
                found["t9.sensitised", (("rollup", name),)] += 1
    for dims, persons in whom.items():
        found["t9.participants", dims] = len(persons)
    for dims, names in staff.items():
        found["t9.trained_persons", dims] = len(names)
    for ref, given in scores.items():
        found[ref] = rounded(Fraction(sum(given), len(given)))
    for key in ("t9.pre_score", "t9.post_score"):
        found.setdefault((key, ()), None)
    return {ref: value if value is None or value == int(value) else float(value) for ref, value in found.items()}


def _counts(clerk: Clerk, service: Any) -> bool:
    here = clerk.period.first <= service.service_on <= clerk.period.last
    return here and service.status == "fait" and service.stay in clerk.valid


def _trained(one: Any, found: Any, staff: Any, scores: Any) -> None:
    for dims in ((), (("training_theme", one.theme or "non_renseigne"),)):
        found["t9.training_hours", dims] += len(one.staff) * Fraction(str(one.hours or 0))
        for somebody in one.staff:
            staff[dims].add(" ".join(somebody.staff_name.lower().split()))
            found["t9.trained_by_sex", (*dims, ("sex", somebody.sex or "u"))] += 1
            for name, score in (("pre", somebody.pre_score), ("post", somebody.post_score)):
                if score is not None:
                    found[f"t9.{name}_tested", dims] += 1
                    scores[f"t9.{name}_score", dims].append(score)


def zones(shelter: Shelter, period: Period) -> Count:
    """T1 by zone, bed by bed and night by night."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    rooms = {room.id: room for room in shelter.rooms}
    beds = {bed.id: bed for bed in shelter.beds}
    each = list(everyday(period))

    def zone(room: Any) -> str:
        return ZONES.get(rooms[room].room_type, "autre") if room else "autre"

    for night in each:
        for bed in shelter.beds:
            since, until = bed.in_service_from.date(), bed.in_service_to
            if bed.bed_type == "appoint" or since > night or (until is not None and until.date() <= night):
                continue
            states = [s for s in shelter.states if s.bed == bed.id and s.start.date() <= night]
            out = any(s.end is None or night < s.end.date() for s in states)
            dims = (("zone", zone(stood(bed, night))),)
            found["t1.unavailable_bed_nights" if out else "t1.capacity_bed_nights", dims] += 1
            if night == period.last:
                found["t1.installed_beds", dims] += 1
                found["t1.operational_beds", dims] += not out
        for stay in clerk.hosted:
            if not (stay.admitted_at.date() <= night and (stay.exited_at is None or night < stay.exited_at.date())):
                continue
            places = [p for p in shelter.placements if p.stay == stay.id and p.start.date() <= night]
            place = next((p for p in places if p.end is None or night < p.end.date()), None)
            room = None if place is None else stood(beds[place.bed], night) if place.bed else place.room
            dims = (("zone", zone(room)),)
            gone = [a for a in shelter.absences if a.stay == stay.id and a.start.date() <= night]
            away = any(a.end is None or night < a.end.date() for a in gone)
            found["t1.absence_nights" if away else "t1.person_nights", dims] += 1
    return dict(found)
