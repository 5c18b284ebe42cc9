"""A paper is known by what it holds, not by what it is called."""

from datetime import date, datetime, timedelta

import pytest

from shelter_desk.domain.errors import Missing, NotInList
from shelter_desk.domain.ids import DocumentId, PersonId
from shelter_desk.domain.residents.notes import (
    MOST_BYTES,
    PDF,
    PLAIN,
    Document,
    NotAPaper,
    check_paper,
    ends,
    media_type,
)
from tests.operations.case_scene import CONTENTS, archive

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("kind", sorted(CONTENTS))
def test_a_kind_is_known_by_its_content(kind: str) -> None:
    assert media_type(CONTENTS[kind]) == kind


def test_french_as_windows_writes_it_is_text() -> None:
    assert media_type("Née à Ségou, témoin : l’aîné".encode("cp1252")) == PLAIN


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"%PDF-" + bytes(MOST_BYTES), "size"),
        (b"MZ\x90\x00\x03", "kind"),
        (b"GIF89a\x01\x00", "kind"),
        (archive("xl/workbook.xml", "[Content_Types].xml"), "kind"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macro"),
        (b"PK\x03\x04 cut", "kind"),
    ],
)
def test_other_content_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(NotAPaper) as refused:
        media_type(content)
    assert refused.value.why == why


def test_the_largest_paper_is_taken() -> None:
    assert media_type(b"%PDF-".ljust(MOST_BYTES, b"x")) == PDF


@pytest.mark.parametrize("kind", ["aucun", "photo", ""])
def test_there_is_no_kind_for_a_photo_or_for_nothing(kind: str) -> None:
    with pytest.raises(NotInList):
        check_paper(kind, "Acte")


def test_a_paper_has_a_title() -> None:
    with pytest.raises(Missing):
        check_paper("passeport", " ")


@pytest.mark.parametrize(("days", "said"), [(-1, "over"), (0, "soon"), (30, "soon"), (31, "")])
def test_a_paper_that_runs_out_is_said_thirty_days_before(days: int, said: str) -> None:
    last = TODAY + timedelta(days)
    paper = Document(DocumentId(1), PersonId(1), "passeport", PDF, 9, datetime(2026, 11, 1), expires_on=last)
    assert ends(paper, TODAY) == said
