"""The played shelter written as rows of the registers workbook."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shelter_desk.domain.moments import plain
from shelter_desk.domain.registers.rows import ORDER, Incoming
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.training import origins, stock
from shelter_desk.training import services as services_training
from shelter_desk.training.house import Visit
from shelter_desk.training.simulation import Shelter

SQUARE_METRES_A_BED = 4.5
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Invented:
    """A played shelter: its registers are `rows`, and whoever writes its case files reads the same stays and services.

    since: services and movements of the store are those from that day on.
    visits: the stays not over before `first` and earlier ones of the same persons, numbered, in order of admission.
    services, referrals: rows of the registers.
    """

    shelter: Shelter
    first: date
    since: date
    seed: int
    visits: tuple[Visit, ...]
    services: tuple[Values, ...]
    referrals: tuple[Values, ...]

    @property
    def profile(self) -> str:
        return self.shelter.profile

    @property
    def today(self) -> date:
        return self.shelter.today

    def rows(self) -> Iterator[Incoming]:
        """Every list, in the order in which they lean on one another; what ended before `first` is left out."""
        shelter, visits, today, first = self.shelter, self.visits, self.today, self.first
        families = origins.families(visits, today)
        lists: dict[str, Iterable[Values]] = {
            "chambres": _rooms(shelter),
            "lits": _beds(shelter),
            "lits_chambres": origins.moved_beds(shelter.rooms, today),
            "personnes": list({id(visit.person): visit.person.values for visit in visits}.values()),
            "sejours": [_stay(visit) | families.get(visit.number, {}) for visit in visits],
            "etats_lits": [_until_now(r, today) for r in shelter.states if "to" not in r or r["to"].date() >= first],
            "couchages": [row for visit in visits for row in _placements(visit)],
            "absences": [_until_now({"stay_no": v.number, **row}, today) for v in visits for row in v.absences],
            "statuts_victime": [row for visit in visits for row in statuses(visit, today)],
            "services": self.services,
            "referencements": self.referrals,
            "articles": stock.items(),
            "mouvements": stock.moves(visits, self.services, max(first, self.since), today, shelter.profile, self.seed),
        }
        for name in ORDER:
            yield from incoming(name, lists.get(name, ()))


def incoming(name: str, rows: Iterable[Values]) -> Iterator[Incoming]:
    """The rows of a list as a workbook has them: empty cells are left out."""
    for number, row in enumerate(rows, 3):
        yield Incoming(name, name, number, {key: value for key, value in row.items() if value not in (None, "")})


def invented(shelter: Shelter, first: date, seed: int, since: date) -> Invented:
    """Number the stays and care for those not over on the day `since`."""
    visits = _kept(shelter, first)
    in_year: Counter[int] = Counter()
    for visit in visits:
        year = visit.admitted_at.year
        in_year[year] += 1
        visit.number = f"{year}-{in_year[year]:04d}"
    origins.tell(visits, f"{shelter.profile} {seed}")
    services, referrals = services_training.numbered(
        services_training.care(visits, shelter.profile, shelter.today, since, seed)
    )
    return Invented(shelter, first, since, seed, tuple(visits), tuple(services), tuple(referrals))


def _until_now(row: dict[str, Any], today: date) -> dict[str, Any]:
    """Without an end that lies ahead."""
    end = row.get("to")
    return {key: value for key, value in row.items() if key != "to" or (end and end <= plain(today))}


def _kept(shelter: Shelter, first: date) -> list[Visit]:
    """The stays not over before the first day, and the earlier ones of the same persons, in order of admission."""
    lasting = [v for v in shelter.visits if v.exited_at is None or v.exited_at.date() >= first]
    persons = {visit.person for visit in lasting}
    families = {id(visit.head) for visit in lasting if visit.head}
    kept = [v for v in shelter.visits if v.person in persons or id(v) in families]
    return sorted(kept, key=lambda visit: (visit.admitted_at, visit.head is not None))


def _rooms(shelter: Shelter) -> Iterator[dict[str, Any]]:
    for room in shelter.rooms:
        yield {
            "room_code": room.code,
            "name": room.name,
            "room_type": room.kind,
            "sex_rule": room.sex_rule,
            "age_rule": room.age_rule,
            "surface_m2": round(SQUARE_METRES_A_BED * len(room.beds) + 2, 1),
            "accessible": room.code.endswith("1"),
        }


def _beds(shelter: Shelter) -> Iterator[dict[str, Any]]:
    for bed in shelter.beds:
        yield {
            "bed_code": bed.code,
            "room_code": bed.room.code,
            "bed_type": bed.kind,
            "in_service_from": bed.since,
            "in_service_to": bed.until,
        }


def _stay(visit: Visit) -> dict[str, Any]:
    gone = visit.exited_at is not None
    return {
        "stay_no": visit.number,
        "person_code": visit.person.values["person_code"],
        "admitted_at": visit.admitted_at,
        "entry_kind": visit.entry_kind,
        "exited_at": visit.exited_at,
        "exit_reason": visit.reason if gone else "",
        "exit_destination": visit.destination if gone and visit.reason != VOID else "",
        "migration_situation": visit.situation,
        "child_status": visit.child_status,
        "is_dependant": visit.head is not None,
        "head_stay_no": visit.head.number if visit.head else "",
        "referral_source": visit.referral,
    }


def _placements(visit: Visit) -> Iterator[dict[str, Any]]:
    for slept in visit.slept:
        yield {
            "stay_no": visit.number,
            "place": slept.place,
            "bed_code": slept.bed.code if slept.bed else "",
            "room_code": slept.room.code if slept.place == "appoint" else "",
            "from": slept.start,
            "to": slept.end,
            "override_rule": slept.rule,
            "override_reason": slept.reason,
        }


def statuses(visit: Visit, today: date) -> Iterator[dict[str, Any]]:
    """The decisions on a stay that were taken by now, as rows."""
    last = visit.exited_at.date() if visit.exited_at else today - timedelta(days=1)
    for status in visit.statuses:
        if status["decided_on"] <= last:
            yield {"stay_no": visit.number, **status}
