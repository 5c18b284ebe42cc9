"""The narrative of a month: kept, changed, dropped, renewed, closed with it, and what of it leaves."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdf
import pytest

from shelter_desk.domain.errors import NoSuch, NotAllowed
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.passages import LONGEST, LONGEST_TYPED, MOST_TYPED, Heading, StoredPassage
from shelter_desk.domain.reports.refusals import (
    AlreadySent,
    MonthClosed,
    NotAMonth,
    NothingSaid,
    TooManyPassages,
    WordsTooLong,
)
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.refusals import WordsUnread
from shelter_desk.domain.stays.place_requests import Group
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions, narrative_files, narratives, reports
from shelter_desk.operations.reports.narratives import NarrativeTerms
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.stays import place_requests
from shelter_desk.operations.vault import key_change, unlocking
from shelter_desk.words.reports import narrative as narrative_words
from tests.operations.reports.test_annotations import seated
from tests.operations.reports.test_closing import closed, last
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.stays.test_place_requests import asked

JOURNAL = "SELECT action FROM journal ORDER BY seq DESC LIMIT 2"
VISIT = "Deux visites de la direction régionale."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Four women and two men have been here for a hundred days."""
    opened = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B", "1C", "1D", "2C", "2D"):
        admit(opened, code, sex="f" if code[0] == "1" else "m", days=100)
    yield opened
    opened.close()


def terms(desk: Desk, period: Period | None = None) -> NarrativeTerms:
    return narratives.terms(desk, month_versions.month(desk, period or last(desk)))


def said(desk: Desk, level: Profile = "interne", period: Period | None = None) -> list[str]:
    month = terms(desk, period).month
    page = narrative_files.page(desk, month, level)
    return [one for _, passages in page.parts for one in passages]


def stored(desk: Desk, proposal: str) -> StoredPassage:
    return next(one for one in terms(desk).stored if one.passage.proposal == proposal)


def admit_late(desk: Desk) -> None:
    with desk.because_late("saisie_tardive"):
        admit(desk, "2A", sex="m", days=100)


def say(desk: Desk, text: str, at: StoredPassage | str = "", heading: Heading = "coordination") -> None:
    narratives.say(desk, terms(desk), heading, text, at)


def test_a_proposal_is_said_once_it_is_kept_changed_by_words_and_gone_once_dropped(desk: Desk) -> None:
    assert said(desk) == []
    narratives.keep(desk, terms(desk), ["moved", "staying"])
    moved, staying = said(desk)
    assert moved.startswith("The month began with 6 persons present and ended with 6 persons present")
    assert staying == "6 persons go on with their stay."
    say(desk, "  Les six personnes\nrestent. ", stored(desk, "staying"), "outlook")
    say(desk, VISIT)
    assert said(desk)[1:] == [VISIT, "Les six personnes restent."]
    narratives.drop(desk, terms(desk), stored(desk, "staying"))
    narratives.drop(desk, terms(desk), stored(desk, ""))
    assert said(desk) == [moved]
    assert [one.is_dropped for one in terms(desk).stored] == [False, True]
    narratives.propose_again(desk, terms(desk), "outlook")
    assert [one.passage.proposal for one in terms(desk).stored] == ["moved"]


def test_empty_words_say_a_proposal_as_it_was_proposed_and_take_ones_own_away(desk: Desk) -> None:
    say(desk, "Six restent.", "staying", "outlook")
    say(desk, VISIT)
    say(desk, " ", stored(desk, "staying"), "outlook")
    say(desk, "", stored(desk, ""))
    assert said(desk) == ["6 persons go on with their stay."]


def test_what_was_done_is_taken_back_and_stands_in_the_journal(desk: Desk) -> None:
    done = narratives.keep(desk, terms(desk), ["moved", "staying"])
    desks.undo(desk, done)
    assert said(desk) == []
    with desk.reading() as connection:
        actions = [row[0] for row in connection.exec_driver_sql(JOURNAL)]
    assert actions == ["undo", "report_passages"]


def test_a_sentence_whose_figure_moves_waits_until_it_is_renewed(desk: Desk) -> None:
    narratives.keep(desk, terms(desk), ["moved", "staying"])
    say(desk, "Six femmes, aucun homme.", stored(desk, "moved"), "highlights")
    say(desk, VISIT)
    admit(desk, "2A", sex="m", days=100)
    found = terms(desk)
    assert (found.moved, found.said, said(desk)) == (2, 1, [VISIT])
    narratives.keep(desk, found, ["staying"])
    say(desk, "Six femmes et un homme.", stored(desk, "moved"), "highlights")
    assert said(desk) == ["Six femmes et un homme.", VISIT, "7 persons go on with their stay."]
    assert terms(desk).moved == 0


