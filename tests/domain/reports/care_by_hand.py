"""The figures of T4 to T7 and T9 counted again from the whole shelter, line by line and day by day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay
from tests.domain.reports.by_hand import Count, rounded
from tests.domain.reports.shelters import Shelter

Dims = tuple[tuple[str, str], ...]
TOTAL: Dims = ()
OPEN = ("depistage_en_cours", "presumee")


def everyday(period: Period) -> Iterator[date]:
    """Its days."""
    day = period.first
    while day <= period.last:
        yield day
        day += timedelta(days=1)


class Clerk:
    """Somebody with all registers of a shelter and one period to count."""

    def __init__(self, shelter: Shelter, period: Period) -> None:
        self.shelter, self.period = shelter, period
        self.counted = [s for s in shelter.stays if s.exit_reason not in ("non_admis", "erreur_saisie")]
        self.valid = {s.id: s for s in shelter.stays if s.exit_reason != "erreur_saisie"}
        self.hosted = [s for s in self.counted if self._is_here(s)]

    def _is_here(self, stay: Stay) -> bool:
        left = stay.exited_at
        return stay.admitted_at.date() <= self.period.last and (left is None or left.date() >= self.period.first)

    def person(self, stay: Stay) -> Person:
        return self.shelter.persons[stay.person - 1]

    def read_on(self, stay: Stay) -> date:
        """The exit where it falls in the period, else the last day."""
        left = stay.exited_at
        return left.date() if left is not None and left.date() in list(everyday(self.period)) else self.period.last

    def cell(self, stay: Stay) -> Dims:
        return ("sex", self.person(stay).sex), ("age_group", self.person(stay).birth.group(self.read_on(stay)))

    def status(self, stay: Stay, day: date) -> str:
        decided = sorted((s for s in self.shelter.statuses if s.stay == stay.id), key=lambda s: (s.decided_on, s.id))
        return next((s.victim_status for s in reversed(decided) if s.decided_on <= day), "")

    def category(self, stay: Stay) -> str:
        day = self.read_on(stay)
        status, age = self.status(stay, day), self.person(stay).birth.age(day)
        if status in ("identifiee", "presumee"):
            return f"vdt_{status}"
        if age is not None and age < 18 and stay.child_status in ("non_accompagne", "separe", "chef_menage"):
            return "enas"
        if stay.is_dependant:
            return "accompagnant"
        if stay.migration_situation.startswith("retour"):
            return "retour"
        on_the_way = stay.migration_situation in ("transit", "bloque", "refoule_etranger")
        return "transit_bloque" if on_the_way else "autre_vulnerable"

    def last(self, stays: list[Stay]) -> dict[int, Stay]:
        """The last of each person's stays."""
        return {s.person: s for s in sorted(stays, key=lambda s: (s.admitted_at, s.id))}

    def homes(self, served: list[Stay]) -> dict[int, Stay]:
        """Where each person is counted once: the last stay of those hosted, else of those that were served."""
        return self.last(served) | self.last(self.hosted)


