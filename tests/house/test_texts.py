"""Every text a person sees goes through `words`, whole, and has its French."""

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "shelter_desk"
SHOWING = {
    "QAction",
    "QCheckBox",
    "QGroupBox",
    "QLabel",
    "QPushButton",
    "QRadioButton",
    "QToolButton",
    "addAction",
    "addTab",
    "print",
    "setAccessibleDescription",
    "setAccessibleName",
    "setPlaceholderText",
    "setStatusTip",
    "setText",
    "setTitle",
    "setToolTip",
    "setWindowTitle",
    "showMessage",
}


def machinery() -> ModuleType:
    spec = importlib.util.spec_from_file_location("texts_of_the_house", ROOT / "packaging" / "texts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up while they are made
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, spec.name, module)
        spec.loader.exec_module(module)
    return module


TEXTS = machinery()


def trees(*folders: Path) -> Iterator[tuple[str, ast.AST]]:
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def spoken(node: ast.expr) -> bool:
    """True for a literal, an f-string or a sum of them that holds letters."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and any(character.isalpha() for character in node.value)
    if isinstance(node, ast.JoinedStr):
        return any(spoken(part) for part in node.values)
    return isinstance(node, ast.BinOp) and (spoken(node.left) or spoken(node.right))


def unspoken_texts(tree: ast.AST) -> Iterator[int]:
    """The lines of calls that show a literal of the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SHOWING and any(spoken(argument) for argument in node.args):
                yield node.lineno


def built_texts(tree: ast.AST) -> Iterator[int]:
    """The lines of `words.text` and `words.count` with something else than literals."""
    for name, call in TEXTS.text_calls(tree):
        if TEXTS.literals(name, call) is None:
            yield call.lineno


def test_texts_are_collected_translated_and_compiled() -> None:
    assert TEXTS.check(ROOT) == []


def test_texts_are_literals_so_that_they_can_be_translated() -> None:
    assert [f"{path}:{line}" for path, tree in trees(PROGRAM) for line in built_texts(tree)] == []


def test_nothing_is_shown_that_is_not_translated() -> None:
    shown = [
        f"{path}:{line}" for path, tree in trees(PROGRAM / "ui", PROGRAM / "commands") for line in unspoken_texts(tree)
    ]
    assert shown == []


@pytest.mark.parametrize(
    "code", ['words.text(f"Bed {bed}")', 'words.text("Bed " + bed)', "words.text(title)", 'words.count("a", many, 2)']
)
def test_a_text_built_in_the_code_is_noticed(code: str) -> None:
    assert list(built_texts(ast.parse(code))) == [1]


@pytest.mark.parametrize("code", ['label.setText("Close")', 'QLabel(f"{n} beds")', 'print("done " + name)'])
def test_a_text_shown_without_translation_is_noticed(code: str) -> None:
    assert list(unspoken_texts(ast.parse(code))) == [1]


@pytest.mark.parametrize("code", ['label.setText("—")', 'label.setText(words.text("Close"))', 'print(f"{n}")'])
def test_signs_and_translated_texts_are_let_through(code: str) -> None:
    assert list(unspoken_texts(ast.parse(code))) == []


def checkout(root: Path, code: str, french: str) -> Path:
    (root / "shelter_desk").mkdir()
    (root / "shelter_desk" / "page.py").write_text(code, encoding="utf-8")
    parts = root / "translations" / "parts"
    parts.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (parts / "page.po").write_text(head + french, encoding="utf-8")
    return root


BEDS = 'words.text("Bed {bed} is free.")\n'


def test_the_inbox_goes_to_the_french_file_and_is_emptied(tmp_path: Path) -> None:
    root = checkout(tmp_path, BEDS, 'msgid "Bed {bed} is free."\nmsgstr "Le lit {bed} est libre."\n')
    assert TEXTS.update(root) == []
    assert TEXTS.check(root) == []
    assert list((root / "translations" / "parts").iterdir()) == []


def test_collecting_twice_changes_nothing(tmp_path: Path) -> None:
    root = checkout(tmp_path, BEDS, 'msgid "Bed {bed} is free."\nmsgstr "Le lit {bed} est libre."\n')
    TEXTS.update(root)
    before = {path: path.read_bytes() for path in root.rglob("*.?o*") if path.is_file()}
    TEXTS.update(root)
    assert {path: path.read_bytes() for path in root.rglob("*.?o*") if path.is_file()} == before


def test_the_french_of_a_text_no_longer_used_waits_in_the_inbox(tmp_path: Path) -> None:
    root = checkout(tmp_path, BEDS, 'msgid "Bed {bed} is free."\nmsgstr "Le lit {bed} est libre."\n')
    TEXTS.update(root)
    (root / "shelter_desk" / "page.py").write_text("", encoding="utf-8")
    assert TEXTS.update(root) == ["unused.po: not used by the code: 'Bed {bed} is free.'"]
    assert TEXTS.check(root) == ["translations/parts/unused.po is not empty: run `make texts`"]


def test_a_checkout_without_inbox_gets_one(tmp_path: Path) -> None:
    root = checkout(tmp_path, BEDS, 'msgid "Bed {bed} is free."\nmsgstr "Le lit {bed} est libre."\n')
    TEXTS.update(root)
    (root / "translations" / "parts").rmdir()
    (root / "shelter_desk" / "page.py").write_text("", encoding="utf-8")
    assert TEXTS.update(root) == ["unused.po: not used by the code: 'Bed {bed} is free.'"]


@pytest.mark.parametrize(
    ("french", "fault"),
    [
        ("", "no French text"),
        ("Le lit {lit} est libre.", "other placeholders"),
        ("Veuillez noter le lit {bed}.", "veuillez"),
        ("Le lit {bed} est libre\u00a0!", "an exclamation mark"),
    ],
)
def test_french_that_breaks_the_rules_is_named(tmp_path: Path, french: str, fault: str) -> None:
    root = checkout(tmp_path, BEDS, f'msgid "Bed {{bed}} is free."\nmsgstr "{french}"\n')
    assert [fault in line for line in TEXTS.update(root)] == [True]


@pytest.mark.parametrize(
    ("french", "fault"), [("Lit libre : {bed}", "plain space"), ("L'autre lit {bed}", "typewriter apostrophe")]
)
def test_signs_that_are_not_french_are_named(french: str, fault: str) -> None:
    catalog = TEXTS.catalogue({"Bed {bed} is free.": set()}, {"Bed {bed} is free.": (french,)})
    assert [fault in line for line in TEXTS.faults(catalog)] == [True]


def test_what_translators_are_told_stands_in_the_template(tmp_path: Path) -> None:
    root = checkout(tmp_path, f"# Translators: in the plan of beds\n{BEDS}", "")
    TEXTS.update(root)
    assert "#. Translators: in the plan of beds" in (root / "translations" / "shelter_desk.pot").read_text(
        encoding="utf-8"
    )
