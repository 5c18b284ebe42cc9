"""The plans made with the persons of an invented shelter, the steps of their admission and the agenda."""

from datetime import date, datetime, time, timedelta
from typing import Any

from shelter_desk.domain.assistance.appointments import steps
from shelter_desk.training.consents import is_followed
from shelter_desk.training.facts import FactBook, Ref, last_day, staff, stay
from shelter_desk.training.house import Visit
from shelter_desk.training.services import PARTNERS

# domain, objective, action, result, who does it: the person, the staff, or a partner by the kind of service
_LINES = (
    (
        "san",
        "Être en bonne santé",
        "Consultation et suivi au centre de santé",
        "Consultation faite, ordonnance remise",
        "san",
    ),
    ("psy", "Retrouver le sommeil", "Entretiens d’écoute chaque semaine", "Dort mieux, souhaite continuer", "staff"),
    ("jur", "Avoir un acte de naissance", "Demande de jugement supplétif", "Acte reçu et remis", "jur"),
    ("fop", "Apprendre un métier", "Atelier de couture trois fois par semaine", "Premier ouvrage vendu", "personne"),
    ("edu", "Lire et compter", "Cours d’alphabétisation l’après-midi", "Lit une phrase simple", "personne"),
    ("pro", "Parler à sa famille", "Appel accompagné avec une parente", "Appel fait, famille rassurée", "staff"),
    ("ret", "Préparer le retour", "Rencontre avec le bureau du retour", "Options expliquées, choix à confirmer", "ret"),
    ("nfi", "Avoir de quoi se changer", "Vêtements et kit de dignité", "Remis", "staff"),
)
_OF_CHILDREN = (
    ("edu", "Reprendre l’école", "Inscription et fournitures", "Inscription faite", "staff"),
    ("pro", "Retrouver la famille", "Recherche avec le service des familles", "Famille localisée", "pro"),
    ("psy", "Jouer et se sentir en sécurité", "Activités récréatives chaque jour", "Participe avec plaisir", "staff"),
    ("san", "Être à jour de vaccins", "Visite au centre de santé", "Carnet à jour", "san"),
)
_WISHES = (
    "Apprendre la couture, puis rentrer près des siens quand ce sera sûr.",
    "Avoir ses papiers, travailler et envoyer un peu d’argent à la maison.",
    "Parler à sa famille avant de décider. Ne pas rentrer les mains vides.",
)
_SOLUTIONS = ("retour", "reunification", "integration_locale", "a_definir")
_KINDS = ("psy_ecoute", "san_consult", "jur_conseil", "pro_suivi", "pro_contact_fam", "fop_metier")
STEPS_SINCE = 60  # days; older admissions were before the agenda was kept


def write(book: FactBook) -> None:
    """The plan of every followed stay that has one, the steps of recent admissions, what is to come this week."""
    for visit in book.house.visits:
        if not visit.counts:
            continue
        if "plan" in visit.days and is_followed(visit, book.house.profile) and visit.head is None:
            _plan(book, visit)
        if (book.today - visit.came).days <= STEPS_SINCE and visit.head is None:
            _admission(book, visit)
        if visit.exited_at is None and visit.head is None and visit.came < book.yesterday:
            _to_come(book, visit)


def _plan(book: FactBook, visit: Visit) -> None:
    rng, day, left = book.rng, visit.days["plan"], visit.exited_at
    minor = visit.person.minor(visit.came)
    closed = left.date() if left is not None and left.date() <= book.yesterday else None
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "made_on": day,
        "case_worker_id": staff("B"),
        "made_with_person": True,
        "solution_sought": rng.choice(_SOLUTIONS),
        "agreed_on": day if visit.role != "distress" else None,
        "agreed_mode": "oral_certifie" if visit.role != "distress" else "",
        "next_review": None if closed else book.today + timedelta(days=rng.randint(2, 20)),
        "closed_on": closed,
        "close_reason": "Sortie du centre" if closed else "",
        "recorded_at": book.typed(day),
    }
    row = book.add("plans", values, visit.code, {"wishes": rng.choice(_WISHES)})
    lines = _OF_CHILDREN if minor else _LINES
    chosen = rng.sample(range(len(lines)), rng.randint(3, 4)) if visit.role not in ("survivor", "child") else range(4)
    for place, at in enumerate(sorted(chosen)):
        _line(book, visit, row, lines[at], place, closed)