def screenings(shelter: Shelter, period: Period) -> Count:
    """T4: what became of each open screening, then the first decisions of every person."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    for stay in clerk.hosted:
        for name in _course(clerk, stay):
            for dims in (TOTAL, clerk.cell(stay)):
                found[f"t4.{name}", dims] += 1
    names = {"presumee": "new_presumed", "identifiee": "new_identified", "non_victime": "not_victim"}
    for person in shelter.persons:
        theirs = sorted(
            (s for s in clerk.counted if s.person == person.id), key=lambda stay: (stay.admitted_at, stay.id)
        )
        for kind, name in names.items():
            decided = [
                (one.decided_on, place, one.id, stay, one)
                for place, stay in enumerate(theirs)
                for one in shelter.statuses
                if one.stay == stay.id and one.victim_status == kind
            ]
            first = min(decided, key=lambda one: one[:3], default=None)
            if first is None or not period.first <= first[0] <= period.last:
                continue
            for dims in (TOTAL, clerk.cell(first[3])):
                found[f"t4.{name}", dims] += 1
            if kind == "identifiee":
                by = first[4].status_decided_by or "non_renseigne"
                found["t4.identified_by_body", (("status_decided_by", by),)] += 1
                for form in first[4].exploitation_forms or ("non_renseigne",):
                    found["t4.identified_by_form", (("exploitation_form", form),)] += 1
    return dict(found)


def _course(clerk: Clerk, stay: Stay) -> Iterator[str]:
    came, left = stay.admitted_at.date(), stay.exited_at.date() if stay.exited_at else None
    entered, exited = came >= clerk.period.first, left is not None and left <= clerk.period.last
    begins = came if entered else clerk.period.first
    before = clerk.status(stay, begins - timedelta(days=1)) in OPEN
    if before:
        yield "opened" if entered else "pending_start"
    decided = [s for s in clerk.shelter.statuses if s.stay == stay.id]
    for one in sorted(decided, key=lambda s: (s.decided_on, s.id)):
        if begins <= one.decided_on <= clerk.read_on(stay):
            now = one.victim_status in OPEN
            if before and not now:
                yield "corrected" if one.victim_status == "non_depistee" else "decided"
            if now and not before:
                yield "opened"
            before = now
    if clerk.status(stay, clerk.read_on(stay)) in OPEN:
        yield "left_undecided" if exited else "pending_end"


def minors(shelter: Shelter, period: Period) -> Count:
    """T5."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    for stay in clerk.last(clerk.hosted).values():
        age = clerk.person(stay).birth.age(clerk.read_on(stay))
        if age is not None and age < 18:
            situation = (("child_status", stay.child_status or "non_renseigne"),)
            for dims in (TOTAL, situation):
                found["t5.minors", dims] += 1
            found["t5.minors_profile", (*situation, *clerk.cell(stay))] += 1
    return dict(found)


def services(shelter: Shelter, period: Period) -> Count:
    """T6: each line of the log on its names, each night slept here counted on its day."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    whom: dict[str, set[int]] = defaultdict(set)
    lines = [(stay, "heb_nuitee", Fraction(1), "centre", 0) for stay in clerk.counted for _ in _nights(clerk, stay)]
    given = [s for s in shelter.services if s.status == "fait" and period.first <= s.service_on <= period.last]
    lines += [
        (clerk.valid[s.stay], s.service_type, Fraction(str(s.quantity)), s.provider_kind, s.cost_xof or 0)
        for s in given
        if s.stay in clerk.valid
    ]
    homes = clerk.homes([line[0] for line in lines])
    for stay, kind, quantity, provider, cost in lines:
        for name in dict.fromkeys(("", _top(kind), kind)):
            dims = _named(name)
            found["t6.quantity", dims] += quantity
            found["t6.events", dims] += 1
            found["t6.provided", (*dims, ("provider_kind", provider))] += 1
            if cost:
                found["t6.cost", dims] += cost
            whom[name].add(stay.person)
    for name, persons in whom.items():
        found["t6.beneficiaries", _named(name)] = len(persons)
        finer = "" if name == _top(name) else "sub_"
        for person in persons:
            home = homes[person]
            found[f"t6.beneficiaries_{finer}profile", (*_named(name), *clerk.cell(home))] += 1
            found[f"t6.beneficiaries_{finer}category", (*_named(name), ("category", clerk.category(home)))] += 1
    meals = [one for one in shelter.activities if (one.service_type, one.status) == ("ali_repas", "fait")]
    found["t6.guest_meals", ()] = sum(sum(one.outside) for one in meals if one.held_on in list(everyday(period)))
    return {ref: _plain(value) for ref, value in found.items()}


def _nights(clerk: Clerk, stay: Stay) -> Iterator[date]:
    """The nights this stay slept here."""
    for day in everyday(clerk.period):
        covered = stay.admitted_at.date() <= day and (stay.exited_at is None or day < stay.exited_at.date())
        gone = any(
            a.stay == stay.id and a.start.date() <= day and (a.end is None or day < a.end.date())
            for a in clerk.shelter.absences
        )
        if covered and not gone:
            yield day


def _top(kind: str) -> str:
    return kind.removeprefix("x_").split("_")[0]


def _named(name: str) -> Dims:
    return (("service_type", name),) if name else ()


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) else int(value) if value == int(value) else float(value)


def referrals(shelter: Shelter, period: Period) -> Count:
    """T7: each referral followed from the day it was issued to the day it ended."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    waited: dict[str, list[int]] = defaultdict(list)
    eve = period.first - timedelta(days=1)
    for one in shelter.referrals:
        if one.state in ("brouillon", "annulee") or one.stay not in clerk.valid:
            continue
        to = "t7." if one.direction == "sortante" else "t7.incoming_"
        ended = one.served_on if one.state in ("service_recu", "cloturee") else one.closed_on
        if ended is None or one.state in ("emise", "acceptee"):
            ended = date.max
        now_open, was_open = (one.issued_on <= day < ended for day in (period.last, eve))
        issued_here, ended_here = (period.first <= day <= period.last for day in (one.issued_on, ended))
        found[f"{to}open_start", ()] += was_open
        found[f"{to}issued", ()] += issued_here
        found[f"{to}open_end", ()] += now_open
        found[f"{to}accepted", ()] += one.accepted_on in list(everyday(period))
        name = {"refusee_structure": "refused_provider", "refusee_personne": "refused_person"}.get(one.state)
        found[f"{to}{name or ('no_response' if one.state == 'sans_suite' else 'served')}", ()] += ended_here
        found[f"{to}completed", ()] += issued_here and one.state in ("service_recu", "cloturee")
        found[f"{to}late", ()] += now_open and one.follow_up_on is not None and one.follow_up_on < period.last
        if ended_here and one.state in ("service_recu", "cloturee"):
            waited[to].append((ended - one.issued_on).days)
        if issued_here and to == "t7.":
            for wanted in one.service_wanted or ("non_renseigne",):
                found["t7.issued_by_service", (("service_type", wanted),)] += 1
    for to in ("t7.", "t7.incoming_"):
        issued, done, days = found[f"{to}issued", ()], found[f"{to}completed", ()], waited[to]
        found[f"{to}completion_rate", ()] = rounded(Fraction(done * 100, issued)) if issued else None
        found[f"{to}mean_days_to_service", ()] = rounded(Fraction(sum(days), len(days))) if days else None
    return dict(found)


