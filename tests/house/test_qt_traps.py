"""What PySide offers and breaks the window with: the names stand nowhere in the program."""

import ast
from pathlib import Path

import shelter_desk

# Python's object of what these return becomes the child of the one asked, also where that one stands inside it: the two
# hold each other alone then, go as garbage, and the part of the page goes with them while it is on the screen
TRAPS = {"nextInFocusChain", "previousInFocusChain", "topLevelWidget"}


def test_nobody_asks_for_what_takes_a_part_of_the_page_along() -> None:
    asked = [
        f"{path.name}:{node.lineno} {node.attr}"
        for path in sorted(Path(shelter_desk.__file__).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in TRAPS
    ]
    assert asked == []
