"""Numbers that are shown with zeros in front which they do not have: `0007` of a 7, by the format of its cell."""

import re
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

_STYLES = "xl/styles.xml"
_PIECES = re.compile(r'"[^"]*"|\\.|[ \-/]|0+')
_LONGEST = 60


def styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """The formats that put zeros in front of whole numbers, by the number of the style of a cell."""
    formats: dict[str, str] = {}
    used: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        local = name.rpartition(":")[2]
        if local == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            inside = True
        elif local == "xf" and inside:
            used.append(attributes.get("numFmtId", ""))

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name.rpartition(":")[2] != "cellXfs"

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(archive.read(_STYLES), True)
    except (KeyError, expat.ExpatError):
        return {}
    pads = {key: form for key, form in formats.items() if is_padding(form)}
    return {str(at): pads[key] for at, key in enumerate(used) if key in pads}


def is_padding(form: str) -> bool:
    """True of `0000` and of `"CH-"000`; not of `0.00`, `#,##0` or a day."""
    first = form.split(";", maxsplit=1)[0]
    pieces = _PIECES.findall(first)
    return len(first) <= _LONGEST and "".join(pieces) == first and sum(p.count("0") for p in pieces if p[0] == "0") > 1


def shown(value: str, style: str, formats: Mapping[str, str]) -> str:
    """What the cell shows, "" where it has no zeros that the number has not."""
    form = formats.get(style)
    if form is None or not (value.isascii() and value.isdigit()):
        return ""
    pieces = _PIECES.findall(form.split(";")[0])
    size = sum(len(piece) for piece in pieces if piece[0] == "0")
    if len(value) >= size:
        return ""
    digits, found = value.zfill(size), ""
    for piece in pieces:
        if piece[0] == "0":
            found, digits = found + digits[: len(piece)], digits[len(piece) :]
        else:
            found += piece[1:-1] if piece[0] == '"' else piece[-1]
    return found
