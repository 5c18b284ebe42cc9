"""What residents must not or cannot eat: seen before the file is opened, and by the kitchen without a name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shelter_desk.domain import codes
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_codes
from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.storage.residents import diets as stored_diets

LIST = "diet"
TOPICS = Changes(stays=True)


@dataclass(frozen=True, slots=True)
class Plates:
    """How many plates are cooked apart for one reason, and for whom: their beds, the code of who has none."""

    diet: str
    n: int
    whom: tuple[str, ...]


@needs(Permission.SEE_BEDS)
def of(desk: Desk, stays: Iterable[StayId]) -> Mapping[StayId, tuple[str, ...]]:
    """What each of these stays must not or cannot eat; those of whom nothing is noted are left out.

    A role that opens no file is told of those here tonight alone.
    """
    with desk.reading() as connection:
        if not night_reception.opens_files(desk):
            here = {stay.id for stay in night_reception.here_tonight(desk, connection).values()}
            stays = [stay for stay in stays if stay in here]
        return stored_diets.of_stays(connection, stays)


@needs(Permission.ASSIST)
def keep(desk: Desk, stay_id: StayId, diets: Sequence[str]) -> Done:
    """These and no others, from now on; what was noted before stays in the journal. Raises NotInList, NoSuch."""
    check_codes(LIST, diets)
    with desk.writing("keep_diets", TOPICS) as writing:
        stay = person_acts.subject(writing, stay_id)
        if stay.is_void:
            raise NoSuch("stay", stay.stay_no)
        known = stored_diets.rows(writing.connection, [stay_id]).get(stay_id, {})
        for one, row in known.items():
            if one not in diets:
                writing.trail.remove(stored_diets.TABLE, row)
        for one in dict.fromkeys(diets):
            if one not in known:
                made = {"stay_id": stay_id, "diet": one, "noted_on": desk.today().isoformat(), "by_id": desk.user}
                writing.trail.add(stored_diets.TABLE, made)
    return writing.done


@needs(Permission.SEE_BEDS)
def plates(desk: Desk, eating: Sequence[ServiceLine]) -> tuple[Plates, ...]:
    """What is cooked apart for those who eat, in the order of the list; somebody with two reasons counts in both."""
    known = of(desk, [one.stay.id for one in eating])
    found: dict[str, list[str]] = {one.code: [] for one in codes.codes(LIST)}
    for line in eating:
        for code in known.get(line.stay.id, ()):
            found[code].append(line.bed_code or line.person.code)
    return tuple(Plates(code, len(whom), tuple(whom)) for code, whom in found.items() if whom)