def test_a_month_begins_with_what_the_month_before_announced(desk: Desk) -> None:
    before = last(desk).month_before
    narratives.say(desk, terms(desk, before), "outlook", "Ouvrir un deuxième dortoir.")
    narratives.keep(desk, terms(desk, before), ["staying"])
    found = terms(desk)
    [key] = found.announced
    assert narrative_words.passage(found.report, found.announced[key]) == "Ouvrir un deuxième dortoir."
    narratives.keep(desk, found, [key])
    assert said(desk) == ["Ouvrir un deuxième dortoir."]
    admit(desk, "2A", sex="m", days=100)
    assert terms(desk).moved == 0
    say(desk, "Le dortoir a ouvert.", stored(desk, key), "outlook")
    assert said(desk) == ["Le dortoir a ouvert."]


def test_words_in_place_of_a_hidden_number_are_not_announced_without_it(desk: Desk) -> None:
    before = last(desk).month_before
    asked_on = (desk.today() - before.first).days
    place_requests.note(desk, asked(asked_on, (Group("f", "a12_17", 1),)))
    found = terms(desk, before)
    assert found.proposals["waiting"].heading == "outlook"
    narratives.say(desk, found, "outlook", "Une seule demande attend.", "waiting")
    assert said(desk, "partenaire", before) == []
    assert terms(desk).announced == {}


