"""The narrative of a month by the command line: Word or PDF by its ending, beside the workbook or alone."""

import json
import zipfile
from pathlib import Path

import pypdf
import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.passages import Heading
from shelter_desk.operations.reports import month_versions, narratives
from shelter_desk.operations.vault import unlocking
from tests.commands.conftest import PASSWORD
from tests.commands.test_line import Ran, golden_shelter, run, shelter

__all__ = ["golden_shelter", "run", "shelter"]
ASKED = ("report", "--month", "2026-11", "--level", "interne")
NOVEMBER = Period.month(2026, 11)


def say(tmp_path: Path, text: str = "", heading: Heading = "highlights") -> None:
    """In words of one's own, without any as the month proposes it."""
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        found = narratives.terms(desk, month_versions.month(desk, NOVEMBER))
        if text:
            narratives.say(desk, found, heading, text)
        else:
            narratives.keep(desk, found, ["moved"])


def test_a_word_file_and_a_pdf_are_written_by_their_endings(golden_shelter: Ran, tmp_path: Path) -> None:
    say(tmp_path)
    code, out, told = golden_shelter(*ASKED, "--narrative", tmp_path / "n.docx")
    assert (code, told) == (0, "")
    assert out.splitlines()[-1] == f"Le texte du mois est dans {tmp_path / 'n.docx'}."
    with zipfile.ZipFile(tmp_path / "n.docx") as archive:
        assert "Le mois a commencé avec 7 personnes présentes" in archive.read("word/document.xml").decode()
    assert golden_shelter(*ASKED, tmp_path / "r.xlsx", "--narrative", tmp_path / "n.pdf", "--quiet")[:2] == (0, "")
    document = pypdf.PdfReader(tmp_path / "n.pdf")
    assert "Rapport narratif, novembre 2026" in " ".join(document.pages[0].extract_text().split())
    assert document.metadata is not None
    assert not document.metadata.author
    sent = json.loads(golden_shelter("sendings", "--json")[1])["sendings"]
    assert sorted((one["kind"], one["level"], one["file"]) for one in sent) == [
        ("narratif", "interne", "n.docx"),
        ("narratif", "interne", "n.pdf"),
        ("rapport", "interne", "r.xlsx"),
    ]


def test_where_one_of_both_is_refused_neither_is_written(golden_shelter: Ran, tmp_path: Path) -> None:
    both = (tmp_path / "r.xlsx", "--narrative", tmp_path / "n.docx")
    code, _, told = golden_shelter(*ASKED, *both)
    assert (code, told.count("\n")) == (3, 1)  # nothing is said yet
    say(tmp_path, "Quatre filles attendent.")
    outside = (*ASKED[:3], "--recipient", "OIM", "--purpose", "suivi")
    code, _, told = golden_shelter(*outside, *both)
    assert (code, "Quatre" in told) == (3, True)
    assert (list(tmp_path.glob("r.*")), list(tmp_path.glob("n.*"))) == ([], [])
    for one in (both[:1], both[1:]):  # nothing leaves for another program either
        assert golden_shelter(*outside, *one, "--dhis2", tmp_path / "o.json")[0] == 3
    assert list(tmp_path.glob("o*.json")) == []
    assert golden_shelter(*outside, *both, "--words-read")[0] == 0
    assert (tmp_path / "n.docx").exists()


@pytest.mark.parametrize("name", ["n.odt", "n", "n.xlsx"])
def test_another_kind_of_file_is_refused(golden_shelter: Ran, tmp_path: Path, name: str) -> None:
    say(tmp_path)
    assert golden_shelter(*ASKED, "--narrative", tmp_path / name)[0] == 2
    assert not (tmp_path / name).exists()


def test_it_is_that_of_a_calendar_month(golden_shelter: Ran, tmp_path: Path) -> None:
    days = ("report", "--from", "2026-11-02", "--to", "2026-11-20", "--narrative", tmp_path / "n.docx")
    assert golden_shelter(*days)[0] == 2


def test_what_is_said_of_one_month_is_not_said_of_the_next(golden_shelter: Ran, tmp_path: Path) -> None:
    say(tmp_path)
    december = ("report", "--month", "2026-12", "--level", "interne", "--narrative", tmp_path / "n.docx")
    code, _, told = golden_shelter(*december)
    assert (code, told.count("\n")) == (3, 1)
