"""Writes the table of the benchmarks into the documentation."""

import os
import platform
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import harness
from tests.benchmarks.harness import Measured

FILE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "sqlcipher3",
    "argon2-cffi",
    "RapidFuzz",
    "python-calamine",
    "XlsxWriter",
)


def write(measured: Sequence[Measured]) -> None:
    """Replace the page with what was measured now."""
    FILE.write_text("\n".join(_lines(measured)) + "\n", encoding="utf-8")


def machine() -> str:
    """What the numbers were measured on, in one line."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {libraries}"


def _lines(measured: Sequence[Measured]) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield f"Measured on {date.today().isoformat()} with `make bench`: {machine()}."
    yield ""
    yield "Milliseconds move from run to run, so only the ratio of a median to that of its yardstick is a target. Both"
    yield "are measured by turns in one run, on an invented shelter of 60 beds and ten years: 24,000 residents,"
    yield "25,600 stays, 33,700 placements."
    yield ""
    yield f"| {' | '.join(harness.HEADINGS)} |"
    yield f"| --- |{' ---: |' * (len(harness.HEADINGS) - 2)} --- |"
    for one in measured:
        yield f"| {' | '.join(harness.cells(one))} |"
    yield ""
    yield "What is measured, against what:"
    yield ""
    for one in measured:
        yield f"- **{one.subject.name}**: {one.subject.what}, against {one.subject.against}."
        for limit in one.limits:
            yield f"  {limit.said[0].upper()}{limit.said[1:]}{'.' if limit.holds else ': over.'}"
