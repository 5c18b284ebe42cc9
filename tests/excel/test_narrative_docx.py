"""A Word file holds together: its parts are named, its relationships lead somewhere, its elements stand in order."""

import io
import posixpath
import zipfile
from datetime import datetime
from xml.etree import ElementTree

import pytest

from shelter_desk.excel.reports import narrative_docx
from shelter_desk.words.reports.narrative import NarrativePage

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# ECMA-376 part 1, CT_PPrBase and EG_RPrBase, those that are written here
PARAGRAPH = ["pStyle", "keepNext", "numPr", "spacing", "ind", "jc", "outlineLvl"]
RUN = ["rFonts", "b", "bCs", "color", "sz", "szCs", "lang"]
STYLE = ["name", "basedOn", "qFormat", "pPr", "rPr"]
PAGE = NarrativePage(
    "Rapport narratif, octobre 2026",
    ("Centre A, Bamako", "du 01/10/2026 au 31/10/2026"),
    (("Faits marquants", ("« Été » & <printemps>", "\u0007Bambara : ɛ ɔ ŋ")), ("Leçons", ("Une.",))),
    (("Préparé par", "Agent A"), ("Vérifié par", "")),
    "SHA-256",
    "EXERCICE",
    datetime(2026, 11, 2, 9, 30),
    "fr",
)


@pytest.fixture
def parts() -> dict[str, ElementTree.Element]:
    """Every part of a file, read as XML."""
    with zipfile.ZipFile(io.BytesIO(narrative_docx.content(PAGE))) as archive:
        assert archive.testzip() is None
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314 our own file


def names(parent: ElementTree.Element) -> list[str]:
    return [one.tag.removeprefix(W) for one in parent]


def test_every_part_has_its_kind_and_every_relationship_leads_to_one(parts: dict[str, ElementTree.Element]) -> None:
    named = {one.attrib["PartName"].lstrip("/") for one in parts["[Content_Types].xml"].iter(OVERRIDE)}
    assert named == {name for name in parts if not name.endswith(".rels")} - {"[Content_Types].xml"}
    reached = set()
    for name, root in parts.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            reached |= {posixpath.join(folder, one.attrib["Target"]) for one in root.iter(RELATIONSHIP)}
    assert reached == named
    ids = {one.attrib["Id"] for one in parts["word/_rels/document.xml.rels"].iter(RELATIONSHIP)}
    used = {one.attrib[ID] for one in parts["word/document.xml"].iter() if ID in one.attrib}
    assert used == {"header", "footer"}
    assert used <= ids


def test_elements_stand_in_the_order_of_the_schema(parts: dict[str, ElementTree.Element]) -> None:
    looked = 0
    for root in parts.values():
        for tag, order in (("pPr", PARAGRAPH), ("rPr", RUN), ("style", STYLE)):
            for one in root.iter(W + tag):
                said = names(one)
                assert said == [each for each in order if each in said]
                looked += 1
    assert looked > 20
    assert names(parts["word/document.xml"][0])[-1] == "sectPr"


def test_every_style_that_is_used_is_there(parts: dict[str, ElementTree.Element]) -> None:
    made = {one.attrib[f"{W}styleId"] for one in parts["word/styles.xml"].iter(f"{W}style")}
    used = {one.attrib[f"{W}val"] for root in parts.values() for one in root.iter(f"{W}pStyle")}
    assert used <= made
    assert {"Title", "Heading1", "ListBullet", "Signed"} <= used


def test_words_are_written_as_they_are_and_signs_that_no_screen_shows_are_left_out(
    parts: dict[str, ElementTree.Element],
) -> None:
    said = ["".join(one.text or "" for one in each.iter(f"{W}t")) for each in parts["word/document.xml"].iter(f"{W}p")]
    assert said[:5] == [PAGE.title, *PAGE.about, "Faits marquants", "« Été » & <printemps>"]
    assert said[5] == "Bambara : ɛ ɔ ŋ"
    assert said[-1] == "SHA-256"
