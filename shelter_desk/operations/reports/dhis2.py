"""The figures of a period for DHIS2: what is imported each month, and beside it what an administrator imports first."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.reports import dhis2
from shelter_desk.domain.reports.dhis2 import HouseParts
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.hiding import sent
from shelter_desk.domain.reports.report import Profile, Report, shape_of
from shelter_desk.domain.reports.sendings import DHIS2, Sending
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import INTERNAL
from shelter_desk.domain.sending.refusals import StaysHere
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import leaving_words, reports, sent_before
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.sending import departures, sendings
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.vault import backups, clock_check, output_paths
from shelter_desk.storage.reports import versions
from shelter_desk.words.reports import dhis2 as dhis2_words
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports.dhis2 import ReportingHouse


@dataclass(frozen=True, slots=True)
class ForDhis2:
    """What was written. metadata: what is imported first; values: how many; gone: how many it takes back."""

    path: Path
    metadata: Path
    values: int
    gone: int


def metadata_path(path: Path) -> Path:
    """Where the file of the administrator lies: `OUT-metadata.json`."""
    return path.with_name(f"{path.stem}-metadata.json")


@needs(Permission.REPORT_EXPORT)
def file_name(desk: Desk, report: Report, level: Profile) -> str:
    """As of the workbook, for DHIS2."""
    return f"{reports.file_name(desk, report, level).removesuffix('.xlsx')}_dhis2.json"


@needs(Permission.REPORT_EXPORT)
def check_words(desk: Desk, month: Month, profile: Profile, gate: GateAnswers) -> None:
    """Read once more what is said of figures; the text of the month does not go there. Raises WordsUnread."""
    if month.report.comments:
        given = reports.shown(month, profile)
        leaving_words.check(desk, gate, profile, [one.text for one in given.told], given.small_cell_k)


@needs(Permission.REPORT_EXPORT)
def export(desk: Desk, month: Month, profile: Profile, path: Path, gate: GateAnswers = NOTHING_SAID) -> ForDhis2:
    """Write both files; the one with the figures is kept as what left.

    Raises StaysHere for the internal level, NotADhis2Period, WordsUnread, ClockWrong, WouldOverwrite, DiskFull,
    ReadOnly, and as `sendings.check`.
    """
    if profile == INTERNAL:
        raise StaysHere
    every = dhis2.period_type(month.report.period)
    beside = metadata_path(path)
    for one in (path, beside):
        output_paths.check(one)
    clock_check.check(desk)  # nothing leaves that the journal could not tell
    gate = sendings.check(desk, gate, profile)
    given = reports.shown(month, profile, sent_before.sent_to(desk, profile, gate.recipient, month.version))
    leaving_words.check(desk, gate, profile, [one.text for one in given.told], given.small_cell_k)
    before = _before(desk, given, gate.recipient)
    parts, house = _parts(given, before), _house(desk, month)
    gone = _gone(given, before)
    told = dhis2.data_value_set(given, house.number, house.id, _completed(desk, month), gone)
    content = {"document": sent.kept(given), "cells": {}, "house_parts": _kept(parts)}
    metadata = {beside: _written(dhis2_words.metadata(house, every, parts))}
    written = _written(told)
    title = dhis2_words.title(given.period)
    leaving = LeavingFile(DHIS2, profile, path.name, written, given.period, title, month.version, content)
    days = {"first": given.period.first.isoformat(), "last": given.period.last.isoformat(), "profile": profile}
    departures.write(desk, "dhis2_exported", leaving, gate, path, beside=metadata, details=days)
    return ForDhis2(path, beside, len(told["dataValues"]) - len(gone), len(gone))


def _written(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _house(desk: Desk, month: Month) -> ReportingHouse:
    from shelter_desk.excel.style import stamp

    first = reports.first_day(desk)
    name = " · ".join(filter(None, (stamp(training=desk.is_training), settings.read(desk).shelter_name)))
    first = first or month.report.period.first
    return ReportingHouse(backups.number(desk), name, first.replace(month=1, day=1))  # the day is that of an admission


def _completed(desk: Desk, month: Month) -> str:
    """The day on which the period was closed, from which on DHIS2 takes it for complete."""
    if month.version is None:
        return ""
    with desk.reading() as connection:
        return versions.one(connection, month.version).made_at.date().isoformat()


def _before(desk: Desk, given: Report, recipient: str) -> list[tuple[Sending, Mapping[str, Any]]]:
    """What this recipient was given last, and of these days, the last first; nothing for who holds no key of it.

    What went to nobody named at this level counts.
    """
    if desk.protection is None:
        return []
    whom = recipient.strip().casefold()
    found: list[tuple[Sending, Mapping[str, Any]]] = []
    with desk.reading() as connection:
        for one in versions.sent(connection):
            to_them = one.recipient.casefold() == whom or (not one.recipient and one.level == given.profile)
            if one.kind == DHIS2 and to_them and (not found or one.period == given.period):
                with suppress(Damaged):
                    content = versions.sent_content(connection, one.id, desk.protection)
                    found += [(one, content)] if content else []
    return found


def _gone(given: Report, before: list[tuple[Sending, Mapping[str, Any]]]) -> frozenset[Ref]:
    """What was given of the same days at this level, and is not any more: of a finer one it would tell where zeros are
    not."""
    said: set[Ref] = set()
    for one, content in before:
        if one.period == given.period and one.level == given.profile:
            printed = sent.read(content["document"], given).printed
            said |= {ref for ref, value in printed.items() if dhis2.is_said(value)}
    return frozenset(said - {one.ref for one in given.figures.values() if dhis2.is_said(one.value)})


def _parts(given: Report, before: list[tuple[Sending, Mapping[str, Any]]]) -> HouseParts:
    """Its own codes in these figures, and those that DHIS2 was told of before: it would forget them."""
    own = dhis2.own_cells(given.figures)
    names: dict[str, dict[str, str]] = {}
    shapes = {shape_of(ref) for ref in own}
    for _, dims in own:
        for dim, value in dims:
            if dhis2.value_there(dim, value) not in dhis2.shared_options(dim):
                names.setdefault(dim, {})[value] = report_words.cell(((dim, value),), given.names)
    if before:
        kept = before[0][1].get("house_parts", {})
        shapes |= {(key, tuple(dims)) for key, dims in kept.get("shapes", ())}
        for dim, known in kept.get("names", {}).items():
            names[dim] = {**known, **names.get(dim, {})}
    return HouseParts(frozenset(shapes), names)


def _kept(parts: HouseParts) -> dict[str, Any]:
    return {"shapes": sorted([key, list(dims)] for key, dims in parts.shapes), "names": parts.names}
