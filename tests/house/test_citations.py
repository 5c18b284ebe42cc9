"""What code and comments cite of the field is found in `docs/field`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIELD = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "field").glob("*.md"))}
SECTIONS = set(re.findall(r"^## ([0-9]+(?:\.[0-9]+)?)\b", "\n".join(FIELD.values()), re.MULTILINE))
IDS = set(re.findall(r"^\| ([RSAMIC]-[0-9]{2}) \|", "\n".join(FIELD.values()), re.MULTILINE))


def cited(pattern: str) -> Iterator[tuple[str, str]]:
    """Each thing cited, and where."""
    found = re.compile(pattern)
    for folder in ("shelter_desk", "tests", "packaging", "resources", "docs"):
        for path in sorted((ROOT / folder).rglob("*")):
            is_text = path.suffix in (".py", ".md", ".csv")
            if is_text and path != Path(__file__) and path.parent.name != "field":
                for one in found.findall(path.read_text(encoding="utf-8")):
                    yield one, str(path.relative_to(ROOT))


def test_a_section_of_the_field_that_is_cited_is_there() -> None:
    everything = set(cited(r"\bfield ([0-9]+(?:\.[0-9]+)?)\b"))
    assert len(everything) > 100
    assert {(one, where) for one, where in everything if one not in SECTIONS} == set()


@pytest.mark.parametrize("letter", "RSAIC")
def test_a_rule_or_identity_that_is_cited_is_there(letter: str) -> None:
    everything = set(cited(rf"(?<![\w-])({letter}-[0-9]{{2}})(?![\w-])"))
    assert everything
    assert {(one, where) for one, where in everything if one not in IDS} == set()


def test_nothing_is_cited_from_outside_the_repository() -> None:
    assert set(cited(r"(domain(?:\.md)? [0-9]+\.[0-9]+|Annex [A-D]\b)")) == set()
    assert set(cited(r"\(((?:features )?(?:F(?:1[3-9]|[2-9]\d)|N\d{1,2}|T(?:1[3-9]|[2-9]\d)))[,;)]")) == set()
