"""The map is true: what it names is there, and rooms keep their size."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "shelter_desk"
MOST_LINES, LONGEST, MOST_FILES = 500, 60, 31


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def test_what_the_map_names_is_there() -> None:
    told = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:\w+/)+\w+\.(?:py|csv|md))`", told))
    assert len(named) > 60
    assert {one for one in named if not any((at / one).exists() for at in (ROOT, PROGRAM))} == set()


def test_no_file_is_too_long() -> None:
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in modules("shelter_desk", "tests")}
    assert {str(path) for path, n in lengths.items() if n > MOST_LINES} == set()


def test_no_function_is_too_long() -> None:
    found = {}
    for path in modules("shelter_desk", "tests"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST:
                    found[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert found == {}


def test_no_folder_is_too_flat() -> None:
    """But for the steps of the file: one a version, read by nobody who does not look for that version."""
    found = (path for path in modules("shelter_desk", "tests") if path.name != "__init__.py")
    files = Counter(path.parent for path in found if path.parent.parent.name != "migrations")
    assert {str(folder.relative_to(ROOT)): n for folder, n in files.items() if n > MOST_FILES} == {}


def test_one_class_name_means_one_thing() -> None:
    names = Counter(
        node.name
        for path in modules("shelter_desk")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    )
    assert {name: n for name, n in names.items() if n > 1} == {}
