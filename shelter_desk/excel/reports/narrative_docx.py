"""The narrative of a month as a Word file: the nine small parts of ECMA-376 that it takes, and nothing else.

The same page gives the same bytes: no clock but the moment that the page names, no author, no number made by chance.
"""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from shelter_desk.words.reports.narrative import NarrativePage

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OF_FILE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OF_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the only clock that a part of a zip may have without one
_INK, _QUIET, _WARNING = "1D2850", "5D636F", "A3242B"
_FACE = "Arial"
_PARTS = {"word/document.xml": "document.main", "word/styles.xml": "styles", "word/numbering.xml": "numbering"}
_EDGES = {"word/header1.xml": "header", "word/footer1.xml": "footer"}


def content(page: NarrativePage) -> bytes:
    """The bytes of the file."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            [
                ("officeDocument", f"{_OF_FILE}/officeDocument", "word/document.xml"),
                ("core", f"{_OF_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _core(page),
        "word/document.xml": _document(page),
        "word/styles.xml": _styles(page.language),
        "word/numbering.xml": _numbering(),
        "word/header1.xml": _edge("hdr", _paragraph("Warning", _run(page.warning))),
        "word/footer1.xml": _edge("ftr", _paragraph("Footer", _numbered_pages())),
        "word/_rels/document.xml.rels": _relations(
            [
                (name, f"{_OF_FILE}/{kind}", part.removeprefix("word/"))
                for part, kind in {**_PARTS, **_EDGES}.items()
                if (name := kind) != "document.main"
            ]
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, told in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), (_XML + told).encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _content_types() -> str:
    said = {**_PARTS, **_EDGES}
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in said.items()
    )
    return (
        f'<Types xmlns="{_OF_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(named: Iterable[tuple[str, str, str]]) -> str:
    """named: the id of each, its type, where it leads."""
    every = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{where}"/>' for name, kind, where in named)
    return f'<Relationships xmlns="{_OF_PACKAGE}/relationships">{every}</Relationships>'


def _core(page: NarrativePage) -> str:
    """The title and the day; no author."""
    made = "" if page.made_at is None else f"{page.made_at:%Y-%m-%dT%H:%M:%S}Z"
    moment = f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>' if made else ""
    return (
        f'<cp:coreProperties xmlns:cp="{_OF_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_plain(page.title)}</dc:title>{moment}</cp:coreProperties>"
    )


def _document(page: NarrativePage) -> str:
    lines = [_paragraph("Title", _run(page.title))]
    lines += [_paragraph("Subtitle", _run(one)) for one in page.about]
    for heading, passages in page.parts:
        lines.append(_paragraph("Heading1", _run(heading)))
        lines += [_paragraph("ListBullet", _run(one)) for one in passages]
    if page.signed:
        lines += [_paragraph("Small", ""), _signed(page.signed)]
    lines.append(_paragraph("Small", _run(page.foot)))
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" '
        'r:id="footer"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1021" w:right="1134" w:bottom="907" '
        'w:left="1134" w:header="454" w:footer="454" w:gutter="0"/></w:sectPr>'
    )
    return f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_OF_FILE}"><w:body>{"".join(lines)}{section}</w:body></w:document>'


def _edge(kind: str, told: str) -> str:
    return f'<w:{kind} xmlns:w="{_MAIN}">{told}</w:{kind}>'


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{_plain(text)}</w:t></w:r>' if text else ""


def _plain(text: str) -> str:
    """What XML may hold: signs that no screen shows are left out."""
    return escape("".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff"))


def _numbered_pages() -> str:
    def field(name: str) -> str:
        return f"<w:fldSimple w:instr={quoteattr(f' {name} ')}><w:r><w:t>1</w:t></w:r></w:fldSimple>"

    return f"{field('PAGE')}{_run('/')}{field('NUMPAGES')}"


def _signed(lines: Iterable[tuple[str, str]]) -> str:
    """What, and who or an empty place; a line is never torn over two pages."""
    wide = 3000, 6638
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in wide)

    def cell(text: str, width: int) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph("Signed", _run(text))}</w:tc>'

    rows = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(map(cell, line, wide))}</w:tr>" for line in lines)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFC3CC"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _numbering() -> str:
    return (
        f'<w:numbering xmlns:w="{_MAIN}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="284" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _styles(language: str) -> str:
    spoken = {"fr": "fr-FR", "en": "en-GB"}.get(language, "fr-FR")
    faces = "".join(f' w:{one}="{_FACE}"' for one in ("ascii", "hAnsi", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{faces}/><w:sz w:val="19"/><w:szCs w:val="19"/>'
        f'<w:lang w:val="{spoken}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="40"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    made = (
        _style("Normal", "Normal", is_default=True),
        _style("Title", "Title", '<w:keepNext/><w:spacing w:after="20"/>', _ink(_INK, 36, bold=True)),
        _style("Subtitle", "Subtitle", '<w:spacing w:after="0"/>', _ink(_QUIET, 18)),
        _style(
            "Heading1",
            "heading 1",
            '<w:keepNext/><w:spacing w:before="140" w:after="30"/><w:outlineLvl w:val="0"/>',
            _ink(_INK, 23, bold=True),
        ),
        _style("ListBullet", "List Bullet", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        _style("Small", "Small print", '<w:spacing w:before="80" w:after="0"/>', _ink(_QUIET, 16)),
        _style("Signed", "Signature table", '<w:keepNext/><w:spacing w:before="30" w:after="30"/>', _ink("", 18)),
        _style("Warning", "Warning", '<w:spacing w:after="0"/><w:jc w:val="right"/>', _ink(_WARNING, 18, bold=True)),
        _style("Footer", "footer", '<w:spacing w:after="0"/><w:jc w:val="right"/>', _ink(_QUIET, 16)),
    )
    return f'<w:styles xmlns:w="{_MAIN}">{defaults}{"".join(made)}</w:styles>'


def _style(name: str, shown: str, paragraph: str = "", run: str = "", *, is_default: bool = False) -> str:
    first = ' w:default="1"' if is_default else ""
    based = "" if is_default else '<w:basedOn w:val="Normal"/>'
    paragraph = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{name}"><w:name w:val="{shown}"/>{based}<w:qFormat/>'
        f"{paragraph}{run}</w:style>"
    )


def _ink(colour: str, half_points: int, *, bold: bool = False) -> str:
    strong = "<w:b/><w:bCs/>" if bold else ""
    told = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{strong}{told}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
