"""The twelve tasks of a manager and of a night guard, and what in the file shows each of them done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import text

from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stock import stock

GUARDS_WORD, ITEM, THING = "Agent N", "BALAI", "CUI-0001"


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked, in the words of somebody at the desk, and the statement that finds what was to be written.

    found: SQL with one row or more once it is done; `:since` is the last line of the journal before the trial, `:today`
    the day. names: last and first name that the search has to find as well.
    """

    asked: str
    found: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    """Whom and what the tasks speak of: codes of residents who are here, each in a bed, and of beds that are free."""

    residents: tuple[str, ...]
    free: tuple[str, ...]


def picked(desk: Desk) -> Picked:
    """From the shelter as it is: adults in beds of their own, in the order of their beds."""
    board = bed_board.board(desk, desk.today())
    beds = [look for room in board.rooms for look in room.beds]
    alone = [
        look.sleeper.person.code
        for look in beds
        if look.sleeper is not None and not look.sharing and look.sleeper.absence is None
        and look.sleeper.stay.head is None and not look.sleeper.person.birth.protected_as_minor(desk.today())
    ]  # fmt: skip
    free = [look.bed.code for look in beds if look.is_free]
    return Picked(tuple(alone), tuple(free))


_STAY_OF = "(SELECT s.id FROM stays s JOIN persons p ON p.id = s.person_id WHERE p.person_code = '{0}')"
_NEW = (
    "SELECT 1 FROM stays s JOIN persons p ON p.id = s.person_id WHERE s.exited_at IS NULL "
    "AND p.person_code IN (SELECT subject FROM journal WHERE seq > :since AND action = 'admit')"
)


def manager(of: Picked) -> Iterator[Task]:
    """A day of the manager."""
    away, leaves, moves, served, given = of.residents[:5]
    yield Task(
        "Une femme arrive : Awa DIARRA, 24 ans, guinéenne, en transit. Admettez-la dans un lit libre.",
        f"{_NEW} AND p.sex = 'f' AND p.nationality = 'GN' AND EXISTS (SELECT 1 FROM placements l WHERE "
        f"l.stay_id = s.id)",
        ("DIARRA", "Awa"),
    )
    yield Task(
        f"{away} part à l’hôpital aujourd’hui, on ne sait pas jusqu’à quand. Notez son absence.",
        f"SELECT 1 FROM absences WHERE stay_id IN {_STAY_OF.format(away)} AND absence_type = 'hopital' "
        "AND started_at >= :today",
    )
    yield Task(
        f"{leaves} quitte le centre aujourd’hui : elle est autonome et va ailleurs au Mali. Notez sa sortie.",
        "SELECT 1 FROM stays s JOIN situations n ON n.id = s.id "
        f"WHERE s.id IN {_STAY_OF.format(leaves)} AND exited_at >= :today AND n.exit_reason = 'autonomie'",
    )
    yield Task(
        f"{moves} change de lit dès ce soir : donnez-lui un autre lit libre de votre choix.",
        f"SELECT 1 FROM placements WHERE stay_id IN {_STAY_OF.format(moves)} AND started_at >= :today",
    )
    yield Task(
        f"{served} a vu le médecin aujourd’hui : notez une consultation médicale.",
        f"SELECT 1 FROM services WHERE stay_id IN {_STAY_OF.format(served)} AND service_on = :today "
        "AND service_type = 'san_consult' AND service_status = 'fait'",
    )
    yield Task(
        "Le fournisseur a livré 12 balais. Entrez-les en stock.",
        "SELECT 1 FROM stock_moves m JOIN stock_items i ON i.id = m.item_id WHERE i.item_code = 'BALAI' "
        "AND m.moved_on = :today AND m.change = 12000",
    )
    yield Task(
        f"Donnez 1 balai à {given}, avec un bon.",
        "SELECT 1 FROM stock_moves m JOIN stock_items i ON i.id = m.item_id WHERE i.item_code = 'BALAI' "
        "AND m.moved_on = :today AND m.change = -1000 AND m.voucher_id IS NOT NULL",
    )
    yield Task(
        f"Le réfrigérateur {THING} ne refroidit plus. Signalez la panne.",
        f"SELECT 1 FROM assets WHERE tag_no = '{THING}' AND asset_status = 'en_panne'",
    )
    yield Task(
        f"Le lit {of.free[-1]} est cassé : mettez-le hors d’usage à partir d’aujourd’hui.",
        f"SELECT 1 FROM bed_states x JOIN beds b ON b.id = x.bed_id WHERE b.bed_code = '{of.free[-1]}' "
        "AND x.started_at >= :today",
    )
    yield Task(
        "Une femme est attendue demain. Gardez-lui un lit.",
        "SELECT 1 FROM held_beds WHERE recorded_at >= :today AND expected_on > :today AND ended_on IS NULL",
    )
    yield Task(
        f"Un gardien de nuit est engagé. Créez son compte sous le nom « {GUARDS_WORD} ».",
        f"SELECT 1 FROM users WHERE name = '{GUARDS_WORD}' AND role = 'reception' AND active",
    )
    yield Task(
        "Enregistrez le rapport du mois dernier dans un classeur Excel.",
        "SELECT 1 FROM sendings WHERE sent_at >= :today AND kind = 'rapport' "
        "AND first_day = date(:today, 'start of month', '-1 month')",
    )


