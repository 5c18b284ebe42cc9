"""What imports left open: seen by whoever may complete it, settled where nobody will ever know."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import ChangedSince, NotAllowed
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.today.task_kinds import MOST_APART, Task
from shelter_desk.storage.imports import import_gaps as stored_import_gaps
from shelter_desk.storage.imports.import_gaps import KeptGap

__all__ = ["KeptGap", "completing", "of_person", "settle", "tasks"]

# who may see what is open in a list, and who may say that it stays so
_NEEDS: Mapping[str, tuple[Permission, Permission]] = {
    **dict.fromkeys(("chambres", "lits", "lits_chambres", "etats_lits"), (Permission.SEE_BEDS, Permission.ROOMS_EDIT)),
    **dict.fromkeys(
        ("immobilisations", "evenements_biens", "inspections"), (Permission.ASSETS_SEE, Permission.ASSETS_EDIT)
    ),
    **dict.fromkeys(("articles", "mouvements"), (Permission.STOCK_SEE, Permission.STOCK_EDIT)),
    "partenaires": (Permission.ASSIST_SEE, Permission.ASSIST),
}
_OF_CASES = (Permission.CASE_SEE, Permission.CASE_EDIT)
_PAGES = {"immobilisations": "equipment", "evenements_biens": "equipment", "articles": "stock", "mouvements": "stock"}


@needs(Permission.SEE_COUNTS)
def completing(desk: Desk) -> list[KeptGap]:
    """The values that are to be completed, of what this role may see."""
    with desk.reading() as connection:
        found = stored_import_gaps.open_gaps(connection, desk.sealer if desk.may(Permission.SEE_NAMES) else None)
    return [one for one in found if desk.may(_NEEDS.get(one.owner, _OF_CASES)[0])]


@needs(Permission.CASE_SEE)
def of_person(desk: Desk, person: PersonId) -> list[KeptGap]:
    """Those of one person and of their stays."""
    return [one for one in completing(desk) if one.person == person]


@needs(Permission.SEE_COUNTS)
def may_settle(desk: Desk, one: KeptGap) -> bool:
    """Whether somebody at this desk may say that the value stays as it is."""
    return desk.may(_NEEDS.get(one.owner, _OF_CASES)[1])


@needs(Permission.SEE_COUNTS)
def settle(desk: Desk, one: KeptGap) -> Done:
    """Nobody will ever know, or it is right as it stands. Raises ChangedSince where it was said before, NotAllowed."""
    if not may_settle(desk, one):
        raise NotAllowed(_NEEDS.get(one.owner, _OF_CASES)[1].value)
    with desk.writing("settle_import_gap", EVERYTHING, one.code) as writing:
        if not stored_import_gaps.settle(writing.trail, one, desk.now()):
            raise ChangedSince(stored_import_gaps.table_of(one))
        writing.details["column"] = one.column
    return writing.done


@needs(Permission.SEE_COUNTS)
def tasks(desk: Desk) -> Iterator[Task]:
    """One for each person or thing with values to complete, or one for all where they are many."""
    of: defaultdict[tuple[str, str], list[KeptGap]] = defaultdict(list)
    for one in completing(desk):
        of[page_of(one), one.code].append(one)
    if len(of) > MOST_APART:
        every = [one for several in of.values() for one in several]
        page = "intake/to_complete" if desk.may(Permission.REGISTERS_IMPORT) else next(iter(of))[0]
        codes = tuple(dict.fromkeys(code for _, code in of))
        yield Task("to_complete", page=page, n=len(every), codes=codes)
        return
    for (page, code), several in of.items():
        yield Task("to_complete", code, page=page, n=len(several), gaps=tuple(several))


def page_of(one: KeptGap) -> str:
    """Where it is completed."""
    return f"residents/{one.code}" if one.person is not None else _PAGES.get(one.owner, "settings")
