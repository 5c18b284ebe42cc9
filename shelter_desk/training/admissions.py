"""What is asked at an admission beside the registers: needs, the interpreter, house rules, family and schooling.

Later, with the first plan: whom they want reached, and whom on no account.
"""

from datetime import date, timedelta
from typing import Any

from shelter_desk.training import names
from shelter_desk.training.chances import pick
from shelter_desk.training.facts import FactBook, last_day, person, profile, situation, stay
from shelter_desk.training.house import Visit

_NEEDS = (("repos", "nourriture", "soins", "vetements", "securite"), (30, 26, 20, 16, 8))
_SCHOOLS = (
    ("aucun", "coranique", "alphabetise", "fondamental_1", "fondamental_2", "secondaire", "inconnu"),
    (24, 18, 10, 22, 14, 8, 4),
)
_MARRIED = (("celibataire", "marie", "separe", "divorce", "veuf"), (56, 26, 8, 6, 4))
_CAME_FROM = {"bamako": ("CI", "SN", "GN", "MR", "BF"), "gao": ("DZ", "DZ", "DZ", "NE", "LY")}
_UNDERSTOOD = frozenset({"fra", "bam"})
# days after the admission until it shows, and days until it ends
_SEEN_AFTER = {"detresse_psy": 2, "regime": 1}
_LASTS = {"regime": 21, "detresse_psy": 60}
_RARE = ("detresse_psy", "maladie_chronique", "handicap_moteur", "regime")


def write(book: FactBook) -> None:
    """For every stay, and for every person once."""
    met: set[str] = set()
    for visit in book.house.visits:
        if not visit.counts:
            continue
        if visit.code not in met:
            met.add(visit.code)
            book.fill(profile(visit), _of_person(book, visit))
        book.fill(situation(visit), _of_stay(book, visit))


def _of_person(book: FactBook, visit: Visit) -> dict[str, Any]:
    age = visit.person.birth.age(visit.came) or 0
    married = pick(book.rng, _MARRIED) if age >= 18 else "celibataire"
    schooling = pick(book.rng, _SCHOOLS) if age >= 6 else "prescolaire" if age >= 3 else ""
    if visit.role == "new_child":
        married = "marie"
    return {"marital_status": married, "education_level": schooling if visit.role != "refuses" else ""}


def _of_stay(book: FactBook, visit: Visit) -> dict[str, Any]:
    rng = book.rng
    urgent = tuple(dict.fromkeys(pick(rng, _NEEDS) for _ in range(rng.randint(1, 2))))
    for need in _needs(book, visit):
        _find(book, visit, need)
    languages = str(visit.person.values.get("languages", "")).split(";")
    row: dict[str, Any] = {
        "urgent_needs": urgent,
        "interpreter_needed": not _UNDERSTOOD & set(languages),
        "house_rules_explained": True,
        "expected_exit": None,
        "country_last": "",
    }
    if visit.exited_at is None and visit.leaves > book.today and rng.random() < 0.6:
        row["expected_exit"] = visit.leaves
    if visit.person.nationality != "ML" or visit.situation.startswith("retour_"):
        row["country_last"] = rng.choice(_CAME_FROM[book.house.profile])
    return row


def _find(book: FactBook, visit: Visit, need: str) -> None:
    """Some days after the admission, where it does not show at once; a diet and a distress end in time."""
    last = last_day(visit, book)
    found = min(visit.came + timedelta(days=_SEEN_AFTER.get(need, 0)), last)
    ended = found + timedelta(days=_LASTS[need]) if need in _LASTS and visit.role != "survivor" else None
    values = {
        "stay_id": stay(visit),
        "specific_need": need,
        "found_on": found,
        "ended_on": ended if ended is not None and ended <= last else None,
    }
    book.add("specific_needs", values)


def _needs(book: FactBook, visit: Visit) -> tuple[str, ...]:
    if visit.role == "new_child":
        return ("enceinte",)
    if visit.role in ("survivor", "distress"):
        return ("detresse_psy",)
    age = visit.person.birth.age(visit.came) or 0
    if age < 1:
        return ("nourrisson",)
    if any((one.person.birth.age(visit.came) or 0) < 2 for one in visit.family) and visit.person.sex == "f":
        return ("allaitante",)
    return (book.rng.choice(_RARE),) if book.rng.random() < 0.08 else ()


_SHARE = 0.7  # of those who made a plan name somebody
_RELATIONS = ("mere", "mere", "pere", "frere_soeur", "oncle_tante", "grand_parent", "autre")
_WISHES = ("oui", "oui", "oui", "demander", "non")


def name_contacts(book: FactBook) -> None:
    """One or two contacts, said when the first plan was made."""
    seen: set[str] = set()
    for visit in book.house.visits:
        day = visit.days.get("plan")
        if day is None or day > book.yesterday or visit.head is not None or visit.code in seen:
            continue
        seen.add(visit.code)
        if book.rng.random() < _SHARE:
            for _ in range(book.rng.choice((1, 1, 2))):
                _contact(book, visit, day)


def _contact(book: FactBook, visit: Visit, noted: date) -> None:
    wish = book.rng.choice(_WISHES)
    relation = book.rng.choice(_RELATIONS)
    first, last = names.draw(book.rng, "ML", "m" if relation in ("pere", "oncle_tante") else "f")
    values: dict[str, Any] = {
        "person_id": person(visit),
        "contact_wish": wish,
        "kin_relation": relation,
        "safe_to_contact": "non" if wish == "non" else book.rng.choice(("oui", "oui", "a_verifier")),
        "noted_on": noted,
        "ended_on": None,
        "recorded_at": book.typed(noted),
    }
    phone = f"70 00 00 {book.rng.randrange(10, 99)}"  # a made number
    book.add("contacts", values, visit.code, names={"contact_name": f"{first} {last}", "phone": phone})