def activities(shelter: Shelter, period: Period) -> Count:
    """T9: each session on its type, each participation from the lines of the residents, the staff apart."""
    clerk = Clerk(shelter, period)
    found: Count = defaultdict(int)
    whom: dict[str, set[int]] = defaultdict(set)
    for one in shelter.activities:
        if one.status != "fait" or one.service_type == "ali_repas" or not period.first <= one.held_on <= period.last:
            continue
        if one.audience in ("personnel", "mixte"):
            for dims in (TOTAL, (("training_theme", one.theme or "non_renseigne"),)):
                found["t9.trainings", dims] += 1
                found["t9.trained", dims] += len(one.staff)
        if one.audience == "personnel":
            continue
        there = [s for s in shelter.services if s.activity == one.id and s.stay in clerk.valid]
        for name in ("", one.service_type):
            dims = _named(name)
            found["t9.sessions", dims] += 1
            found["t9.outside", dims] += sum(one.outside)
            found["t9.participations", dims] += len(there)
            found["t9.person_hours", dims] += len(there) * Fraction(str(one.hours or 0))
            whom[name] |= {clerk.valid[s.stay].person for s in there}
            found["t9.participants", dims] = len(whom[name])
    return {ref: _plain(value) for ref, value in found.items()}


def meals_in_excess(shelter: Shelter, period: Period) -> bool:
    """I-21: on some day more meals than three for each person who was here for a part of it."""
    clerk = Clerk(shelter, period)
    for day in everyday(period):
        given = [s for s in shelter.services if (s.service_on, s.service_type, s.status) == (day, "ali_repas", "fait")]
        meals = sum(Fraction(str(one.quantity)) for one in given if one.stay in clerk.valid)
        here = [s for s in clerk.counted if s.admitted_at.date() <= day and not _left_before(s, day)]
        if meals > 3 * len([stay for stay in here if not _away_all_day(shelter, stay, day)]):
            return True
    return False


def _left_before(stay: Stay, day: date) -> bool:
    return stay.exited_at is not None and stay.exited_at.date() < day


def _away_all_day(shelter: Shelter, stay: Stay, day: date) -> bool:
    """Away the night before and this night."""
    nights = (day - timedelta(days=1), day)
    gone = [a for a in shelter.absences if a.stay == stay.id]
    return any(all(a.start.date() <= n and (a.end is None or n < a.end.date()) for n in nights) for a in gone)
