"""The case files of an invented shelter, and what else its house kept: subject by subject, in a fixed order.

A subject is a module with a function that writes into a `Book`; one more is a line here.

Notes on the persons of an invented shelter, and a few small papers; nobody is named in them.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from shelter_desk.training import (
    activities,
    admissions,
    assessments,
    children,
    consents,
    exits,
    incidents,
    interviews,
    legal_files,
    place_requests,
    plans,
    voluntary_returns,
)
from shelter_desk.training.consents import is_followed
from shelter_desk.training.facts import Fact, FactBook, last_day, number, person, refer, staff, stay
from shelter_desk.training.house import Visit
from shelter_desk.training.registers import Invented

_NOTES = {
    "suivi": (
        "Rencontre au bureau. Mange et dort bien, a demandé quand commence l’atelier.",
        "Point sur le plan : deux actions avancent, la demande de papiers attend une réponse.",
        "A aidé à la cuisine. Souhaite appeler sa famille vendredi, rendez-vous pris.",
        "Un peu de fatigue. Préfère rester au calme cet après-midi ; revue demain.",
    ),
    "protection": (
        "Dit ne pas se sentir suivie depuis son arrivée. Les sorties restent accompagnées.",
        "Aucun appel reçu. Confidentialité rappelée à toute l’équipe.",
    ),
    "psy": (
        "Entretien d’écoute. Parle de projets, sourit davantage. Prochain entretien dans une semaine.",
        "Sommeil agité ces derniers jours. Exercices de respiration faits ensemble.",
    ),
    "sante": (
        "Retour du centre de santé : contrôle fait, traitement expliqué, prochain passage noté à l’agenda.",
        "Maux de tête signalés ; vue par l’infirmière, repos.",
    ),
}
_KINDS = (("suivi", "psy", "protection", "sante"), (50, 22, 14, 14))
SINCE = 150  # days: notes are written of stays not over before
# kind of paper, title, text, days until it runs out or none
_PAPERS = (
    ("acte_naissance", "Copie de l’acte de naissance", "Copie d’exercice, sans valeur. Acte reçu au guichet.", None),
    ("laissez_passer", "Laissez-passer", "Document d’exercice, sans valeur. Validité limitée.", 24),
    (
        "autre",
        "Attestation de formation",
        "Attestation d’exercice : a suivi l’atelier de couture, quarante heures.",
        None,
    ),
)
_OF_PARTS = {"survivor": (0, 1), "child": (0,), "trainee": (2,)}


def write(book: FactBook) -> None:
    """Some notes on every followed stay of the last months; papers of those whose file is shown."""
    for visit in book.house.visits:
        lasted = (book.today - last_day(visit, book)).days <= SINCE
        is_written = is_followed(visit, book.house.profile) and visit.head is None
        if lasted and is_written and visit.role not in ("refuses", "waiting"):
            _notes(book, visit)
        for at in _OF_PARTS.get(visit.role, ()):
            _paper(book, visit, at)


def _notes(book: FactBook, visit: Visit) -> None:
    last = last_day(visit, book)
    nights = (last - visit.came).days
    many = {"survivor": 7, "child": 5, "trainee": 5}.get(visit.role, min(3, 1 + nights // 15))
    days = sorted(book.rng.randint(1, max(1, nights)) for _ in range(many)) if nights else []
    for after in days:
        kind = book.rng.choices(*_KINDS)[0]
        _note(book, visit, visit.came + timedelta(days=after), kind, book.rng.choice(_NOTES[kind]))


def _note(book: FactBook, visit: Visit, day: date, kind: str, text: str) -> None:
    at = book.at(day)
    values: dict[str, Any] = {
        "person_id": person(visit),
        "stay_id": stay(visit),
        "note_kind": kind,
        "noted_at": at,
        "written_at": at + timedelta(minutes=25),
        "written_by": staff("B"),
        "is_contact": True,
        "corrects_id": None,
    }
    book.add("case_notes", values, visit.code, {"body": text})


def _paper(book: FactBook, visit: Visit, at: int) -> None:
    kind, title, text, until = _PAPERS[at]
    last = last_day(visit, book)
    day = max(visit.came, last - timedelta(days=6 + 5 * at))
    content = f"{title}\n\n{text}\n".encode()
    values: dict[str, Any] = {
        "person_id": person(visit),
        "stay_id": stay(visit),
        "document_kind": kind,
        "media_type": "text/plain",
        "size": len(content),
        "added_by": staff("B"),
        "added_at": book.at(day),
        "expires_on": None if until is None else book.today + timedelta(days=until),
    }
    paper = book.add("documents", values, visit.code, {"title": title})
    book.add("document_contents", {"id": paper}, visit.code, {"content": content})


EAS_CHANNEL = "Ligne d’écoute affichée dans le couloir (exercice)"
SUBJECTS: Mapping[str, Callable[[FactBook], None]] = MappingProxyType(
    {
        "admitting": admissions.write,
        "agreeing": consents.write,
        "interviewing": interviews.write,
        "weighing": assessments.write,
        "planning": plans.write,
        "children": children.write,
        "parting": exits.write,
        "noting": write,
        "gathering": activities.write,
        "dining": activities.note_diets,
        "incidents": incidents.write,
        "nights": activities.call_rolls,
        "reaching": admissions.name_contacts,
        "asking": place_requests.write,
        "returning": voluntary_returns.write,
        "judging": legal_files.write,
    }
)


def facts(house: Invented) -> list[Fact]:
    """Everything beside the registers, numbered in order of time; nothing of it is dated after yesterday evening."""
    found: list[Fact] = []
    for subject, write in SUBJECTS.items():
        book = FactBook(subject, house)
        write(book)
        found += book.facts
    number(found, Counter(str(row["service_on"].year) for row in house.services))
    return list(refer(found))


def settings(house: Invented) -> Mapping[str, str]:
    """What the shelter said of its house: taps for twenty persons less than it holds, and where a complaint goes."""
    toilets, showers = (2, 1) if house.profile == "bamako" else (3, 2)
    return {"toilets": str(toilets), "showers": str(showers), "eas_channel": EAS_CHANNEL}
