"""Comments on cells of a workbook that was read part by part: added to those that a sheet has, or as new parts.

A comment is told in one part and drawn in another, which is the one that also draws buttons of forms.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape

from shelter_desk.excel.donors.ooxml import Attributes, Package, Place, local, parse, reference_of

AUTHOR = "Shelter Desk"
_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
_NO_COMMENTS = f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'.encode()
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NO_SHAPES = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_AFTER_DRAWINGS = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent", "webPublishItems"}
    | {"tableParts", "extLst"}
)
_SHAPE = re.compile(rb"_x0000_s([0-9]+)")
_PREFIXED = rb"((?:[A-Za-z_][\w.-]*:)?)"


def note(package: Package, part: str, sheet: bytes, notes: Mapping[Place, str]) -> dict[str, bytes]:
    """The parts that are new or other than before, so that these cells of a sheet have these comments.

    sheet: its bytes as they will be written. A cell that has a comment keeps it. Nothing where the parts are told in
    another way than Excel and its like do: the cells are written without comments then.
    """
    relations = list(package.relations(part))
    comments = next((target for _, kind, target in relations if kind.endswith("/comments")), "")
    told = package.read(comments) if comments else _NO_COMMENTS
    wanted = {place: text for place, text in notes.items() if f'"{reference_of(place)}"'.encode() not in told}
    drawing = _drawing_of(sheet, {key: target for key, _, target in relations})
    drawn = package.read(drawing) if drawing else _NO_SHAPES
    if not wanted or not _is_usual(sheet, told, drawn):
        return {}
    folder, _, name = part.rpartition("/")
    listed, stem = f"{folder}/_rels/{name}.rels", name.rpartition(".")[0]
    links = package.read(listed) if package.has(listed) else _RELATIONS
    changed: dict[str, bytes] = {}
    if not comments:
        comments = f"xl/comments-{stem}-shelter-desk.xml"
        links = _linked(links, "shelterdesk1", "comments", comments)
        override = f'<{{p}}Override PartName="/{comments}" ContentType="{_COMMENTS}"/>'
        changed[_TYPES] = _before(package.read(_TYPES), b"Types", override)
    if not drawing:
        drawing = f"xl/drawings/notes-{stem}-shelter-desk.vml"
        links = _linked(links, "shelterdesk2", "vmlDrawing", drawing)
        changed[part] = _drawn(sheet, "shelterdesk2")
        types = changed.get(_TYPES) or package.read(_TYPES)
        if not re.search(rb'Extension\s*=\s*"vml"', types, re.IGNORECASE):
            default = f'<{{p}}Default Extension="vml" ContentType="{_DRAWING}"/>'
            changed[_TYPES] = _before(types, b"Types", default)
    changed |= {comments: _told(told, wanted), drawing: _shapes(drawn, wanted)}
    return {**changed, listed: links} if changed.keys() & {part, _TYPES} else changed


def _is_usual(sheet: bytes, told: bytes, drawn: bytes) -> bool:
    has_lists = all(re.search(rb"</" + _PREFIXED + tag + rb">", told) for tag in (b"authors", b"commentList"))
    spelt = all(b"xmlns:" + prefix + b"=" in drawn for prefix in (b"v", b"o", b"x"))
    return has_lists and spelt and b"</xml>" in drawn and _MAIN.encode() in sheet


def _drawing_of(sheet: bytes, targets: Mapping[str, str]) -> str:
    found: list[str] = []

    def begin(tag: str, values: Attributes) -> None:
        if local(tag) == "legacyDrawing":
            found.extend(value for name, value in values.items() if local(name) == "id")

    parse(sheet, begin)
    return targets.get(found[0], "") if found else ""


def _before(content: bytes, tag: bytes, new: str) -> bytes:
    """New elements at the end of that one; `{p}` in them is its prefix."""
    found = re.search(rb"</" + _PREFIXED + tag + rb"\s*>", content)
    if found is None:
        return content
    return content[: found.start()] + new.replace("{p}", found.group(1).decode()).encode() + content[found.start() :]


def _linked(links: bytes, key: str, kind: str, target: str) -> bytes:
    links = re.sub(rb"<" + _PREFIXED + rb"Relationships([^>]*)/>", rb"<\1Relationships\2></\1Relationships>", links)
    told = f'<{{p}}Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="/{target}"/>'
    return _before(links, b"Relationships", told)


def _told(comments: bytes, notes: Mapping[Place, str]) -> bytes:
    author = len(re.findall(rb"<" + _PREFIXED + rb"author[\s/>]", comments))
    comments = _before(comments, b"authors", f"<{{p}}author>{AUTHOR}</{{p}}author>")
    made = "".join(
        f'<{{p}}comment ref="{reference_of(place)}" authorId="{author}"><{{p}}text><{{p}}t>{escape(text)}</{{p}}t>'
        "</{p}text></{p}comment>"
        for place, text in sorted(notes.items())
    )
    return _before(comments, b"commentList", made)


def _shapes(drawing: bytes, notes: Mapping[Place, str]) -> bytes:
    """A hidden yellow box beside each cell, as a program draws it where the pointer rests."""
    first = max((int(found) for found in _SHAPE.findall(drawing)), default=1024) + 1
    made = "" if b'"_x0000_t202"' in drawing else _SHAPE_TYPE
    for number, (row, column) in enumerate(sorted(notes), first):
        anchor = f"{column}, 15, {max(0, row - 2)}, 2, {column + 2}, 15, {row + 2}, 4"
        made += (
            f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:108pt;height:60pt;'
            'z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
        )
    return _before(drawing, b"xml", made)


def _drawn(sheet: bytes, key: str) -> bytes:
    """The sheet saying which part draws its comments, where the order of its elements wants it."""
    places: list[int] = []
    prefix, depth, past = "", 0, False

    def begin(tag: str, _: Attributes) -> None:
        nonlocal prefix, depth
        depth += 1
        if depth == 1:
            prefix = tag[: -len(local(tag))]
        elif depth == 2 and past and local(tag) in _AFTER_DRAWINGS:
            places.append(parser.CurrentByteIndex)

    def end(tag: str) -> None:
        nonlocal depth, past
        depth -= 1
        past = past or local(tag) == "sheetData"
        if depth == 0:
            places.append(parser.CurrentByteIndex)

    parser = expat.ParserCreate()
    parse(sheet, begin, end, parser=parser)
    told = f'<{prefix}legacyDrawing xmlns:r="{_OFFICE}" r:id="{key}"/>'.encode()
    return sheet[: places[0]] + told + sheet[places[0] :]
