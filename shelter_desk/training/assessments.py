"""What endangers and protects the persons of an invented shelter: the four levels, the danger, measures, reviews."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from shelter_desk.domain.casefile.assessments import PERSONAL, factors_of, suggested_level
from shelter_desk.training.consents import is_followed
from shelter_desk.training.facts import FactBook, last_day, staff, stay
from shelter_desk.training.house import Visit

_NOTES = (
    "Le lien avec la famille tient par le téléphone. L’argent et les papiers restent les premières difficultés.",
    "Dort mieux depuis une semaine. Participe aux ateliers. Reste prudente avec les inconnus.",
    "Veut apprendre un métier. Une parente peut accueillir, sa situation est à vérifier.",
)
_ON_FACTORS = {
    "ind_papiers": "Aucun papier depuis le voyage ; acte de naissance à demander.",
    "men_soutien": "Une parente répond au téléphone et demande des nouvelles.",
    "ind_competences": "A déjà cousu et vendu au marché.",
}
_GOOD = ("men_soutien", "ind_competences", "com_services", "ind_langue")
_BAD = (
    "ind_papiers",
    "ind_ressources",
    "ind_violence_vecue",
    "com_reseau_passeurs",
    "ind_alphabetisation",
    "men_revenus",
)
_MEASURES = ("sortie_accompagnee", "confidentialite_renforcee", "chambre_separee")
# of who plays a part: likelihood and impact of each version
_OF_PARTS = {
    "survivor": ((3, 3), (2, 2), (2, 2), (1, 2)),
    "presumed": ((2, 2), (2, 2)),
    "trainee": ((2, 2), (1, 2)),
    "danger": ((2, 2), (3, 3)),
    "distress": ((2, 2), (2, 2)),
}
LATE = 3  # days since danger or concern was written


def write(book: FactBook) -> None:
    """Every followed stay that was assessed, in versions."""
    for visit in book.house.visits:
        if "evaluation" in visit.days and is_followed(visit, book.house.profile):
            days, factors = list(_days(book, visit)), _factors(book)
            for version, day in enumerate(days, 1):
                _assess(book, visit, version, day, factors, is_last=version == len(days))
                factors = _better(book, factors)


def _days(book: FactBook, visit: Visit) -> Iterator[date]:
    last = last_day(visit, book)
    found = [visit.days["evaluation"], *visit.reviews]
    if visit.role in ("danger", "distress"):
        found.append(book.today - timedelta(days=LATE))
    yield from sorted({day for day in found if day <= last})


def _assess(book: FactBook, visit: Visit, version: int, day: date, factors: dict[str, str], is_last: bool) -> None:
    rng = book.rng
    highest = 2 if visit.exited_at is None else 3  # of those here, who plays a part is in danger
    weights = _OF_PARTS.get(visit.role, ((rng.randint(1, highest), rng.choice((1, 2, 2))),))
    likelihood, impact = weights[min(version, len(weights)) - 1]
    level = suggested_level(likelihood, impact)
    has_measures = level != "faible" and not (visit.role == "danger" and version > 1)
    measures = book.some(_MEASURES, 1, 2) if has_measures else ()
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "version": version,
        "assessed_on": day,
        "assessor_id": staff("B"),
        "threat_likelihood": likelihood,
        "threat_impact": impact,
        "safe_to_contact_family": rng.choice(("oui", "a_verifier", "a_verifier", "non")),
        "safe_to_go_out": "non" if level == "eleve" else "oui" if level == "faible" else "a_verifier",
        "risk_level": level,
        "safety_measures": measures,
        "measured_at": book.at(day) if measures else None,
        "next_review": _review(book, visit, day, is_last),
        "recorded_at": book.typed(day),
    }
    fears = visit.role == "distress" and version > 1
    sources = ("soi_meme",) if fears else ("aucune",) if level == "faible" else ("exploiteur",)
    words = {"threat_sources": ";".join(sources), "self_harm_concern": "oui" if fears else "non"}
    if rng.random() < 0.5:
        words["note"] = rng.choice(_NOTES)
    row = book.add("assessments", values, visit.code, words)
    for factor, answer in factors.items():
        note = {"note": _ON_FACTORS[factor]} if factor in _ON_FACTORS and rng.random() < 0.3 else {}
        book.add("factor_answers", {"assessment_id": row, "factor": factor, "answer": answer}, visit.code, note)


def _review(book: FactBook, visit: Visit, day: date, is_last: bool) -> date:
    """In two to three weeks; of those here it lies ahead, but for one in eight."""
    due = day + timedelta(days=book.rng.randint(12, 21))
    if is_last and visit.exited_at is None and due < book.today and book.rng.random() > 0.12:
        due = book.today + timedelta(days=book.rng.randint(1, 9))
    return due


def _factors(book: FactBook) -> dict[str, str]:
    """Most factors of the three levels of a person; some risk and something that protects are always there."""
    answers = {}
    for level in PERSONAL:
        for factor in factors_of(level):
            if book.rng.random() < 0.7:
                answers[factor] = book.rng.choices(("neutre", "risque", "protection", "inconnu"), (46, 26, 18, 10))[0]
    return {**answers, book.rng.choice(_BAD): "risque", book.rng.choice(_GOOD): "protection"}


def _better(book: FactBook, factors: dict[str, str]) -> dict[str, str]:
    """The same some weeks later: two or three of the risks have lost their weight, or something was found out."""
    open_ones = [factor for factor, answer in factors.items() if answer in ("risque", "inconnu")]
    changed = book.rng.sample(open_ones, min(len(open_ones) - 1, book.rng.randint(2, 3)))
    return {**factors, **{factor: book.rng.choice(("neutre", "protection")) for factor in changed}}
