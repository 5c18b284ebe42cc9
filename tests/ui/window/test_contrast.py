"""Texts, edges of controls and parts of charts stand out from what they lie on, in every dress (WCAG 2.2, AA)."""

import re
from collections.abc import Iterator
from typing import get_args

import pytest

from shelter_desk.ui import stylesheet
from shelter_desk.ui.beds.calendar.painting import PAINTS as BARS
from shelter_desk.ui.tokens import DARK, LIGHT, TRAINING_DARK, TRAINING_LIGHT, Tokens
from shelter_desk.ui.widgets import badge
from shelter_desk.ui.widgets.bed_tile import _PAINTS as TILES

DRESSES = pytest.mark.parametrize("worn", [LIGHT, DARK, TRAINING_LIGHT, TRAINING_DARK])
TEXT, PART = 4.5, 3.0  # the least contrast
STATES = ("ok", "attention", "blocked", "held")
INKS = ("ink", "ink2", "ink3", "accent", *STATES)
GROUNDS = ("page", "surface", "sunken", "accent_soft", *(f"{state}_soft" for state in STATES))
ON_COLOUR = (
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("rail_text", "rail"),
    ("#FFFFFF", "rail_selected"),
)
# marks of the sheets, ticks of lists, bars and lines of charts, the sign of what is chosen
PARTS = ("line2", "accent", "accent_line", *STATES)
CONTROLS = ("QPushButton", "QLineEdit", "QComboBox", "QAbstractSpinBox", "QTextEdit", "QCheckBox", "QRadioButton")
COLOUR = re.compile(r"(?:^|[;\s])(color|background|border(?:-color)?):[^;]*?(#[0-9A-Fa-f]{6}|transparent)")


def luminance(worn: Tokens, name: str) -> float:
    shade = worn.color(name)
    parts = (shade.redF(), shade.greenF(), shade.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(worn: Tokens, one: str, other: str) -> float:
    low, high = sorted((luminance(worn, one), luminance(worn, other)))
    return (high + 0.05) / (low + 0.05)


def faint(worn: Tokens, pairs: Iterator[tuple[str, str]], least: float) -> list[str]:
    told = ((one, ground, contrast(worn, one, ground)) for one, ground in pairs)
    return [f"{one} on {ground}: {found:.2f}" for one, ground, found in told if found < least]


def rules(worn: Tokens) -> Iterator[tuple[str, dict[str, str]]]:
    """Each rule of the style sheet that is in force, with its colours."""
    for heads, said in re.findall(r"([^{}]+)\{([^{}]*)\}", stylesheet.written(worn, "drawn")):
        colours = {name.removesuffix("-color"): shade for name, shade in COLOUR.findall(said)}
        for head in heads.strip().split(","):
            if ":disabled" not in head and "readOnly" not in head:  # what cannot be used need not stand out
                yield head.strip(), colours


def written(worn: Tokens) -> Iterator[tuple[str, str]]:
    for _, colours in rules(worn):
        if "color" in colours:
            ground = colours.get("background", "transparent")
            yield from (
                (colours["color"], one) for one in (("page", "surface") if ground == "transparent" else (ground,))
            )


def edged(worn: Tokens) -> Iterator[tuple[str, str]]:
    """Edges of controls, which stand on a page or on a card; one that is its own ground is seen by that."""
    for head, colours in rules(worn):
        edge = colours.get("border", "transparent")
        if edge != "transparent" and head.startswith(CONTROLS):
            yield from ((edge, one) for one in ("page", "surface"))
        if head.startswith("QScrollBar::handle") and "background" in colours:
            yield from ((colours["background"], one) for one in ("page", "surface"))


@DRESSES
def test_every_ink_can_be_read_on_every_ground(worn: Tokens) -> None:
    pairs = [*((ink, ground) for ink in INKS for ground in GROUNDS), *ON_COLOUR]
    assert faint(worn, iter(pairs), TEXT) == []


@DRESSES
def test_every_text_of_the_style_sheet_can_be_read(worn: Tokens) -> None:
    pairs = [pair for pair in written(worn) if pair[0] not in (worn.rail_text, worn.on_accent) or pair[1][0] == "#"]
    assert len(pairs) > 50
    assert faint(worn, iter(pairs), TEXT) == []


@DRESSES
def test_every_edge_of_a_control_can_be_seen(worn: Tokens) -> None:
    pairs = list(edged(worn))
    assert len(pairs) > 30
    assert faint(worn, iter(pairs), PART) == []


@DRESSES
def test_parts_of_what_is_painted_can_be_seen(worn: Tokens) -> None:
    assert faint(worn, ((part, ground) for part in PARTS for ground in ("page", "surface")), PART) == []
    assert faint(worn, (("line2", ground) for ground in GROUNDS[:4]), PART) == []


@DRESSES
def test_tiles_bars_and_badges_can_be_read_and_their_edges_seen(worn: Tokens) -> None:
    painted = [(one.ink, one.ground) for one in TILES.values()] + [(one.ink, one.ground) for one in BARS.values()]
    texts = painted + [badge.inks(state) for state in get_args(badge.State)]
    assert faint(worn, iter(texts), TEXT) == []
    used = [one.edge for state, one in TILES.items() if state != "unfit"] + [one.edge for one in BARS.values()]
    edges = ((edge, ground) for edge in used if edge for ground in ("page", "surface"))
    assert faint(worn, edges, PART) == []
