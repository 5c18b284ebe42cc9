"""The figures of T1, T2, T3 and T8 counted again, night by night and stay by stay, as a clerk would with a register."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay

Count = dict[tuple[str, tuple[tuple[str, str], ...]], Any]


def rounded(value: Fraction, places: str = "0.1") -> float:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal(places), ROUND_HALF_UP))


def _within(day: date, start: Any, end: Any) -> bool:
    return start.date() <= day and (end is None or day < end.date())


def _days(facts: ReportFacts) -> list[date]:
    """None on the first day of a period that runs."""
    days, day = [], facts.period.first
    while day <= facts.period.last:
        days.append(day)
        day += timedelta(days=1)
    return days


def _read_on(facts: ReportFacts, stay: Stay) -> date:
    left = stay.exited_at
    if left is not None and facts.period.first <= left.date() <= facts.period.last:
        return left.date()
    return facts.period.last


def _category(facts: ReportFacts, stay: Stay, day: date) -> str:
    person = facts.persons[stay.person]
    decided = [status for status in facts.statuses.get(stay.id, ()) if status.decided_on <= day]
    status = decided[-1].victim_status if decided else ""
    age = person.birth.age(day)
    alone = stay.child_status in ("non_accompagne", "separe", "chef_menage")
    if status in ("identifiee", "presumee"):
        return f"vdt_{status}"
    if age is not None and age < 18 and alone:
        return "enas"
    if stay.is_dependant:
        return "accompagnant"
    if stay.migration_situation in ("retour_volontaire", "retour_assiste", "retour_force"):
        return "retour"
    return (
        "transit_bloque"
        if stay.migration_situation in ("transit", "bloque", "refoule_etranger")
        else "autre_vulnerable"
    )


def _cells(facts: ReportFacts, stay: Stay) -> list[tuple[tuple[str, str], ...]]:
    day = _read_on(facts, stay)
    person: Person = facts.persons[stay.person]
    return [
        (),
        (("sex", person.sex), ("age_group", person.birth.group(day))),
        (("category", _category(facts, stay, day)),),
    ]


def stood(bed: Bed, day: date) -> Any:
    """The room of a bed on that night."""
    return next((one.room for one in bed.former if _within(day, one.start, one.end)), bed.room)


def _is_closed(room: Room, there: set[tuple[str, bool]]) -> bool:
    """Nobody else may come: a family has the room, or each who might meets somebody of the other sex and age."""
    if room.room_type == "bureau" or not there:
        return False
    if room.room_type == "chambre_famille":
        return True
    might = [(sex, minor) for sex in "fm" for minor in (True, False) if room.sex_rule in (sex, "indifferent")]
    return all(any(age != minor and other != sex for other, age in there) for sex, minor in might)


def _kind(person: Person, day: date) -> tuple[str, bool]:
    return person.sex, person.birth.protected_as_minor(day)


def capacity(facts: ReportFacts) -> Count:
    """T1, night by night."""
    found: Count = defaultdict(int)
    beds = {bed.id: bed for bed in facts.beds}
    presences = []
    for day in _days(facts):
        installed = {
            b.id for b in facts.beds if b.bed_type != "appoint" and _within(day, b.in_service_from, b.in_service_to)
        }
        out = {state.bed for state in facts.bed_states if _within(day, state.start, state.end)} & installed
        found["t1.capacity_bed_nights", ()] += len(installed - out)
        found["t1.unavailable_bed_nights", ()] += len(out)
        found["t1.installed_beds", ()], found["t1.operational_beds", ()] = len(installed), len(installed - out)
        present = sleepers = 0
        rooms: dict[Any, int] = defaultdict(int)
        there: dict[Any, set[tuple[str, bool]]] = defaultdict(set)
        free = installed - out
        for stay in facts.stays:
            if stay.exit_reason in ("non_admis", "erreur_saisie") or not _within(day, stay.admitted_at, stay.exited_at):
                continue
            places = [p for p in facts.placements.get(stay.id, ()) if _within(day, p.start, p.end)]
            shares = any(p.place == "partage" for p in places)
            free -= {p.bed for p in places if p.bed is not None}
            slept_in = places and (stood(beds[places[0].bed], day) if places[0].bed is not None else places[0].room)
            if places:
                there[slept_in].add(_kind(facts.persons[stay.person], day))
            if any(_within(day, a.start, a.end) for a in facts.absences.get(stay.id, ())):
                found["t1.absence_nights", ()] += 1
                found["t1.absence_nights_held", ()] += not shares
                continue
            present += 1
            for dims in _cells(facts, stay):
                found["t2.person_nights", dims] += 1
            sleepers += not shares
            rooms[slept_in or None] += not shares
            in_bed = any(p.place == "lit" and p.bed is not None and beds[p.bed].bed_type != "appoint" for p in places)
            where = "shared" if shares else "in_bed" if in_bed else "extra"
            found[f"t1.person_nights_{where}", ()] += 1
            found["t1.person_nights_unplaced", ()] += not places
        lost = sum(_is_closed(facts.rooms[stood(beds[one], day)], there[stood(beds[one], day)]) for one in free)
        found["t1.lost_bed_nights", ()] += lost
        found["t1.lost_by_night", (("night", day.isoformat()),)] = lost
        presences.append(present)
        found["t1.presence", (("night", day.isoformat()),)] = present
        found["t1.overcapacity_nights", ()] += sleepers > len(installed - out)
        for room, persons in rooms.items():
            usable = sum(stood(beds[bed], day) == room for bed in installed - out)
            found["t1.overcapacity_by_room", ()] += max(0, persons - usable)
    nights, usable = sum(presences), found["t1.capacity_bed_nights", ()]
    found["t1.person_nights", ()] = nights
    found["t1.max_presence", ()], found["t1.min_presence", ()] = max(presences, default=0), min(presences, default=0)
    found["t1.mean_presence", ()] = rounded(Fraction(nights, len(presences)), "0.01") if presences else None
    slept = found["t1.person_nights_in_bed", ()] + found["t1.person_nights_extra", ()]
    held = slept + found["t1.absence_nights_held", ()]
    found["t1.occupancy_rate", ()] = rounded(Fraction(slept * 100, usable)) if usable else None
    found["t1.occupancy_rate_held", ()] = rounded(Fraction(held * 100, usable)) if usable else None
    return dict(found)


def movements(facts: ReportFacts) -> Count:
    """T2, T3 and T8 but for nights, stay by stay."""
    found: Count = defaultdict(int)
    first, last = facts.period.first, facts.period.last
    counted = [s for s in facts.stays if s.exit_reason not in ("non_admis", "erreur_saisie")]
    ended: dict[Any, list[int]] = defaultdict(list)
    here: dict[Any, list[int]] = defaultdict(list)
    for stay in counted:
        came, left = stay.admitted_at.date(), stay.exited_at.date() if stay.exited_at else None
        entered, exited = first <= came, left is not None and left <= last
        names = ["t2.entries"] if entered else ["t2.present_start"]
        names.append("t2.exits" if exited else "t2.present_end")
        for dims in _cells(facts, stay):
            for name in names:
                found[name, dims] += 1
        for dims in _cells(facts, stay)[:2]:
            if entered:
                found[f"t2.entries_{stay.entry_kind}", dims] += 1
            if exited and left is not None:
                ended[dims].append((left - came).days)
            else:
                here[dims].append((last - came).days)
                found["t2.over_max_stay", dims] += _is_over(facts, stay, (last - came).days)
        if exited:
            found["t8.exits", (("exit_reason", stay.exit_reason or "non_renseigne"),)] += 1
            found["t8.exits", (("exit_destination", stay.exit_destination or "inconnue"),)] += 1
        if entered:
            found["t3.entries", (("referral_source", stay.referral_source or "non_renseigne"),)] += 1
    for dims, lengths in ended.items():
        found["t2.mean_stay", dims] = rounded(Fraction(sum(lengths), len(lengths)))
        found["t2.median_stay", dims] = float(median(lengths))
    for dims, lengths in here.items():
        found["t2.mean_time_present", dims] = rounded(Fraction(sum(lengths), len(lengths)))
    for stay in facts.stays:
        if stay.exit_reason == "non_admis" and first <= stay.admitted_at.date() <= last:
            for dims in _cells(facts, stay)[:2]:
                found["t2.redirected", dims] += 1
    _count_persons(facts, counted, found)
    return dict(found)


def _is_over(facts: ReportFacts, stay: Stay, age: int) -> bool:
    kind, years = _category(facts, stay, facts.period.last), facts.persons[stay.person].birth.age(facts.period.last)
    if years is not None and years < 18:
        return False
    return age > {"vdt_identifiee": 180, "vdt_presumee": 180, "transit_bloque": 15}.get(kind, 90)


def _count_persons(facts: ReportFacts, counted: list[Stay], found: Count) -> None:
    for person in {stay.person for stay in counted}:
        theirs = sorted((s for s in counted if s.person == person), key=lambda s: (s.admitted_at, s.id))
        last, known = theirs[-1], facts.persons[person]
        for dims in _cells(facts, last):
            found["t2.distinct_persons", dims] += 1
        if any(_is_new(facts, stay, theirs) for stay in theirs):
            for dims in _cells(facts, last)[:2]:
                found["t2.new_persons", dims] += 1
        for name, value in (
            ("nationality", known.nationality),
            ("migration_situation", last.migration_situation),
            ("region_origin", known.region_origin),
            ("education_level", known.education_level),
            ("language", "".join(known.languages[:1])),
            ("country_last", last.country_last),
        ):
            found["t3.persons", ((name, value or "non_renseigne"),)] += 1
        then = ("age_at_admission", known.birth.group(last.admitted_at.date()))
        found["t3.ages", (then,)] += 1
        found["t3.ages", (then, ("age_group", known.birth.group(_read_on(facts, last))))] += 1
        age = known.birth.age(_read_on(facts, last))
        if age is not None and age >= 18:
            for dims in ((), (("marital_status", known.marital_status or "non_renseigne"),)):
                found["t3.adults", dims] += 1
        day = _read_on(facts, last)
        needing = {
            one.specific_need
            for one in facts.needs.get(last.id, ())
            if one.found_on <= day and not (one.ended_on and one.ended_on <= day)
        }
        if needing:
            found["t3.needs", ()] += 1
        for need in needing:
            found["t3.needs", (("specific_need", need),)] += 1


def _is_new(facts: ReportFacts, stay: Stay, theirs: list[Stay]) -> bool:
    if stay.admitted_at.date() < facts.period.first:
        return False
    if stay.entry_kind in ("premiere", "naissance"):
        return True
    return stay.entry_kind == "transfert" and stay.person not in facts.known_before and stay is theirs[0]
