"""Which columns of a row lose what was written there without a line that holds it once more."""

from collections.abc import Mapping

from shelter_desk.domain.residents.residents import NAMES
from shelter_desk.domain.retention.retention import RetentionKind
from shelter_desk.storage.file.column_values import blank
from shelter_desk.storage.file.journal import SEALED
from shelter_desk.storage.file.trail import is_told
from shelter_desk.storage.retention.erasing import DAYS, HANDOVER, IDENTITY, INCIDENT, NARRATIVES, UNCOUNTED
from shelter_desk.storage.tables import metadata

# what a change of all keys seals anew
SEALED_ANEW = {"report_comments": {"text"}, "report_passages": {"content"}}
_NAMED, _WORDED = frozenset({RetentionKind.IDENTITY}), frozenset({RetentionKind.IDENTITY, RetentionKind.NARRATIVES})
_REDUCED, _AGREED = frozenset({RetentionKind.RECORD}), frozenset({RetentionKind.CONSENTS})
_OF_INCIDENTS = frozenset({RetentionKind.INCIDENT, RetentionKind.SEALED_INCIDENT})
_ANY = frozenset(RetentionKind)
# by column that goes at a term, or with the person, what kinds of erasure empty it
GOES: Mapping[str, Mapping[str, frozenset[RetentionKind]]] = {
    name: dict.fromkeys(DAYS.get(name, ()), _REDUCED)
    | dict.fromkeys(UNCOUNTED.get(name, ()), _REDUCED)
    | dict.fromkeys(NARRATIVES.get(name, ()), _WORDED)
    | dict.fromkeys(IDENTITY.get(name, ()), _NAMED)
    | {
        "persons": dict.fromkeys(NAMES, _NAMED),
        "situations": {"former_families": _REDUCED},
        "incidents": dict.fromkeys((*INCIDENT, "channel"), _OF_INCIDENTS),
        "handover_lines": dict.fromkeys(HANDOVER, _NAMED),
        "merges": dict.fromkeys(("for_undo", "digest"), _ANY),
        "settled_flags": dict.fromkeys(("reason", "sealed_reason"), _WORDED),
        "referrals": {"consent_id": _AGREED},
    }.get(name, {})
    for name in metadata.tables
}
# the same of a row whose erasure it tells
ERASED: Mapping[str, Mapping[str, frozenset[RetentionKind]]] = {
    "persons": {"erased_at": _NAMED, "reduced_at": _REDUCED},
    "incidents": {"erased_at": _OF_INCIDENTS},
}
# rows that are taken out
TAKEN_OUT = {"consents": _AGREED}
# columns that stay as they were written for as long as the row does, and that no key seals
LASTING: Mapping[str, tuple[str, ...]] = {
    name: tuple(
        one
        for one in sorted(table.c.keys())
        if (name, one) not in SEALED
        and one not in {*ERASED.get(name, ()), *GOES[name], *SEALED_ANEW.get(name, ())}
        and is_told(name, one)
    )
    for name, table in metadata.tables.items()
}
# what stands in a column of which nothing is said
BLANK = {name: {one.name: blank(one) for one in table.c} for name, table in metadata.tables.items()}