def _line(book: FactBook, visit: Visit, plan: Ref, line: tuple[str, ...], place: int, closed: date | None) -> None:
    domain, objective, action, result, who = line
    rng, made = book.rng, visit.days["plan"]
    due = made + timedelta(days=(10, 24, 40, 55)[place] + rng.randint(-3, 6))
    last = min(closed or book.yesterday, book.yesterday)
    done = due - timedelta(days=rng.randint(0, 4))
    is_done = done <= last and (rng.random() < 0.85 or place == 0)
    if visit.role == "survivor":
        is_done = place < 2
    elif closed is None and not is_done and due < book.today and rng.random() < 0.7:
        due = book.today + timedelta(days=rng.randint(2, 15))
    state = "fait" if is_done else "abandonne" if closed else "en_cours" if rng.random() < 0.6 else "a_faire"
    values: dict[str, Any] = {
        "plan_id": plan,
        "domain": domain,
        "responsible": "personne" if who == "personne" else PARTNERS.get(who, ""),
        "responsible_id": staff("B") if who == "staff" else None,
        "due_on": due,
        "action_status": state,
        "done_on": done if is_done else None,
    }
    told = result if is_done else "La personne a choisi autre chose." if state == "abandonne" else ""
    words = {"objective": objective, "action": action, "result": told}
    book.add("plan_actions", values, visit.code, {column: text for column, text in words.items() if text})


def _admission(book: FactBook, visit: Visit) -> None:
    """The steps that the admission asked for: those of the past were held, but of who still waits for them."""
    gone = last_day(visit, book)
    for step, due, service in steps(visit.person.birth, visit.child_status, visit.came):
        held = visit.days.get({"eis": "eis_courte"}.get(step, step), due)
        is_late = visit.role in ("waiting", "new_child") and step not in ("bilan_sante", "seance_accueil")
        state = "prevu" if is_late or due > book.yesterday else "fait"
        if state == "prevu" and visit.exited_at is not None:
            state = "annule"
        values: dict[str, Any] = {
            "stay_id": stay(visit),
            "starts_at": datetime.combine(min(held, gone) if state == "fait" else due, time.min),
            "service_type": service,
            "step": step,
            "appointment_state": state,
            "responsible_id": staff("B"),
            "recorded_at": book.typed(visit.came),
        }
        book.add("appointments", values)


def _to_come(book: FactBook, visit: Visit) -> None:
    """One or two things of this week, and one of last week."""
    for _ in range(book.rng.randint(1, 2)):
        if book.house.profile == "gao" and not visit.long and book.rng.random() < 0.6:
            continue
        _appoint(book, visit, book.today + timedelta(days=book.rng.randint(0, 6)), "prevu", book.yesterday)
    if (book.today - visit.came).days > 10 and visit.long:
        state = book.rng.choices(("fait", "manque", "annule"), (75, 15, 10))[0]
        day = book.today - timedelta(days=book.rng.randint(2, 8))
        _appoint(book, visit, day, state, day - timedelta(days=2))


def _appoint(book: FactBook, visit: Visit, day: date, state: str, typed: date) -> None:
    kind = book.rng.choice(_KINDS if not visit.person.minor(visit.came) else ("psy_ecoute", "san_consult", "pro_rrf"))
    partner = PARTNERS.get(kind[:3], "") if kind in ("san_consult", "jur_conseil") else ""
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "starts_at": book.at(day, 8, 16),
        "service_type": kind,
        "partner": partner,
        "step": "",
        "appointment_state": state,
        "responsible_id": staff("B"),
        "recorded_at": book.typed(max(visit.came, typed)),
    }
    note = {"note": "Accompagnée par un agent, départ un quart d’heure avant."} if partner else {}
    book.add("appointments", values, visit.code, note)