def guard(of: Picked) -> Iterator[Task]:
    """A night of the guard."""
    away, late, noted = of.residents[:3]
    yield Task(
        "Une femme d’environ 30 ans arrive. Elle ne dit pas son nom. Faites-la entrer, dans un lit.",
        f"{_NEW} AND p.sex = 'f' AND EXISTS (SELECT 1 FROM placements l WHERE l.stay_id = s.id)",
    )
    yield Task(
        "Un homme d’environ 40 ans arrive. Faites-le entrer ; s’il n’y a pas de lit, un couchage d’appoint suffit.",
        f"{_NEW} AND p.sex = 'm' AND EXISTS (SELECT 1 FROM placements l WHERE l.stay_id = s.id)",
    )
    yield Task(
        f"{away} dort à l’hôpital cette nuit. Notez son absence.",
        f"SELECT 1 FROM absences WHERE stay_id IN {_STAY_OF.format(away)} AND absence_type = 'hopital' "
        "AND started_at >= :today",
    )
    yield Task(
        "Faites l’appel du soir : tous ceux qui restent sont là.",
        "SELECT 1 FROM roll_calls WHERE checked_at >= :today",
    )
    yield Task(
        f"Après l’appel, {late} n’est plus dans son lit et personne ne sait pourquoi. Corrigez l’appel.",
        "SELECT 1 FROM roll_call_lines WHERE roll_call_id = (SELECT max(id) FROM roll_calls) "
        f"AND stay_id IN {_STAY_OF.format(late)} AND presence <> 'present'",
    )
    yield Task(
        f"{late} revient tard dans la nuit. Notez son retour.",
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM journal WHERE seq > :since AND action = 'come_back' "
        f"AND subject = '{late}') "
        f"AND NOT EXISTS (SELECT 1 FROM absences WHERE stay_id IN {_STAY_OF.format(late)} AND ended_at IS NULL)",
    )
    yield Task(
        "Une autre structure demande au téléphone une place pour deux femmes. Notez la demande.",
        "SELECT 1 FROM place_requests WHERE recorded_at >= :today",
    )
    yield Task(
        "Une femme est attendue demain. Gardez-lui un lit.",
        "SELECT 1 FROM held_beds WHERE recorded_at >= :today AND expected_on > :today AND ended_on IS NULL",
    )
    yield Task(
        "Deux résidents se sont disputés à voix haute à la cuisine, personne n’est blessé. Signalez l’incident.",
        "SELECT 1 FROM incidents WHERE reported_at >= :today",
    )
    yield Task(
        "Écrivez pour la relève : « Le robinet de la cour coule. »",
        "SELECT 1 FROM handover_lines WHERE written_at >= :today AND written_by = "
        "(SELECT id FROM users WHERE name = 'Agent C')",
    )
    yield Task(
        "Passez le service à la relève.",
        "SELECT 1 FROM handovers WHERE handed_at >= :today AND handed_by = (SELECT id FROM users WHERE name "
        "= 'Agent C')",
    )
    yield Task(
        f"Verrouillez le poste ; rouvrez-le, et affichez le nom de {noted}.",
        "SELECT 1 FROM journal WHERE seq > :since AND action = 'name_read' AND subject = '" + noted + "'",
    )


SHEETS: Mapping[Role, Callable[[Picked], Iterator[Task]]] = {Role.DIRECTOR: manager, Role.RECEPTION: guard}


def is_done(desk: Desk, task: Task, since: int, day: str) -> bool:
    """Whether the file shows it. day: on which the trial began, for a guard that of the night in progress."""
    with desk.reading() as connection:
        bound = {"since": since, "today": day}
        asked = {name: value for name, value in bound.items() if f":{name}" in task.found}
        if connection.execute(text(task.found), asked).first() is None:
            return False
    return not task.names or bool(residents.search(desk, " ".join(task.names)))


def is_possible(desk: Desk) -> bool:
    """Whether the shelter has what the sheets speak of."""
    found = picked(desk)
    items = {one.item.code for one in stock.standing(desk)}
    things = {one.asset.tag_no for one in equipment.register(desk)}
    return len(found.residents) >= 5 and len(found.free) >= 3 and ITEM in items and THING in things
