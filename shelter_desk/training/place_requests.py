"""Requests for a place at the door of an invented shelter: a few a month, some met, some not, two that still wait."""

from datetime import date, timedelta
from typing import Any

from shelter_desk.domain.stays.place_requests import Group
from shelter_desk.training.facts import FactBook, Ref, staff, stay
from shelter_desk.training.house import Visit
from shelter_desk.training.services import PARTNERS

_MET = 0.12  # of those who came, somebody had asked for before
_SOURCES = ("police", "action_sociale", "ong", "gendarmerie", "justice", "ligne_verte", "spontane", "autre_centre")
_ASKED = (("immediat", "prevu", "transfert", "quelques_nuits"), (60, 22, 10, 8))
_UNMET = (
    (("refusee", "complet"), 34),
    (("refusee", "regle_chambres"), 18),
    (("refusee", "oriente"), 14),
    (("refusee", "hors_mandat"), 10),
    (("refusee", "securite"), 4),
    (("refusee", "autre"), 3),
    (("abandonnee", "personne_decline"), 9),
    (("abandonnee", "sans_nouvelles"), 8),
)
_OTHER = "Chambre des familles en travaux"
# days before today, who waits still
_WAITING = (
    (6, "action_sociale", (Group("f", "a18_59", 1), Group("m", "a00_04", 1))),
    (2, "police", (Group("f", "a12_17", 1),)),
)
_FAMILIES = (
    (Group("f", "a18_59", 1),),
    (Group("f", "a18_59", 1),),
    (Group("f", "a12_17", 1),),
    (Group("m", "a12_17", 1),),
    (Group("m", "a18_59", 1),),
    (Group("f", "a18_59", 1), Group("f", "a00_04", 1)),
    (Group("f", "a18_59", 1), Group("m", "a05_11", 2)),
    (Group("m", "a18_59", 3),),
)


def write(book: FactBook) -> None:
    """What was asked since the shelter has its lists."""
    first = book.house.first
    for visit in book.house.visits:
        asked = visit.came >= first and visit.head is None and visit.counts and visit.entry_kind != "naissance"
        if asked and book.rng.random() < _MET:
            _met(book, visit)
    month = first
    while month < book.yesterday:
        for _ in range(book.rng.randint(1, 4)):
            day = month + timedelta(days=book.rng.randrange(28))
            if day < book.yesterday - timedelta(days=10):
                _unmet(book, day)
        month += timedelta(days=30)
    for days, source, groups in _WAITING:
        _add(book, book.today - timedelta(days=days), source, groups, "immediat", {"request_outcome": "attente"})


def _met(book: FactBook, visit: Visit) -> None:
    day = visit.came - timedelta(days=book.rng.randint(0, 5))
    groups: dict[tuple[str, str], int] = {}
    for one in (visit, *(child for child in visit.family if child.came == visit.came)):
        cell = (one.person.sex, one.person.birth.group(visit.came))
        groups[cell] = groups.get(cell, 0) + 1
    found = tuple(Group(sex, age, n) for (sex, age), n in groups.items())
    more = {"request_outcome": "admise", "decided_on": visit.came, "stay_id": stay(visit), "decided_by": staff("B")}
    _add(book, day, visit.referral or "ong", found, "immediat", more)


def _unmet(book: FactBook, day: date) -> None:
    rng = book.rng
    outcome, reason = rng.choices([one for one, _ in _UNMET], [share for _, share in _UNMET])[0]
    more = {
        "request_outcome": outcome,
        "decided_on": day + timedelta(days=rng.choice((0, 0, 0, 1, 3, 7))),
        "request_reason": reason,
        "reason_said": _OTHER if reason == "autre" else "",
        "partner": PARTNERS["pro"] if reason == "oriente" else "",
        "decided_by": staff(rng.choice("ABB")),
    }
    _add(book, day, rng.choice(_SOURCES), rng.choice(_FAMILIES), rng.choices(*_ASKED)[0], more)


def _add(book: FactBook, day: date, source: str, groups: tuple[Group, ...], asked: str, more: dict[str, Any]) -> Ref:
    values = {"asked_on": day, "referral_source": source, "place_asked": asked, "noted_by": staff("C")}
    made = book.add("place_requests", {**values, "recorded_at": book.typed(day), **more})
    for one in groups:
        cell = {"sex": one.sex, "age_group": one.age_group, "persons": one.persons}
        book.add("place_request_groups", {"request_id": made, **cell})
    return made
