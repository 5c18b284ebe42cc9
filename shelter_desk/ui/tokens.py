"""The colours, sizes and fonts everything on screen is drawn from; `theme.wear` chooses the set worn."""

from functools import cache
from typing import Literal, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontMetrics

Size = Literal["small", "text", "title"]
FAMILIES = ("Segoe UI", "Noto Sans", "DejaVu Sans")
SPACE_HALF, SPACE, SPACE_PANEL, SPACE_2, SPACE_3, SPACE_4 = 4, 8, 12, 16, 24, 32
RADIUS, RADIUS_CARD, RADIUS_CHIP = 4, 8, 12
_PIXELS: dict[Size, int] = {"small": 12, "text": 14, "title": 22}


class Tokens(NamedTuple):
    """One set of colours, each `#RRGGBB`; a state has a text, a soft ground and a line.

    A named tuple: a data class of so many fields takes 4 ms of every start.
    """

    dark: bool
    training: bool
    page: str
    surface: str
    sunken: str
    line: str
    line3: str
    line2: str
    grid: str
    hatch: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    accent_soft: str
    accent_line: str
    accent_hover: str
    rail: str
    rail_text: str
    rail_selected: str
    ok: str
    ok_soft: str
    ok_line: str
    attention: str
    attention_soft: str
    attention_line: str
    blocked: str
    blocked_soft: str
    blocked_line: str
    held: str
    held_soft: str
    held_line: str

    def color(self, name: str) -> QColor:
        """The colour of that token, or the colour itself when it starts with `#`."""
        return QColor(name if name.startswith("#") else getattr(self, name))


LIGHT = Tokens(
    dark=False,
    training=False,
    page="#F3F2EF",
    surface="#FFFFFF",
    sunken="#E9E8E4",
    line="#DAD9D3",
    line3="#BFBEB8",
    line2="#80838B",
    grid="#E8E7E2",
    hatch="#D3D2CC",
    ink="#1B1F2A",
    ink2="#454B58",
    ink3="#5D636F",
    accent="#2B4A9B",
    on_accent="#FFFFFF",
    accent_soft="#E6EBF8",
    accent_line="#6F86C6",
    accent_hover="#233D82",
    rail="#1D2850",
    rail_text="#CDD5EE",
    rail_selected="#34457F",
    ok="#1A6A42",
    ok_soft="#E3F1E9",
    ok_line="#86BE9E",
    attention="#8A5100",
    attention_soft="#FBEFD8",
    attention_line="#D9AE62",
    blocked="#A6261E",
    blocked_soft="#FAE7E4",
    blocked_line="#DE9F99",
    held="#0A5F75",
    held_soft="#DFF0F4",
    held_line="#86BCC9",
)
DARK = Tokens(
    dark=True,
    training=False,
    page="#15171C",
    surface="#1E2128",
    sunken="#2A2E37",
    line="#363B46",
    line3="#4A5160",
    line2="#7F8796",
    grid="#2B2F38",
    hatch="#333843",
    ink="#E9E8E3",
    ink2="#C3C7D0",
    ink3="#A2A8B4",
    accent="#9DB4F2",
    on_accent="#10182F",
    accent_soft="#28324F",
    accent_line="#6175B2",
    accent_hover="#B4C6F6",
    rail="#0F1117",
    rail_text="#B9C1D6",
    rail_selected="#28324F",
    ok="#7CCB9E",
    ok_soft="#1B3327",
    ok_line="#3F7558",
    attention="#E8B765",
    attention_soft="#3A2D16",
    attention_line="#80642F",
    blocked="#F2A29A",
    blocked_soft="#40211E",
    blocked_line="#8B4A44",
    held="#7FC6D6",
    held_soft="#17343B",
    held_line="#3C7280",
)
TRAINING_LIGHT = LIGHT._replace(
    training=True,
    accent="#7A2A72",
    accent_soft="#F5E7F3",
    accent_line="#B075A8",
    accent_hover="#651F5E",
    rail="#571B51",
    rail_text="#F0D9ED",
    rail_selected="#7F3677",
)
TRAINING_DARK = DARK._replace(
    training=True,
    accent="#E3A8DC",
    on_accent="#2A0A27",
    accent_soft="#402239",
    accent_line="#906489",
    accent_hover="#EDC0E7",
    rail="#3A1036",
    rail_text="#F0D9ED",
    rail_selected="#6A2A62",
)


class _Worn:
    """What is worn now. scale: 1 for the sizes of the reference, 1.5 for text half as large again."""

    tokens = LIGHT
    scale = 1.0


_worn = _Worn()


def put_on(tokens: Tokens, scale: float) -> None:
    """Take these tokens and text scale from now on; only `theme.wear` calls it."""
    _worn.tokens, _worn.scale = tokens, scale
    _font.cache_clear()
    metrics.cache_clear()
    _rgba.cache_clear()


def is_on(tokens: Tokens, scale: float) -> bool:
    """Whether these are worn already."""
    return (_worn.tokens, _worn.scale) == (tokens, scale)


def current() -> Tokens:
    """The colours worn now; read them when painting, never keep them."""
    return _worn.tokens


def color(name: str) -> QColor:
    """The colour worn now under that token name."""
    return QColor.fromRgba(_rgba(name))  # a copy, QColor(QColor), would make the class `Qt` at the start, 12 ms


@cache
def _rgba(name: str) -> int:
    return _worn.tokens.color(name).rgba()


def pixels(size: Size) -> int:
    """The height of that font size in pixels."""
    return round(_PIXELS[size] * _worn.scale)


def high(height: int) -> int:
    """That reference height, grown by what its line of text has grown."""
    return height + round(20 * (_worn.scale - 1))


def wide(width: int) -> int:
    """That reference width, grown as the text has grown."""
    return round(width * _worn.scale)


def is_large() -> bool:
    """Whether letters are so large, from 120 % on, that what stood beside each other stands below."""
    return wide(10) >= 12


def font(size: Size = "text", bold: bool = False) -> QFont:
    """One of the three sizes, 400 or 600."""
    return QFont(_font(size, bold))


@cache
def _font(size: Size, bold: bool) -> QFont:
    # a page paints hundreds of texts, and looking for the families takes longer than painting one
    made = QFont(list(FAMILIES))
    made.setPixelSize(pixels(size))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


@cache
def metrics(size: Size = "text", bold: bool = False) -> QFontMetrics:
    """The measures of that font: sizes are taken from it, never guessed."""
    return QFontMetrics(font(size, bold))
