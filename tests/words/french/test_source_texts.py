"""No English is written past the catalogue: what a screen, sheet or paper shows goes through `words.text`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.words.french.english import WORDS, not_french, plainly
from tests.words.french.every_text import every

ROOT = Path(__file__).resolve().parents[3] / "shelter_desk"
FLOORS = ("ui", "words", "excel", "operations")
SAID_ELSEWHERE = {"text", "count", "execute", "exec_driver_sql", "compile", "ListColumn"}
SAID_TO_ENGINEERS = {"debug", "info", "warning", "error", "exception"}
NOT_SHOWN = re.compile(r"SELECT|FROM|WHERE|INSERT|</?w:|<\?xml|:\s*[a-z-]+;|\{|\(\?:|r=\"$")
READ_BY_PROGRAMS = {
    "ui/offscreen.py",  # what Qt says, taken out of the log
    "ui/qt_words.py",  # by what Qt asks for its own texts
    "ui/self_test.py",  # what the check of an installed copy tells an engineer
    "words/reports/cover.py",  # the name of the program and its version
    "excel/htcds.py",  # the names that the standard gives its sheets
    "excel/donors/cell_comments.py",
    "excel/reading/days_in_words.py",  # what people type is read in both languages
    "excel/reading/grids.py",
    "excel/reading/recognised.py",
    "operations/vault/journal.py",  # names of tables
    "operations/vault/line_rules.py",  # the same
}


def _aside(tree: ast.AST) -> set[int]:
    """Docstrings, what the catalogue holds, what only engineers read, what is raised."""
    found: set[int] = set()
    for node in ast.walk(tree):
        name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Raise) or name in SAID_ELSEWHERE | SAID_TO_ENGINEERS or name.endswith("Error"):
            found |= {id(one) for one in ast.walk(node)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
    return found


def english_in(tree: ast.AST) -> Iterator[str]:
    aside = _aside(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            value = node.value
            yield from [value] if " " in value.strip() and WORDS.search(value) and not NOT_SHOWN.search(value) else ()


@pytest.mark.parametrize("floor", FLOORS)
def test_no_english_is_written_past_the_catalogue(floor: str) -> None:
    read = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / floor).rglob("*.py"))}
    assert len(read) > 20
    found = {
        name: told
        for name, path in read.items()
        if name not in READ_BY_PROGRAMS and (told := list(english_in(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert found == {}


def test_english_past_the_catalogue_is_noticed() -> None:
    assert list(english_in(ast.parse('label.setText("Choose the bed")'))) == ["Choose the bed"]
    assert list(english_in(ast.parse('label.setText(words.text("Choose the bed"))'))) == []


def test_no_french_text_is_english_or_tells_the_number_of_a_rule() -> None:
    filled = {at: re.sub(r"\{\w+\}", "…", plainly(text)) for at, text in every().items()}
    assert {at: text for at, text in filled.items() if not_french([text])} == {}


CHOOSES = {"words/__init__.py", "words/flags.py", "operations/services/service_catalogue.py"}  # by the language spoken
READS = {"operations/imports/typed_lines.py", "excel/reading/service_words.py", "excel/reading/headings.py"}


def test_english_labels_are_shown_where_the_language_is_chosen_and_nowhere_else() -> None:
    named = {
        path.relative_to(ROOT).as_posix()
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*.py")
        if re.search(r"\.label_en\b", path.read_text(encoding="utf-8"))
    }
    assert named >= CHOOSES
    assert named - CHOOSES - READS == set()


def _within_functions(tree: ast.AST) -> set[int]:
    bodies = (
        one
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for one in (node.body if isinstance(node.body, list) else [node.body])
    )
    return {id(inner) for one in bodies for inner in ast.walk(one)}


def said_at_once(tree: ast.AST) -> list[int]:
    """Lines where a text is taken while a module is loaded, before the language is known."""
    later = _within_functions(tree)
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "words"
        and node.func.attr in ("text", "count", "label")
        and id(node) not in later
    ]


def test_no_text_is_taken_before_the_language_is_known() -> None:
    found = {path: said_at_once(ast.parse(path.read_text(encoding="utf-8"))) for path in ROOT.rglob("*.py")}
    assert len(found) > 500
    assert {str(path): lines for path, lines in found.items() if lines} == {}
    assert said_at_once(ast.parse('TITLE = words.text("Beds")')) == [1]
