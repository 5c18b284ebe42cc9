"""The first page of a report: what it is of, who made and signed it, what the house says of the month."""

from datetime import datetime
from typing import Protocol

from shelter_desk import words
from shelter_desk.domain.reports.report import Report, Visa, VisaPart
from shelter_desk.domain.reports.visas import PARTS
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words


class CoverSaid(Protocol):
    """What the first page says beside the figures. beds: in the capacity on the last night."""

    @property
    def shelter(self) -> str: ...
    @property
    def town(self) -> str: ...
    @property
    def prepared_by(self) -> str: ...
    @property
    def prepared_role(self) -> str: ...
    @property
    def beds(self) -> int: ...
    @property
    def version(self) -> str: ...
    @property
    def made_at(self) -> datetime | None: ...


def lines(report: Report, cover: CoverSaid, donors: str = "") -> list[tuple[str, str | int]]:
    """What, and its value, from top to bottom."""
    period = report.period
    days = report_words.days(period if period.nights else period.whole)
    return [
        (words.text("Shelter"), cover.shelter),
        (words.text("Town"), cover.town),
        (words.text("Period"), days),
        (words.text("Nights"), period.nights),
        (words.text("Version of the report"), report_words.state(report)),
        *signed(report, cover),
        *visas(report),
        (words.text("Donors"), donors),
        (words.text("Beds"), formats.NONE if report.value("t1.installed_beds") is None else cover.beds),
        (words.text("Profile"), report_words.level(report.profile)),
        (words.text("Software"), f"Shelter Desk {cover.version}".strip()),
        (words.text("Made on"), formats.moment(cover.made_at) if cover.made_at else ""),
    ]


def signed(report: Report, cover: CoverSaid) -> list[tuple[str, str]]:
    """Who made it, by name or function as its reader is told, and where it is signed; nothing to the public."""
    if report.signing == "nobody":
        return []
    function = words.label("role", cover.prepared_role) if cover.prepared_role else ""
    maker = cover.prepared_by if report.signing == "name" else function
    return [(words.text("Prepared by"), maker), (words.text("Checked by"), ""), (words.text("Approved by"), "")]


def visas(report: Report) -> list[tuple[str, str]]:
    """Which tables were signed, by what function and when; nothing to the public."""
    if report.signing == "nobody":
        return []
    held = {one.part: one for one in report.visas_told}
    return [(visa_of(part), visa(held[part]) if part in held else words.text("without a visa")) for part in PARTS]


def visa_of(part: VisaPart) -> str:
    """What a visa is called, by the tables that it stands for."""
    names: dict[VisaPart, str] = {
        "case": words.text("Visa, T1 to T9 and T12"),
        "store": words.text("Visa, T10 and T11"),
    }
    return names[part]


def visa(found: Visa) -> str:
    """What function signed, and when."""
    told = words.text("{role}, {day}")
    return told.format(role=words.label("role", found.role), day=formats.day(found.signed_on))


def text(report: Report) -> str:
    """What the house says of the whole month; nothing to the public."""
    return "" if report.profile == "public" else report.text
