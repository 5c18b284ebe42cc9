"""The catalogue of services: the list of the program and the sub-types that the shelter added."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain import settings as optional_modules
from shelter_desk.domain.assistance.assistance import LODGING
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import CodeTaken, NotInList
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.retention.altered_settings import LOCAL_KINDS

LIST = "service_type"
LONGEST = 24  # signs of a name that go into a code


@dataclass(frozen=True, slots=True)
class ServiceKind:
    """A sub-type of service that can be given, in its unit.

    parent: the type it belongs to, "" for what stands alone. is_group: may be given to many at once. is_local: added
    by the shelter; it is retired, never taken out, so that no code comes to mean something else.
    """

    code: str
    label_fr: str
    label_en: str
    parent: str
    unit: str
    is_group: bool = False
    is_local: bool = False
    active: bool = True

    def label(self, language: str) -> str:
        """What it is called."""
        return self.label_en if language == "en" else self.label_fr


def known(connection: Connection) -> Mapping[str, ServiceKind]:
    """Every sub-type there ever was, by its code, in order of the list; nights are none: they are never typed.

    Those of a module that is off are not active.
    """
    off = optional_modules.left_out(settings.read(connection), LIST)
    found = {
        one.code: ServiceKind(
            one.code,
            one.label_fr,
            one.label_en,
            one.parent,
            one.extra["unit"],
            one.extra["group"] == "yes",
            active=one.active and one.code not in off,
        )
        for one in codes.codes(LIST)
        if one.extra["unit"] and one.code != LODGING
    }
    return found | {one.code: one for one in _local(connection)}


def _local(connection: Connection) -> list[ServiceKind]:
    """Raises Damaged for what `add_kind` never makes, as one that takes the place of a kind of the program."""
    kept = settings.of_json(connection, LOCAL_KINDS) or []
    try:
        found = [ServiceKind(**one) for one in kept]
    except TypeError as error:
        raise settings.damaged(LOCAL_KINDS) from error
    if not all(map(_is_made_here, found)) or len({one.code for one in found}) < len(found):
        raise settings.damaged(LOCAL_KINDS)
    return found


def _is_made_here(one: ServiceKind) -> bool:
    texts, answers = (one.code, one.label_fr, one.label_en, one.parent, one.unit), (one.is_group, one.active)
    return (
        all(isinstance(text, str) and text.strip() for text in texts)
        and all(isinstance(answer, bool) for answer in answers)
        and one.is_local is True
        and one.code.startswith(f"x_{one.parent}_")
        and one.parent in _parents()
    )


def _parents() -> set[str]:
    return {one.code for one in codes.codes(LIST) if not one.parent}


def names(connection: Connection) -> Mapping[str, str]:
    """What the shelter calls the sub-types that it added, by code, in the language spoken."""
    return {one.code: one.label(words.language()) for one in _local(connection)}


@needs(Permission.ASSIST_SEE)
def kinds(desk: Desk) -> tuple[ServiceKind, ...]:
    """What can be given now, in order of the list."""
    with desk.reading() as connection:
        return tuple(one for one in known(connection).values() if one.active)


@needs(Permission.ASSIST_SEE)
def all_kinds(desk: Desk) -> Mapping[str, ServiceKind]:
    """What was ever given, retired sub-types too, by code."""
    with desk.reading() as connection:
        return known(connection)


@needs(Permission.SETTINGS_EDIT)
def add_kind(desk: Desk, parent: str, label: str, unit: str, is_group: bool = False) -> ServiceKind:
    """A sub-type of the shelter's own under a type of the list. Raises Missing, NotInList, CodeTaken."""
    label, unit = label.strip(), unit.strip()
    for field, value in (("name", label), ("unit", unit)):
        check_given(field, value)
    if parent not in _parents():
        raise NotInList(LIST, parent)
    with desk.writing("service_kinds", Changes(settings=True, services=True)) as writing:
        before = _local(writing.connection)
        if codes.folded(label) in {codes.folded(one.label_fr) for one in known(writing.connection).values()}:
            raise CodeTaken("service", label)
        made = ServiceKind(_free(parent, label, before), label, label, parent, unit, is_group, is_local=True)
        told = _keep(writing.connection, [*before, made])
        writing.details["after"] = {"name": label, "unit": unit, "code": made.code, **told}
    return made


def _free(parent: str, label: str, taken: list[ServiceKind]) -> str:
    stem = f"x_{parent}_{codes.folded(label)[:LONGEST]}"
    used = {one.code for one in taken}
    return next(code for n in range(len(used) + 2) if (code := stem if n == 0 else f"{stem}_{n}") not in used)


@needs(Permission.SETTINGS_EDIT)
def retire_kind(desk: Desk, code: str) -> None:
    """Give this sub-type of the shelter's own no more; what was given stays. Raises NotInList."""
    with desk.writing("service_kinds", Changes(settings=True, services=True)) as writing:
        before = _local(writing.connection)
        if code not in {one.code for one in before}:
            raise NotInList(LIST, code)
        told = _keep(writing.connection, [replace(one, active=one.active and one.code != code) for one in before])
        writing.details |= {"before": {"code": code}, "after": told}


def _keep(connection: Connection, local: list[ServiceKind]) -> dict[str, str]:
    """What was written, as a line tells it."""
    told = {LOCAL_KINDS: json.dumps([asdict(one) for one in local], ensure_ascii=False)}
    settings.write(connection, told)
    return told
