"""People who left the small shelter long ago, to erase their names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shelter_desk.domain.approvals import Approval, GraveAct
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import NAMES, Names
from shelter_desk.domain.retention.retention import RetentionKind
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import retention
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.training import training
from shelter_desk.operations.vault import approvals
from shelter_desk.storage import tables
from shelter_desk.storage.file import journal
from tests.operations.shelter import PASSWORD, admit, days_ago, open_small_shelter

OTHER = "deux citrons jaunes"
AWA = Names("Sacko", "Awa", "Petite")
BINTOU = Names("Kouyaté", "Bintou")


def opened(folder: Path) -> Iterator[Desk]:
    """The small shelter, where names are kept for a month."""
    with open_small_shelter(folder / "shelter") as made:
        settings.keep_clocks(made, {RetentionKind.IDENTITY: 1})
        yield made


def gone(desk: Desk, bed: str = "1A", names: Names = AWA, *, days: int = 40, age: int = 27) -> Admitted:
    """Somebody who left so many days ago, after twenty nights."""
    made = admit(desk, bed, names=names, days=days + 20, age=age)
    stays.leave(desk, made.stay, days_ago(days), "retour_autonome", "pays_origine")
    return made


def stored_names(desk: Desk, person: PersonId) -> list[Any]:
    """The names and numbers that are there, and their key, as they lie in the row."""
    with desk.reading() as connection:
        chosen = tables.persons.select().where(tables.persons.c.id == person)
        row = connection.execute(chosen).mappings().one()
    return [row[column] for column in (*NAMES, "seal") if row[column] is not None]


def last_line(desk: Desk) -> journal.JournalLine:
    """The last line of the journal."""
    with desk.reading() as connection:
        return list(journal.lines(connection))[-1]


def due_codes(desk: Desk) -> list[str]:
    """The codes of those whose names are due to go, the longest due first."""
    return [one.code for one in retention.due(desk)]


def alone(desk: Desk, act: GraveAct = GraveAct.ERASURE) -> Approval:
    """The manager typed the password again."""
    return approvals.alone(desk, act, training.PASSWORD if desk.is_training else PASSWORD)


def by_two(desk: Desk, act: GraveAct = GraveAct.ERASURE) -> Approval:
    """Agent B, another manager, typed the password."""
    return approvals.by_two(desk, act, "Agent B", OTHER)
