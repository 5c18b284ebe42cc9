"""Who may be somebody who is in the file already (R-02)."""

from dataclasses import dataclass
from datetime import date

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.names import sounds
from shelter_desk.domain.residents.residents import Birth, Names, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.residents import residents
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody who may be the same person (R-02), whose name is heard alike, and what else speaks for it."""

    person: Person
    age_differs: int | None
    same_nationality: bool
    last_stay: Stay | None


@needs(Permission.SEE_NAMES)
def alike(
    desk: Desk, names: Names, sex: str, birth: Birth, nationality: str, than: PersonId | None = None
) -> list[Likeness]:
    """Possible duplicates, nearest first: same sex, a similar name or alias, ages at most 3 years apart (R-02)."""
    index = residents.names_index(desk)
    typed = [part for part in (names.last_name, names.first_name) if part] or [names.alias]
    if index is None or not any(typed) or len(sounds(" ".join(typed))) < min(2, len(typed)):
        return []
    near = [person for person in index.find(" ".join(typed), 50) if person != than]
    with desk.reading() as connection:
        known = stored_residents.persons(connection, near)
        apart = stored_residents.are_not_same(connection)
        near_age = setting_rules.whole(settings.read(connection), "alike_age_years")
        found = [known[key] for key in near if than is None or (min(key, than), max(key, than)) not in apart]
        likely = [_likeness(connection, one, birth, nationality, desk.today()) for one in found if one.sex == sex]
    return [one for one in likely if one.age_differs is None or one.age_differs <= near_age][:5]


@needs(Permission.SEE_NAMES)
def alike_to(desk: Desk, connection: Connection, person: PersonId) -> list[Likeness]:
    """Who may be the same as somebody in the file; the name is compared and not shown. Raises SealsAltered."""
    known = stored_residents.person(connection, person)
    names = stored_residents.name(connection, desk.key_of_names(), person)
    return alike(desk, names, known.sex, known.birth, known.nationality, than=person)


def _likeness(connection: Connection, person: Person, birth: Birth, nationality: str, today: date) -> Likeness:
    mine, theirs = birth.age(today), person.birth.age(today)
    apart = None if mine is None or theirs is None else abs(mine - theirs)
    stays = [stay for stay in stored_stays.of_person(connection, person.id) if not stay.is_void]
    return Likeness(person, apart, person.nationality == nationality, stays[-1] if stays else None)