def test_words_have_their_room_a_page_or_two(desk: Desk) -> None:
    with pytest.raises(WordsTooLong):
        say(desk, "x" * (LONGEST + 1))
    for _ in range(LONGEST_TYPED // LONGEST):
        say(desk, "x" * LONGEST)
    with pytest.raises(WordsTooLong):
        say(desk, "x" * (LONGEST_TYPED % LONGEST + 1))
    for one in terms(desk).stored:
        narratives.drop(desk, terms(desk), one)
    for n in range(MOST_TYPED):
        say(desk, f"Phrase {n}")
    with pytest.raises(TooManyPassages):
        say(desk, "Encore une")
    say(desk, "À la place", terms(desk).stored[0])
    assert len(said(desk)) == MOST_TYPED
    with pytest.raises(NoSuch):
        narratives.keep(desk, terms(desk), ["nothing"])


def test_a_narrative_is_of_a_calendar_month_and_written_by_who_may_comment_it(desk: Desk) -> None:
    quarter = Period(last(desk).month_before.first, last(desk).last)
    with pytest.raises(NotAMonth):
        terms(desk, quarter)
    found = terms(desk)
    with seated(desk, Role.CASE_WORKER) as other:
        narratives.keep(other, found, ["moved"])
        with pytest.raises(NotAllowed):
            narrative_files.export(other, found.month, "interne", other.folder / "n.docx")
    with seated(desk, Role.AUDITOR) as other, pytest.raises(NotAllowed):
        narratives.say(other, found, "needs", "Du riz.")


def test_words_lie_sealed_and_open_after_all_keys_were_changed(desk: Desk) -> None:
    say(desk, VISIT)
    with desk.reading() as connection:
        rows = [row[0] for row in connection.exec_driver_sql("SELECT content FROM report_passages")]
    assert len(rows) == 1
    assert b"visites" not in rows[0]
    folder = desk.folder
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        assert said(again) == [VISIT]


def test_a_closed_month_keeps_its_narrative_and_takes_no_other_word(desk: Desk) -> None:
    period = last(desk)
    narratives.keep(desk, terms(desk), ["moved", "staying"])
    say(desk, VISIT)
    whole = said(desk)
    closed(desk, period)
    found = terms(desk)
    with pytest.raises(MonthClosed):
        narratives.keep(desk, found, ["staying"])
    with pytest.raises(MonthClosed):
        narratives.say(desk, found, "needs", "Du riz.")
    with pytest.raises(MonthClosed):
        narratives.drop(desk, found, found.stored[0])
    admit_late(desk)
    assert said(desk) == whole
    closing.rectify(desk, period, "un homme oublié")
    assert said(desk)[1:] == [VISIT, "7 persons go on with their stay."]
    first = narrative_files.page(desk, month_versions.month(desk, period, 1), "interne")
    assert [one for _, passages in first.parts for one in passages] == whole
    closing.reopen(desk, period, "tout revoir")
    assert (said(desk)[1:], terms(desk).moved) == ([VISIT, "7 persons go on with their stay."], 0)


def test_what_was_typed_of_a_number_that_moved_is_not_said_by_the_version_that_replaces(desk: Desk) -> None:
    period = last(desk)
    say(desk, "Six restent.", "staying", "outlook")
    say(desk, VISIT)
    closed(desk, period)
    admit_late(desk)
    closing.rectify(desk, period, "un homme oublié")
    assert said(desk) == [VISIT]
    assert [one.passage.text for one in terms(desk).stored] == [VISIT]


def test_an_auditor_is_told_a_closed_narrative_as_a_partner_is(desk: Desk) -> None:
    period = last(desk)
    admit(desk, "3A", age=12, days=100)
    narratives.keep(desk, terms(desk), ["minors", "staying"])
    assert len(said(desk)) == 2
    closed(desk, period)
    with seated(desk, Role.AUDITOR) as other:
        told = month_versions.partner_report(other, period)
    assert [one.proposal for one in told.narrative] == ["staying"]


def test_words_that_may_not_leave_are_read_once_more_before_they_do(desk: Desk, tmp_path: Path) -> None:
    admit(desk, "2B", sex="m", days=3, names=Names(first_name="Fanta"))
    say(desk, "Fanta a 16 ans, tél. 76 12 34 56, code 7K3-QMX-E.")
    found, out = terms(desk), tmp_path / "n.docx"
    with pytest.raises(WordsUnread) as refused:
        narrative_files.export(desk, found.month, "partenaire", out, GateAnswers("OIM", "suivi"))
    assert set(refused.value.words) == {"Fanta", "16 ans", "76 12 34 56", "7K3-QMX-E"}
    with pytest.raises(WordsUnread):
        reports.export(desk, found.month, "partenaire", tmp_path / "r.xlsx")
    assert (out.exists(), month_versions.standing(desk, last(desk)).sendings) == (False, ())
    narrative_files.export(desk, found.month, "partenaire", out, GateAnswers("OIM", "suivi", words_read=True))
    [sent] = sendings.sent_files(desk)
    assert (sent.sending.kind, sent.sending.level, sent.sending.recipient) == ("narratif", "partenaire", "OIM")


def test_what_is_sent_is_kept_and_holds_a_month_closed(desk: Desk, tmp_path: Path) -> None:
    period = last(desk)
    narratives.keep(desk, terms(desk), ["moved", "staying"])
    closed(desk, period)
    month = month_versions.month(desk, period)
    name = narrative_files.file_name(desk, month.report, "partenaire")
    assert name == f"narratif_{period.first:%Y-%m}_v1_partenaire.docx"
    narrative_files.export(desk, month, "partenaire", tmp_path / name, GateAnswers("OIM", "suivi"))
    [one] = sendings.sent_files(desk)
    sendings.open_copy(desk, one.sending.id, tmp_path / "copy.docx")
    assert (tmp_path / "copy.docx").read_bytes() == (tmp_path / name).read_bytes()
    with pytest.raises(AlreadySent):
        closing.reopen(desk, period, "trop tard")


def test_nothing_to_say_is_refused(desk: Desk, tmp_path: Path) -> None:
    found = terms(desk)
    with pytest.raises(NothingSaid):
        narrative_files.export(desk, found.month, "interne", tmp_path / "n.docx")
    assert list(tmp_path.glob("n.*")) == []


def test_the_workbook_has_a_sheet_with_what_its_reader_is_told(desk: Desk, tmp_path: Path) -> None:
    say(desk, "=Riz et savon")
    narratives.keep(desk, terms(desk), ["staying"])
    month = month_versions.month(desk, last(desk))
    for level, expected in (("partenaire", True), ("public", False)):
        reports.export(desk, month, level, tmp_path / f"{level}.xlsx")  # type: ignore[arg-type]
        book = openpyxl.load_workbook(tmp_path / f"{level}.xlsx", data_only=True)
        assert ("14_Narratif" in book.sheetnames) is expected
    cells = [row[0].value for row in openpyxl.load_workbook(tmp_path / "partenaire.xlsx")["14_Narratif"].iter_rows()]
    assert [one for one in cells if one][-4:] == [
        "Coordination and visits",
        "=Riz et savon",
        "Outlook",
        "6 persons go on with their stay.",
    ]


def test_a_word_file_says_what_its_reader_is_told_and_no_author(desk: Desk, tmp_path: Path) -> None:
    say(desk, "Visites & <rencontres>\u0007 d’équipe")
    narratives.keep(desk, terms(desk), ["staying"])
    closed(desk)
    month = month_versions.month(desk, last(desk))
    for name in ("a.docx", "b.docx"):
        narrative_files.export(desk, month, "interne", tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.docx").read_bytes())) as archive:
        told = re.sub(r"<[^>]*>", "|", archive.read("word/document.xml").decode())
        core = archive.read("docProps/core.xml").decode()
        head = archive.read("word/header1.xml").decode()
    assert "Visites &amp; &lt;rencontres&gt; d’équipe" in told
    assert "6 persons go on with their stay." in told
    assert "DO NOT PASS ON" in head
    assert ("creator" in core, "lastModifiedBy" in core) == (False, False)


def test_the_longest_narrative_has_two_pages_on_paper(desk: Desk, tmp_path: Path, qapp: object) -> None:
    from shelter_desk.ui.reports.narrative import paper

    narratives.keep(desk, terms(desk), terms(desk).proposals)
    for n in range(MOST_TYPED):
        say(desk, "mots " * (LONGEST_TYPED // MOST_TYPED // 5 - 1) + f"{n}")
    month = terms(desk).month
    narrative_files.export(desk, month, "interne", tmp_path / "n.pdf", pdf=paper.pdf)
    pages = pypdf.PdfReader(tmp_path / "n.pdf").pages
    assert len(pages) <= 2
    assert "Outlook" in "".join(page.extract_text() for page in pages)
