"""Workbooks made by hand, part by part, as no library would write them."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{{properties}}<sheets><sheet name="sejours" sheetId="1" '
    'r:id="rId1"/></sheets></workbook>'
)
SHEET_OF = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)

MakeXlsx = Callable[..., Path]


@pytest.fixture
def make_xlsx(tmp_path: Path) -> MakeXlsx:
    """Writes an .xlsx with one sheet of the given rows in XML. whole: the XML of the sheet instead."""

    def make(rows: str = "", *, whole: str | None = None, properties: str = "", name: str = "by_hand.xlsx") -> Path:
        path = tmp_path / name
        sheet = whole or f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr("_rels/.rels", ROOT)
            archive.writestr("xl/workbook.xml", WORKBOOK.format(properties=properties))
            archive.writestr("xl/_rels/workbook.xml.rels", SHEET_OF)
            archive.writestr("xl/worksheets/sheet1.xml", sheet)
        return path

    return make


@pytest.fixture
def make_ods(tmp_path: Path) -> MakeXlsx:
    """Writes an .ods with one table of the given rows in XML."""

    def make(rows: str, *, manifest: str = "") -> Path:
        path = tmp_path / "by_hand.ods"
        names = "urn:oasis:names:tc:opendocument:xmlns"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr(
                "META-INF/manifest.xml",
                f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0">{manifest}</manifest:manifest>',
            )
            archive.writestr(
                "content.xml",
                f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
                f'xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet><table:table table:name="lits">{rows}'
                "</table:table></office:spreadsheet></office:body></office:document-content>",
            )
        return path

    return make
