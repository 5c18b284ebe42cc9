"""Group activities, trainings of the staff by theme of the seed (field 7), and the meals of the last days.

What some must not or cannot eat. The roll calls of the last nights: one was not done, and one differs (R-31).
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from shelter_desk.domain.assistance.assistance import MEAL
from shelter_desk.training.facts import FactBook, Ref, last_day, staff, stay
from shelter_desk.training.house import Visit

# theme, title, hours: one a month, the eight of the workshop of 2018
_TRAININGS = (
    ("risques_vulnerabilites", "Analyser les risques et les vulnérabilités", 6.0),
    ("concepts_traite_trafic", "Traite et trafic illicite : les mots justes", 4.0),
    ("protection", "Protéger sans nuire", 6.0),
    ("mna", "Accueillir un enfant qui arrive seul", 6.0),
    ("genre", "Femmes, hommes, filles, garçons : des besoins différents", 4.0),
    ("identification", "Repérer et orienter une victime", 6.0),
    ("techniques_entretien", "Conduire un entretien sans faire mal", 8.0),
    ("standards", "Normes d’accueil et code de conduite", 4.0),
)
_STAFF = (
    ("Agent A", "Direction", "f"),
    ("Agent B", "Gestion de cas", "f"),
    ("Agent C", "Accueil de nuit", "m"),
    ("Agent D", "Magasin", "m"),
    ("Agent F", "Éducation", "f"),
    ("Agent G", "Cuisine", "f"),
)
# kind, title, hours, who leads it: one after the other, twice a week
_SESSIONS = (
    ("psy_groupe", "Cercle de parole", 1.5, "Agent B"),
    ("fop_metier", "Atelier couture et savon", 3.0, "Agent F"),
    ("psy_recreatif", "Jeux et musique dans la cour", 2.0, "Agent F"),
    ("inf_risques", "Les risques de la route, en images", 1.0, "Agent B"),
    ("edu_vie", "Tenir un petit budget", 2.0, "Agent F"),
    ("reunion_residents", "Réunion de la maison", 1.0, "Agent A"),
)
SESSIONS_SINCE, MEALS_SINCE = 63, 8  # days
EVERY = 3
_MEALS = ("petit_dejeuner", "dejeuner", "diner")
GROWN = 6  # years: from there on a child takes part


def here(book: FactBook, day: date) -> list[Visit]:
    """Whose counted stay covers that night and who was not away."""
    return [visit for visit in lodged(book, day) if not is_away(visit, day)]


def lodged(book: FactBook, night: date) -> list[Visit]:
    """Whose counted stay covers that night."""
    return [
        visit
        for visit in book.house.visits
        if visit.counts and visit.came <= night and (visit.exited_at is None or visit.exited_at.date() > night)
    ]


def is_away(visit: Visit, night: date) -> bool:
    """Whether an absence covers that night."""
    return any(row["from"].date() <= night and ("to" not in row or night < row["to"].date()) for row in visit.absences)


def write(book: FactBook) -> None:
    """Trainings over the months, sessions of the last two, meals of the last week."""
    for place, (theme, title, hours) in enumerate(_TRAININGS):
        day = book.today - timedelta(days=20 + 41 * place)
        if day >= book.house.first:
            _training(book, day, theme, title, hours)
    day, at = book.today - timedelta(days=SESSIONS_SINCE), 0
    while day <= book.yesterday:
        if day >= book.house.first and day.weekday() < 6:
            _session(book, day, _SESSIONS[at % len(_SESSIONS)])
            at += 1
        day += timedelta(days=EVERY)
    _awareness(book)
    for before in range(MEALS_SINCE, 0, -1):
        _meals(book, book.today - timedelta(days=before))


def _activity(book: FactBook, day: date, kind: str, **more: Any) -> Ref:
    values: dict[str, Any] = {
        "service_type": kind,
        "theme": "",
        "title": "",
        "held_on": day,
        "hours": None,
        "place": "",
        "facilitators": "",
        "partner": "",
        "donor": "",
        "audience": "residents",
        "service_status": "fait",
        "outside_f": 0,
        "outside_m": 0,
        "outside_girls": 0,
        "outside_boys": 0,
        "observations": "",
    }
    return book.add("activities", {**values, **more})


def _training(book: FactBook, day: date, theme: str, title: str, hours: float) -> None:
    row = _activity(
        book,
        day,
        "formation_personnel",
        theme=theme,
        title=title,
        hours=hours,
        place="Salle de formation",
        facilitators="Formateur invité",
        donor="oim",
        audience="personnel",
    )
    for name, function, sex in _STAFF[: book.rng.randint(4, len(_STAFF))]:
        before = book.rng.randrange(30, 65, 5)
        values = {"activity_id": row, "staff_name": name, "staff_function": function, "sex": sex}
        book.add("attendances", {**values, "pre_score": before, "post_score": before + book.rng.randrange(15, 35, 5)})


def _session(book: FactBook, day: date, session: tuple[str, str, float, str]) -> None:
    kind, title, hours, who = session
    row = _activity(
        book,
        day,
        kind,
        title=title,
        hours=hours,
        place="Grande salle",
        facilitators=who,
        observations="Bonne participation, à refaire." if book.rng.random() < 0.3 else "",
    )
    able = [one for one in here(book, day) if (one.person.birth.age(day) or 0) >= GROWN and one.came < day]
    for visit in able:
        if book.rng.random() < (0.6 if book.house.profile == "bamako" else 0.3):
            _line(book, visit, day, kind if kind != "reunion_residents" else "aut", row)


def _awareness(book: FactBook) -> None:
    """The session with people of the quarter, counted without names."""
    day = book.today - timedelta(days=33)
    if day >= book.house.first:
        _activity(
            book,
            day,
            "inf_risques",
            theme="concepts_traite_trafic",
            title="Causerie avec les voisins du quartier",
            hours=2.0,
            place="Cour du centre",
            facilitators="Agent B",
            audience="communaute",
            outside_f=18,
            outside_m=11,
            outside_girls=6,
            outside_boys=4,
        )


def _meals(book: FactBook, day: date) -> None:
    if day < book.house.first:
        return
    for meal in _MEALS:
        row = _activity(book, day, MEAL, title=meal)
        for visit in here(book, day):
            is_late = visit.came == day and meal != "diner"
            is_nursed = (visit.person.birth.age(day) or 0) < 1
            if not (is_late or is_nursed) and book.rng.random() < 0.95:
                _line(book, visit, day, MEAL, row)


def _line(book: FactBook, visit: Visit, day: date, kind: str, activity: Ref) -> None:
    values: dict[str, Any] = {
        "service_on": day,
        "stay_id": stay(visit),
        "service_type": kind,
        "quantity": 1.0,
        "provider_kind": "centre",
        "service_status": "fait",
        "activity_id": activity,
        "staff_id": staff("B"),
        "recorded_at": book.typed(day),
    }
    book.add("services", values)


CALLED, FORGOTTEN, DIFFERS = 12, 4, 3  # nights before today
HOUR = time(21)


def call_rolls(book: FactBook) -> None:
    """Call everybody on each night up to the last one."""
    for before in range(CALLED, 0, -1):
        night = book.today - timedelta(days=before)
        if before != FORGOTTEN and night >= book.house.first and lodged(book, night):
            _call(book, night, before == DIFFERS)


def _call(book: FactBook, night: date, differs: bool) -> None:
    checked = datetime.combine(night, HOUR) + timedelta(minutes=book.rng.randrange(0, 40, 5))
    values = {"night_of": night, "checked_at": checked, "checked_by": staff("C"), "unregistered": 0, "note": ""}
    row = book.add("roll_calls", values)
    missed = _missed(book, night) if differs else None
    for visit in lodged(book, night):
        kind = next((one["absence_type"] for one in visit.absences if _covers(one, night)), "")
        if visit is missed:
            kind = "permission"
        presence = "present" if not kind else "absent_injustifie" if kind == "injustifiee" else "absent_justifie"
        line = {"roll_call_id": row, "stay_id": stay(visit), "presence": presence, "absence_type": kind}
        book.add("roll_call_lines", line)


def _missed(book: FactBook, night: date) -> Visit | None:
    """Somebody who was not seen and of whom no absence is recorded."""
    grown = [one for one in lodged(book, night) if not is_away(one, night) and not one.person.minor(night)]
    return next((one for one in grown if not one.role and one.exited_at is None), None) or (grown[0] if grown else None)


def _covers(absence: dict[str, object], night: date) -> bool:
    start, end = absence["from"], absence.get("to")
    is_begun = isinstance(start, datetime) and start.date() <= night
    return is_begun and (not isinstance(end, datetime) or night < end.date())


_DIETS = ("allergie_arachide", "peu_sel", "allergie_poisson", "mouline", "sans_viande")
ONE_IN = 6


def note_diets(book: FactBook) -> None:
    """One in six of those who stayed or stay, noted on the day they came."""
    counted = [one for one in book.house.visits if one.counts]
    staying = [one for one in counted if one.exited_at is None]
    gone = [one for one in counted if one.exited_at is not None]
    for visit in (*staying[::ONE_IN], *gone[::ONE_IN]):
        values = {
            "stay_id": stay(visit),
            "diet": book.rng.choice(_DIETS),
            "noted_on": min(visit.came, last_day(visit, book)),
            "by_id": staff("B"),
        }
        book.add("diets", values)
