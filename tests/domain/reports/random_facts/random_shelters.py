"""Shelters drawn at random: stays that overlap, end before they begin or never, and nights without a place."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import Birth, Person
from shelter_desk.domain.stays.stays import Stay
from tests.domain.reports.shelters import Moment, Shelter, at

_START = date(2026, 9, 1)
_DAYS = 120
_KINDS = ("premiere", "readmission", "transfert", "naissance")
_REASONS = ("fin_sejour", "reunification", "fugue_disparition", "deces", "transfert", "non_admis", "erreur_saisie", "")
_STATUSES = ("non_depistee", "depistage_en_cours", "presumee", "identifiee", "non_victime")
_FORMS = ("trav_domestique", "sex_prive")


@st.composite
def moments(draw: st.DrawFn, least: int = 0, most: int = _DAYS) -> Moment:
    """A plain day, or a moment of it, between these days after 1 September 2026."""
    day = _START + timedelta(days=draw(st.integers(least, most)))
    if draw(st.booleans()):
        return day
    return datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), draw(st.integers(1, 59)))


@st.composite
def births(draw: st.DrawFn) -> Birth:
    """Any age, known to the day, by month or year, estimated, or not at all; often near a birthday that matters."""
    born = draw(st.none() | st.dates(date(1940, 1, 1), date(2026, 8, 1)) | st.dates(date(2008, 9, 1), date(2009, 1, 1)))
    if born is not None:
        return Birth(born, draw(st.sampled_from(("day", "month", "year", "estimated"))))
    if draw(st.booleans()):
        return Birth()
    return Birth(None, "estimated", draw(st.integers(0, 80)), draw(st.dates(date(2024, 2, 29), date(2026, 11, 30))))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """A month, a quarter, any two days, or one of these on a day on which it runs, its first one too."""
    kind = draw(st.sampled_from(("month", "quarter", "free", "running")))
    if kind == "running":
        whole = draw(periods()).whole
        return whole.over_by(whole.first + timedelta(days=draw(st.just(0) | st.integers(0, whole.nights - 1))))
    if kind == "month":
        return Period.month(2026, draw(st.sampled_from((9, 10, 11, 12))))
    if kind == "quarter":
        return Period(date(2026, 10, 1), date(2026, 12, 31))
    first = _START + timedelta(days=draw(st.integers(0, 100)))
    return Period(first, first + timedelta(days=draw(st.integers(0, 45))))


@st.composite
def shelters(draw: st.DrawFn, most_stays: int = 14, persons: tuple[int, int] = (0, 8)) -> Shelter:
    """A shelter whose facts respect what the database enforces: no overlaps, nothing outside its stay.

    persons: how many are known, at least and at most.
    """
    shelter = Shelter()
    for _ in range(draw(st.integers(1, 3))):
        shelter.room(
            draw(st.sampled_from(("dortoir_f", "chambre_famille", "bureau"))), draw(st.sampled_from((None, 14.5, 20.0)))
        )
    for _ in range(draw(st.integers(0, 6))):
        _add_bed(draw, shelter)
    for _ in range(draw(st.integers(*persons))):
        nationality = draw(st.sampled_from(("ML", "GN", "SN", "")))
        region = draw(st.sampled_from(("", "ml_kayes")))
        told = {
            "education_level": draw(st.sampled_from(("", "alphabetise"))),
            "languages": draw(st.sampled_from(((), ("bam",), ("ffm", "bam")))),
            "marital_status": draw(st.sampled_from(("", "marie"))),
        }
        shelter.person(
            draw(st.sampled_from(("f", "m", "u"))), draw(births()), nationality, region_origin=region, **told
        )
    for _ in range(draw(st.integers(0, most_stays)) if shelter.persons else 0):
        _add_stay(draw, shelter)
    return shelter


def _add_bed(draw: st.DrawFn, shelter: Shelter) -> None:
    since = draw(st.just(date(2026, 1, 1)) | moments())
    until = draw(st.none() | moments())
    if until is not None and not at(since).date() < at(until).date():
        until = None
    kind = draw(st.sampled_from(("simple", "superpose_bas", "berceau", "appoint")))
    bed = shelter.bed(since, until, kind, draw(st.integers(1, len(shelter.rooms))))
    for day in sorted({at(draw(moments())).date() for _ in range(draw(st.integers(0, 2)))}):
        if (bed.former[-1].end if bed.former else bed.in_service_from).date() < day:
            bed = shelter.move_bed(bed, draw(st.integers(1, len(shelter.rooms))), day)
    for _ in range(draw(st.integers(0, 2))):
        start, length = draw(moments()), draw(st.integers(1, 20))
        state = draw(st.sampled_from(("maintenance", "hors_service", "quarantaine")))
        shelter.block(bed, start, draw(st.sampled_from((None, at(start) + timedelta(days=length)))), state)


def _free(shelter: Shelter, person: Person, came: datetime, left: datetime | None) -> bool:
    """Days only, so that this says no a little more often than the rule does."""
    return all(
        (left is not None and left.date() <= other.admitted_at.date())
        or (other.exited_at is not None and other.exited_at.date() <= came.date())
        for other in shelter.stays
        if other.person == person.id and not other.is_void
    )


def _add_stay(draw: st.DrawFn, shelter: Shelter) -> None:
    person = draw(st.sampled_from(shelter.persons))
    came = at(draw(moments()))
    length = draw(st.none() | st.integers(0, 60))
    reason = draw(st.sampled_from(_REASONS)) if length is not None else ""
    left = None if length is None else came + timedelta(days=0 if reason == "non_admis" else length)
    if reason != "erreur_saisie" and not _free(shelter, person, came, left):
        return
    stay = shelter.stay(
        person,
        came,
        left,
        entry_kind=draw(st.sampled_from(_KINDS)),
        exit_reason=reason,
        exit_destination=draw(st.sampled_from(("", "mali_autre", "inconnue"))),
        migration_situation=draw(st.sampled_from(("retour_force", "transit", "bloque", "pdi", ""))),
        child_status=draw(st.sampled_from(("", "accompagne", "separe", "non_accompagne"))),
        is_dependant=draw(st.booleans()),
        referral_source=draw(st.sampled_from(("", "oim", "police"))),
        country_last=draw(st.sampled_from(("", "DZ"))),
    )
    _add_needs(draw, shelter, stay)
    if reason != "non_admis":
        _add_nights(draw, shelter, stay)
    for _ in range(draw(st.integers(0, 3))):
        _add_status(draw, shelter, stay)


def _add_needs(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> None:
    """Each from a day on, perhaps before the admission, for some days or to this day; one may come back."""
    for need in draw(st.sampled_from(((), ("enceinte",), ("enceinte", "handicap_moteur"), ("regime", "regime")))):
        former = [one for one in shelter.needs if (one.stay, one.specific_need) == (stay.id, need)]
        found = max([stay.admitted_at.date() - timedelta(days=3), *(one.ended_on or date.max for one in former)])
        if found == date.max:
            continue
        found += timedelta(days=draw(st.integers(0, 20)))
        ended = draw(st.none() | st.integers(1, 30))
        shelter.need(stay, need, found, None if ended is None else found + timedelta(days=ended))


def _add_status(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> None:
    forms = draw(st.lists(st.sampled_from(_FORMS), max_size=2, unique=True))
    shelter.status(
        stay,
        draw(st.sampled_from(_STATUSES)),
        at(draw(moments())).date(),
        status_decided_by=draw(st.sampled_from(("", "justice", "oim"))),
        exploitation_forms=tuple(forms),
    )


def _add_nights(draw: st.DrawFn, shelter: Shelter, stay: Stay) -> None:
    """Placements one after the other, with gaps, and absences that do not touch each other."""
    end = stay.exited_at.date() if stay.exited_at else _START + timedelta(days=_DAYS + 30)
    marks = draw(st.lists(st.integers(0, 60), max_size=4))
    days = sorted({min(stay.admitted_at.date() + timedelta(days=mark), end) for mark in marks})
    for start, after in zip(days, [*days[1:], None][: len(days)], strict=True):
        place = draw(st.sampled_from(("lit", "appoint", "partage", None)))
        if place is None or (after is None and start >= end):
            continue
        bed = draw(st.sampled_from(shelter.beds)) if shelter.beds else None
        if place != "appoint" and bed is None:
            continue
        first = stay.admitted_at if start == stay.admitted_at.date() else start
        shelter.place(stay, place, None if place == "appoint" else bed, first, after)
    away = sorted(set(draw(st.lists(st.integers(0, 40), max_size=4))))
    for gone, back in zip(away[::2], away[1::2], strict=False):
        begins = stay.admitted_at.date() + timedelta(days=gone)
        ends = min(stay.admitted_at.date() + timedelta(days=back), end)
        if begins < ends:
            shelter.away(stay, begins, ends)
