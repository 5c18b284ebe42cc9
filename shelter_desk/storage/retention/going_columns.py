"""Which columns of a row lose what was written there without a line that holds it once more."""

from collections.abc import Mapping

from shelter_desk.domain.residents.residents import NAMES
from shelter_desk.storage.file.column_values import blank
from shelter_desk.storage.file.journal import SEALED
from shelter_desk.storage.file.trail import UNTOLD
from shelter_desk.storage.retention.erasing import DAYS, HANDOVER, IDENTITY, INCIDENT, NARRATIVES, UNCOUNTED
from shelter_desk.storage.tables import metadata

# written when a row is erased, by which the line of the erasing tells them
ERASED = frozenset({"erased_at", "reduced_at"})
# what other keys of the file seal anew
SEALED_ANEW = {"report_comments": {"text"}, "report_passages": {"content"}}
# columns that go at their term, or with the person
GOES: Mapping[str, frozenset[str]] = {
    name: frozenset(
        {column for lists in (IDENTITY, NARRATIVES, UNCOUNTED) for column in lists.get(name, ())}
        | {
            "persons": {*NAMES},
            "stays": {"former_families"},
            "incidents": {*INCIDENT, "channel"},
            "handover_lines": {*HANDOVER},
            "merges": {"for_undo", "digest"},
            "settled_flags": {"reason", "sealed_reason"},
            "referrals": {"consent_id"},
        }.get(name, set())
    )
    for name in metadata.tables
}
# columns that stay as they were written for as long as the row does, and that no key seals
LASTING: Mapping[str, tuple[str, ...]] = {
    name: tuple(
        one
        for one in sorted(table.c.keys())
        if (name, one) not in SEALED
        and one not in UNTOLD | ERASED | GOES[name] | {*DAYS.get(name, ())} | SEALED_ANEW.get(name, set())
    )
    for name, table in metadata.tables.items()
}
# what stands in a column of which nothing is said
BLANK = {name: {one.name: blank(one) for one in table.c} for name, table in metadata.tables.items()}
