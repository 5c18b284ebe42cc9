"""The identification interviews of an invented shelter, and why the status was decided so."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from shelter_desk.domain.casefile.identification import indicators, stages
from shelter_desk.training.consents import is_followed, is_minor, language
from shelter_desk.training.facts import FactBook, Ref, last_day, staff, stay
from shelter_desk.training.house import Visit
from shelter_desk.training.registers import statuses

_DECIDERS = {
    "ong_centre": "Commission de protection du centre (exercice)",
    "service_etat": "Service de promotion de la famille (exercice)",
    "police_gendarmerie": "Brigade spécialisée (exercice)",
    "justice": "Parquet, chambre spécialisée (exercice)",
    "oim": "Point focal protection (exercice)",
}
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "trav_domestique": (
        "i03_hebergement_controle",
        "i05_promesse_fausse",
        "i08_enferme",
        "i14_non_paye",
        "i15_horaires",
    ),
    "sex_prostitution": ("i01_tiers_organise", "i07_papiers", "i09_dette", "i12_serment_rite", "i17_sexe_contraint"),
    "trav_orpaillage": (
        "i01_tiers_organise",
        "i05_promesse_fausse",
        "i09_dette",
        "i14_non_paye",
        "i16_travail_dangereux",
    ),
    "mendicite_forcee": ("i04_remis_contre_argent", "i06_menace_violence", "i13_autorite_familiale", "i18_mendicite"),
    "mariage_force": ("i02_deplacement_repete", "i13_autorite_familiale", "i10_menace_famille", "i19_mariage"),
    "servitude_dettes": ("i01_tiers_organise", "i09_dette", "i10_menace_famille", "i14_non_paye"),
    "esclavage_ascendance": ("i03_hebergement_controle", "i13_autorite_familiale", "i20_statut_naissance"),
}
_USUAL = ("i01_tiers_organise", "i05_promesse_fausse", "i08_enferme", "i14_non_paye", "i15_horaires")
_ROUTES = {
    "bamako": (("Ségou", "Bamako"), ("Sikasso", "Abidjan", "Bamako"), ("Mopti", "Ségou", "Bamako"), ("Kayes", "Dakar")),
    "gao": (("Bamako", "Sévaré", "Gao", "Kidal"), ("Niamey", "Agadez", "Arlit"), ("Gao", "Kidal", "Tamanrasset")),
}
_SUMMARIES = (
    "La personne dit qu’on lui avait promis un travail payé et une chambre. Elle n’a pas reçu d’argent et ne pouvait "
    "pas sortir seule. Elle souhaite d’abord se reposer et voir un soignant.",
    "Le voyage a été organisé par quelqu’un de connu dans le quartier. Les papiers ont été gardés « pour le trajet » "
    "et n’ont pas été rendus. La personne craint des reproches à son retour.",
    "Travail du matin au soir sans jour de repos, repas pris à part, pas de téléphone. La personne a pu partir avec "
    "l’aide d’une voisine. Elle demande une formation et des nouvelles de sa famille.",
    "La dette du voyage augmentait chaque semaine. La personne a parlé calmement et a demandé deux pauses. Elle ne "
    "veut pas de plainte pour le moment.",
)
_PLAIN_SUMMARY = (
    "Voyage décidé et payé par la personne. Aucun élément de contrainte dans ce qu’elle raconte. Elle cherche un moyen "
    "de rentrer et une information sur ses droits."
)
_CHILD_SUMMARY = (
    "L’enfant a dessiné sa maison et parlé de l’école. Il ou elle veut savoir qui prévient la famille. Les faits n’ont "
    "été abordés qu’avec la personne de confiance présente, en peu de mots."
)
_STOPPED_SUMMARY = "Arrêt demandé après quelques minutes. Eau, repos, entretien d’écoute proposé pour le lendemain."
_REASONS = {
    "presumee": "Plusieurs indicateurs concordent ; à compléter par un second entretien.",
    "identifiee": "Acte, moyen et but établis par les entretiens ; avis de la réunion de cas.",
    "non_victime": "Pas d’indicateur d’exploitation. L’assistance continue selon les besoins.",
}


def write(book: FactBook) -> None:
    """Every stay that was screened with an interview, and the decisions of every stay."""
    for visit in book.house.visits:
        _decisions(book, visit)
        is_asked = "depistage" in visit.days and visit.head is None
        if is_asked and (visit.statuses or (visit.role and is_followed(visit, book.house.profile))):
            _sessions(book, visit)


def _sessions(book: FactBook, visit: Visit) -> None:
    last = last_day(visit, book)
    for session, (day, more) in enumerate(_planned(book, visit), 1):
        if day > last:
            return
        _session(book, visit, session, day, more)


def _planned(book: FactBook, visit: Visit) -> Iterator[tuple[date, Mapping[str, Any]]]:
    """The days of the sessions, and what is special about each."""
    first = visit.days["depistage"]
    decided = [row for row in visit.statuses if row["victim_status"] == "presumee"]
    if visit.role == "undecided":
        yield first, {"is_whole": True}
        yield first + timedelta(days=4), {"is_whole": True}
        yield first + timedelta(days=8), {"is_whole": True, "is_doubtful": True}
        return
    if visit.role == "new_child":
        yield first, {"stop": "demande"}
        return
    if not decided:
        yield first, {"stop": "demande"} if book.rng.random() < 0.06 and not visit.statuses else {}
        return
    second = decided[0]["decided_on"]
    if second > first:
        yield first, {"stop": "larmes"} if visit.role == "survivor" or book.rng.random() < 0.1 else {"is_half": True}
    yield second, {"is_whole": True}


def _session(book: FactBook, visit: Visit, session: int, day: date, more: Mapping[str, Any]) -> None:
    rng, child = book.rng, is_minor(visit)
    stop = str(more.get("stop", ""))
    spoken = language(visit)
    needs_interpreter = spoken not in ("bam", "fra")
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "session_no": session,
        "interview_at": book.at(day),
        "place": rng.choice(("Salle d’écoute", "Bureau du fond", "Salle calme")),
        "interviewer_id": staff("C") if more.get("is_doubtful") else staff("B"),
        "interviewer_trained": not more.get("is_doubtful"),
        "interviewer_sex_ok": True,
        "interpreter_name": "Interprète du centre" if needs_interpreter else "",
        "interpreter_ok": True if needs_interpreter else None,
        "language": spoken,
        "others_present": _beside(child, needs_interpreter, bool(more.get("is_doubtful"))),
        "ready_rested": True,
        "ready_care": True,
        "ready_safe": True,
        "consent_interview": "donne",
        "consent_anonymous_stats": rng.choice(("donne", "donne", "refuse")),
        "is_child_variant": child,
        "stage": 3 if stop else stages(child)[-1],
        "interview_state": "arrete" if stop else "termine",
        "stop_reason": stop,
        "was_minor_at_facts": child,
        "immediate_danger": False,
        "risk_family_reprisal": rng.random() < 0.15,
        "legal_action_wish": rng.choice(("non", "plus_tard", "non_demande", "oui")),
        "recorded_at": book.typed(day),
    }
    signs = _signs(visit)
    if more.get("is_whole"):
        values |= _facts(book, visit, child)
    else:
        signs = signs[:1] if more.get("is_half") else ()
    answers = {} if stop else _answers(book, visit, signs)
    summary = _STOPPED_SUMMARY if stop else _CHILD_SUMMARY if child else rng.choice(_SUMMARIES)
    if not stop and not more:
        summary = _PLAIN_SUMMARY
    row = book.add("interviews", values, visit.code, {"summary": summary})
    for indicator, answer in answers.items():
        book.add("indicator_answers", {"interview_id": row, "indicator": indicator, "answer": answer})


def _beside(child: bool, interpreter: bool, doubtful: bool) -> tuple[str, ...]:
    others = ["personne_confiance"] if child else []
    others += ["interprete"] if interpreter else []
    others += ["autre"] if doubtful else []
    return tuple(others or ["aucune"])


def _forms(visit: Visit) -> tuple[str, ...]:
    told = next((row["exploitation_forms"] for row in visit.statuses if row.get("exploitation_forms")), "")
    return tuple(told.split(";")) if told else ("trav_domestique" if visit.person.sex == "f" else "trav_orpaillage",)


def _signs(visit: Visit) -> tuple[str, ...]:
    found = [sign for form in _forms(visit) for sign in _SIGNS.get(form, _USUAL)]
    return tuple(dict.fromkeys(("i01_tiers_organise", *found)))


def _answers(book: FactBook, visit: Visit, signs: Sequence[str]) -> dict[str, str]:
    """A yes to the signs, a no or nothing to the rest; who was asked about an act is asked about each part."""
    asked = [one for part in ("act", "means", "purpose") for one in indicators(part)]
    answers = {one: book.rng.choices(("non", "ne_sait_pas", "refus"), (80, 14, 6))[0] for one in asked[::2]}
    if is_minor(visit):
        answers = {one: answer for one, answer in answers.items() if one not in indicators("means")}
    return dict(sorted({**answers, **dict.fromkeys(signs, "oui")}.items()))


def _facts(book: FactBook, visit: Visit, child: bool) -> dict[str, Any]:
    rng, age = book.rng, visit.person.birth.age(visit.came) or 20
    at_facts = max(8, age - rng.randint(0, 3))
    return {
        "age_at_facts": at_facts,
        "was_minor_at_facts": child or at_facts < 18,
        "acts": book.some(("recrutement", "transport", "hebergement", "accueil"), 1, 2),
        "means": () if child else book.some(("tromperie", "abus_vulnerabilite", "contrainte", "menace"), 1, 2),
        "exploitation_forms": _forms(visit),
        "recruitment_methods": (rng.choice(("amis", "placeuse_logeuse", "passeur_coxeur", "confiage", "famille")),),
        "recruiter_relation": rng.choice(("ami", "famille", "autre", "inconnu")),
        "control_methods": book.some(("dette", "fausses_promesses", "prend_gains", "papiers_confisques"), 1, 3),
        "exploitation_countries": ("ML",) if book.house.profile == "bamako" else (rng.choice(("DZ", "ML", "NE")),),
        "exploitation_regions": ("ml_bamako",) if book.house.profile == "bamako" else ("ml_gao",),
        "duration_months": rng.randint(3, 30),
        "route_points": rng.choice(_ROUTES[book.house.profile]),
    }


def _decisions(book: FactBook, visit: Visit) -> None:
    """Who decided and why, and until when a presumption is looked at again; one decision has nobody (R-19)."""
    for row in statuses(visit, book.today):
        status, day = row["victim_status"], row["decided_on"]
        values: dict[str, Any] = {"status_decider": "", "review_on": None}
        if status in ("identifiee", "non_victime") and visit.role != "asylum":
            values["status_decider"] = _DECIDERS[row["status_decided_by"]]
        if status == "presumee":
            values["review_on"] = day + timedelta(days=30)
        words = {"reason": _REASONS[status]} if status in _REASONS and is_followed(visit, book.house.profile) else {}
        book.fill(Ref("victim_statuses", f"{visit.number} {day} {status}"), values, visit.code, words)
