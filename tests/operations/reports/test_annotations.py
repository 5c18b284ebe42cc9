"""What the house says of a month, and who signed its tables, until it is closed and as it was closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.equipment.assets import Happened
from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import comments, snapshots, visas
from shelter_desk.domain.reports.comments import WHOLE
from shelter_desk.domain.reports.disclosure import REPEATED
from shelter_desk.domain.reports.figures import Figure, Ref
from shelter_desk.domain.reports.refusals import MonthClosed, NothingDiffers, PeriodRuns, WordsTooLong
from shelter_desk.domain.reports.report import FigureComment, Profile, Report, as_document
from shelter_desk.domain.reports.visas import VisaStanding
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.refusals import WordsUnread
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations, closing, comparing, month_versions, reports
from shelter_desk.operations.vault import key_change, unlocking
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.reports import annotations as stored_annotations
from shelter_desk.storage.reports import versions, visa_key
from tests.operations.reports.test_closing import closed, correct, last
from tests.operations.shelter import PASSWORD, admit, open_small_shelter, small_shelter

PRESENT: Ref = ("t2.present_end", ())
WOMEN: Ref = ("t2.present_end", (("sex", "f"), ("age_group", "a18_59")))
HAPPENED = Happened("MF-1", "Lit", "panne", date(2026, 11, 3), "")
UNKNOWN_STATUS: Ref = ("t3.persons", (("nationality", "GN"),))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two women have been here for a hundred days."""
    opened = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B"):
        admit(opened, code, days=100)
    yield opened
    opened.close()


@contextmanager
def seated(desk: Desk, role: Role) -> Iterator[Desk]:
    """The same desk as somebody of that role sits at it."""
    former, held, desk.role = desk.role, (desk.sealer, desk.protection), role
    if role in (Role.STOREKEEPER, Role.AUDITOR):
        desk.sealer = desk.protection = None
    yield desk
    desk.role, (desk.sealer, desk.protection) = former, held


def report(desk: Desk, period: Period | None = None) -> Report:
    return month_versions.month(desk, period or last(desk)).report


def test_a_comment_stands_on_its_figure_until_other_words_or_none_take_its_place(desk: Desk) -> None:
    annotations.comment(desk, last(desk), WOMEN, " Deux femmes attendent leur retour. ")
    annotations.comment(desk, last(desk), PRESENT, "Stable")
    assert report(desk).comments == (
        FigureComment(WOMEN, "Deux femmes attendent leur retour."),
        FigureComment(PRESENT, "Stable"),
    )
    annotations.comment(desk, last(desk), WOMEN, "Deux femmes")
    annotations.comment(desk, last(desk), PRESENT, " ")
    assert report(desk).comments == (FigureComment(WOMEN, "Deux femmes"),)
    (written,) = annotations.of(desk, last(desk))
    assert (written.written_by, written.comment.text) == ("Agent A", "Deux femmes")


def test_a_comment_of_more_than_160_letters_and_one_on_a_closed_month_are_refused(desk: Desk) -> None:
    annotations.comment(desk, last(desk), PRESENT, "x" * 160)
    with pytest.raises(WordsTooLong):
        annotations.comment(desk, last(desk), PRESENT, "x" * 161)
    annotations.comment(desk, last(desk), WHOLE, "x" * 2000)
    with pytest.raises(WordsTooLong):
        annotations.comment(desk, last(desk), WHOLE, "x" * 2001)
    closed(desk)
    with pytest.raises(MonthClosed):
        annotations.comment(desk, last(desk), PRESENT, "trop tard")


def test_words_are_frozen_with_the_version_and_open_after_all_keys_were_changed(desk: Desk) -> None:
    period = last(desk)
    annotations.comment(desk, period, PRESENT, "Stable")
    annotations.comment(desk, period, WHOLE, "Mois calme.")
    with desk.reading() as connection:
        stored = [row[0] for row in connection.exec_driver_sql("SELECT text FROM report_comments")]
    assert not any(b"Stable" in one or b"Mois" in one for one in stored)
    closed(desk, period)
    shown = report(desk, period)
    assert (shown.comments, shown.text) == ((FigureComment(PRESENT, "Stable"),), "Mois calme.")
    folder = desk.folder
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        assert report(again, period).text == "Mois calme."
        assert [one.comment.text for one in annotations.of(again, period)] == ["Stable", "Mois calme."]


def test_a_comment_on_a_number_that_moved_is_not_said_again_by_the_version_that_replaces(desk: Desk) -> None:
    period = last(desk)
    annotations.comment(desk, period, WOMEN, "Deux femmes adultes")
    annotations.comment(desk, period, PRESENT, "Stable")
    closed(desk, period)
    correct(desk)
    closing.rectify(desk, period, "âge prouvé")
    assert report(desk, period).comments == (FigureComment(PRESENT, "Stable"),)
    assert len(month_versions.month(desk, period, 1).report.comments) == 2


def test_what_is_not_said_any_more_does_not_come_back_with_the_version_after(desk: Desk) -> None:
    period = last(desk)
    annotations.comment(desk, period, WOMEN, "Deux femmes adultes")
    annotations.comment(desk, period, PRESENT, "Stable")
    closed(desk, period)
    correct(desk)
    closing.rectify(desk, period, "âge prouvé")
    with desk.because_late("saisie_tardive"):
        admit(desk, "2A", sex="m", days=100)
    closing.rectify(desk, period, "un homme oublié")
    assert report(desk, period).comments == ()
    closing.reopen(desk, period, "tout revoir")
    assert report(desk, period).comments == ()


def test_the_version_that_replaces_takes_other_words_and_begins_with_the_former_ones(desk: Desk) -> None:
    period = last(desk)
    annotations.comment(desk, period, WOMEN, "Deux femmes adultes")
    annotations.comment(desk, period, PRESENT, "Stable")
    annotations.comment(desk, period, WHOLE, "Deux femmes adultes, aucune mineure.")
    closed(desk, period)
    with pytest.raises(NothingDiffers):
        closing.rectify(desk, period, "rien", {WHOLE: "autre"})
    correct(desk)
    with pytest.raises(WordsTooLong):
        closing.rectify(desk, period, "âge prouvé", {PRESENT: "x" * 161})
    assert len(month_versions.standing(desk, period).versions) == 1
    said = {WOMEN: "Une femme adulte", PRESENT: " ", WHOLE: " Une mineure. "}
    closing.rectify(desk, period, "âge prouvé", said)
    shown = report(desk, period)
    assert (shown.comments, shown.text) == ((FigureComment(WOMEN, "Une femme adulte"),), "Une mineure.")
    assert [one.comment.text for one in annotations.of(desk, period)] == ["Une femme adulte", "Une mineure."]
    first = month_versions.month(desk, period, 1).report
    assert (len(first.comments), first.text) == (2, "Deux femmes adultes, aucune mineure.")


def test_a_reader_is_given_no_comment_on_a_number_that_is_kept_back(desk: Desk) -> None:
    period = last(desk)
    annotations.comment(desk, period, UNKNOWN_STATUS, "Deux Guinéennes")
    annotations.comment(desk, period, PRESENT, "Stable")
    annotations.comment(desk, period, WHOLE, "Mois calme.")
    month = month_versions.month(desk, period)

    def told(level: Profile) -> tuple[list[str], str]:
        document = as_document(reports.shown(month, level))
        said = [one["comment"] for one in document["figures"] if "comment" in one]
        return sorted(said), document.get("text", "")

    assert told("interne") == (["Deux Guinéennes", "Stable"], "Mois calme.")
    assert told("partenaire") == (["Stable"], "Mois calme.")
    assert told("public") == ([], "")


def test_the_workbook_prints_comments_as_footnotes_and_beside_the_figures(desk: Desk, tmp_path: Path) -> None:
    period = last(desk)
    annotations.comment(desk, period, PRESENT, "=Stable")
    annotations.comment(desk, period, WHOLE, "Mois calme.\nUne visite.")
    reports.export(desk, month_versions.month(desk, period), "partenaire", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True)
    cover = [cell.value for row in book["01_Garde"].iter_rows() for cell in row if cell.value]
    assert cover[-2:] == ["Mois calme.", "Une visite."]
    moves = [cell for row in book["03_Mouvements"].iter_rows() for cell in row if cell.value is not None]
    # below the table of sex and age, and below that of categories
    assert [one.value for one in moves if str(one.value)[:1] == "¹"] == ["¹ Present at the end: =Stable"] * 2
    marked = [one.value for one in moves if "¹" in one.number_format]
    assert marked == [2, 2]
    heads, *rows = book["17_Chiffres"].values
    assert heads[-3:] == ("value", "hidden", "comment")
    (said,) = [row for row in rows if row[-1]]
    assert (said[5], said[-3:]) == ("t2.present_end", (2, None, "=Stable"))


def test_an_auditor_reads_what_is_said_of_a_month_once_it_is_closed_as_a_partner_does(desk: Desk) -> None:
    period = last(desk)
    annotations.comment(desk, period, UNKNOWN_STATUS, "Deux Guinéennes")
    annotations.comment(desk, period, PRESENT, "Stable")
    annotations.comment(desk, period, WHOLE, "Mois calme.")
    with seated(desk, Role.AUDITOR) as other, pytest.raises(NotAllowed):
        annotations.of(other, period)
    closed(desk, period)
    with seated(desk, Role.AUDITOR) as other:
        assert month_versions.partner_report(other, period).words_given == ("Stable", "Mois calme.")


def test_words_that_may_not_leave_are_read_once_more_before_they_do(desk: Desk, tmp_path: Path) -> None:
    period, out = last(desk), tmp_path / "out.xlsx"
    annotations.comment(desk, period, PRESENT, "7K3-QMX-E attend")
    annotations.comment(desk, period, WHOLE, "Quatre filles, dont Fanta ; l’une a 16 ans, tél. 76 12 34 56.")
    admit(desk, "1C", days=3, names=Names(first_name="Fanta"))
    month = month_versions.month(desk, period)
    for gate in (GateAnswers(), GateAnswers("OIM", "suivi")):
        with pytest.raises(WordsUnread) as refused:
            reports.export(desk, month, "partenaire", out, gate)
        assert set(refused.value.words) == {"7K3-QMX-E", "Quatre", "Fanta", "16 ans", "76 12 34 56"}
    assert (out.exists(), month_versions.standing(desk, period).sendings) == (False, ())
    reports.export(desk, month, "public", out)
    reports.export(desk, month, "interne", out)
    reports.export(desk, month, "partenaire", out, GateAnswers("OIM", "suivi", words_read=True))
    assert len(month_versions.standing(desk, period).sendings) == 3


def test_why_a_version_replaces_another_is_read_once_more_too(desk: Desk, tmp_path: Path) -> None:
    period = closed(desk)
    correct(desk)
    closing.rectify(desk, period, "deux personnes oubliées")
    with pytest.raises(WordsUnread):
        reports.export(desk, month_versions.month(desk, period), "partenaire", tmp_path / "out.xlsx")


def test_who_made_and_signed_a_month_is_said_by_name_by_function_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    period = last(desk)
    with seated(desk, Role.CASE_WORKER) as other:
        annotations.sign(other, period)
    closed(desk, period)
    expected: dict[Profile, tuple[str | None, bool]] = {
        "interne": ("Agent A", True),
        "partenaire": ("Director", True),
        "public": (None, False),
    }
    for level, (maker, signed) in expected.items():
        found = month_versions.month(desk, period)
        reports.export(desk, found, level, tmp_path / f"{level}.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / f"{level}.xlsx")["01_Garde"]
        cover = {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}
        assert cover.get("Prepared by") == maker
        assert ("visas" in as_document(reports.shown(found, level))) == signed
        assert any(str(label).startswith("Visa") for label in cover) == signed
        assert {"Checked by", "Approved by"} <= cover.keys() or level == "public"


def test_a_case_worker_and_a_storekeeper_sign_their_tables_and_nobody_signs_for_them(desk: Desk) -> None:
    period = last(desk)
    with pytest.raises(NotAllowed):
        annotations.sign(desk, period)
    for role in (Role.AUDITOR, Role.RECEPTION):
        with seated(desk, role) as other, pytest.raises(NotAllowed):
            annotations.sign(other, period)
    for role in (Role.CASE_WORKER, Role.STOREKEEPER):
        with seated(desk, role) as other:
            annotations.sign(other, period)
            with pytest.raises(PeriodRuns):
                annotations.sign(other, period.month_after)
    assert [(one.part, one.role, one.signed_on) for one in report(desk).visas] == [
        ("case", "case_worker", desk.today()),
        ("store", "storekeeper", desk.today()),
    ]


def test_a_storekeeper_is_given_the_figures_of_the_store_and_no_others(desk: Desk) -> None:
    with seated(desk, Role.STOREKEEPER) as other:
        found = reports.to_sign(other, last(desk))
        with pytest.raises(NotAllowed):
            reports.monthly(other, last(desk))
        assert [one.part for one in annotations.standing(other, found)] == ["store"]
    assert {ref[0].partition(".")[0] for ref in found.figures} == {"t10"}  # nothing was ever in the stock
    assert (found.subtotals, found.nights, found.identities) == ({}, (), ())


def test_a_visa_is_withdrawn_by_a_figure_of_its_tables_that_moves_and_by_no_other(desk: Desk) -> None:
    period = last(desk)
    for role in (Role.CASE_WORKER, Role.STOREKEEPER):
        with seated(desk, role) as other:
            annotations.sign(other, period)
    correct(desk)
    found = report(desk)
    case, store = annotations.standing(desk, found)
    assert case == VisaStanding("case", None, is_withdrawn=True)
    assert (store.visa, store.is_withdrawn) == (found.visas[0], False)
    with seated(desk, Role.CASE_WORKER) as other:
        annotations.sign(other, period)
    assert [one.part for one in report(desk).visas] == ["case", "store"]


def test_a_closed_month_is_signed_only_where_a_figure_of_these_tables_moved_since(desk: Desk) -> None:
    period = closed(desk)
    for role in (Role.CASE_WORKER, Role.STOREKEEPER):
        with seated(desk, role) as other, pytest.raises(MonthClosed):
            annotations.sign(other, period)
    correct(desk)
    with seated(desk, Role.STOREKEEPER) as other, pytest.raises(MonthClosed):
        annotations.sign(other, period)
    with seated(desk, Role.CASE_WORKER) as other:
        annotations.sign(other, period)
    closing.rectify(desk, period, "âge prouvé")
    assert [one.part for one in report(desk).visas] == ["case"]


def test_a_visa_of_the_store_holds_for_the_assets_that_its_tables_list(desk: Desk) -> None:
    listed = replace(report(desk), happened=(HAPPENED,), open_tickets=())
    assert visas.digest(listed, "store") != visas.digest(report(desk), "store")
    assert visas.digest(listed, "case") == visas.digest(report(desk), "case")
    assert visas.of_part(listed, "case").happened == ()


def test_a_visa_of_the_case_file_leads_to_no_figure_by_trying(desk: Desk) -> None:
    """With the key of the database, which every role holds, and a report made up until it fits."""
    period = last(desk)
    with seated(desk, Role.CASE_WORKER) as other:
        annotations.sign(other, period)
    plain = visas.digest(report(desk), "case")
    with desk.reading() as connection:
        given = stored_annotations.visas(connection, period)["case"].digest
        lines = [line.details for line in journal.lines(connection)]
        kept = settings.read(connection).values()
        assert visa_key.read(connection, None) is None
        key = visa_key.read(connection, desk.protection)
    assert key is not None
    assert (given != plain, any(plain in one for one in lines)) == (True, False)
    assert not any(key.hex() in one for one in (*kept, *lines))
    assert given == visas.keyed(plain, key) != visas.keyed(plain, bytes(32))


def test_a_visa_stands_after_a_change_of_keys_and_one_of_before_does(desk: Desk) -> None:
    period = last(desk)
    with seated(desk, Role.CASE_WORKER) as other:
        annotations.sign(other, period)
    folder = desk.folder
    key_change.change_keys(desk, PASSWORD)
    desk.close()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        assert [one.part for one in report(again).visas] == ["case"]
        plain = visas.digest(report(again), "case")
        with again.writing("report_visa", EVERYTHING) as writing:
            [given] = stored_annotations.visas(writing.connection, period).values()
            stored_annotations.put_visa(writing.trail, replace(given, digest=plain))
        assert [one.part for one in report(again).visas] == ["case"]


def test_a_key_of_visas_that_somebody_altered_withdraws_them_and_a_new_one_is_made(desk: Desk) -> None:
    period = last(desk)
    for n in (0, 1):
        with seated(desk, Role.CASE_WORKER) as other:
            annotations.sign(other, period)
        assert [one.part for one in report(desk).visas] == ["case"]
        with desk.database.transaction(EVERYTHING) as connection:
            settings.write(connection, {"visa_key": ("no key", "00")[n]})
        assert report(desk).visas == ()


def test_visas_are_frozen_with_the_version_and_printed_on_the_cover(desk: Desk, tmp_path: Path) -> None:
    period = last(desk)
    with seated(desk, Role.CASE_WORKER) as other:
        annotations.sign(other, period)
    closed(desk, period)
    correct(desk)
    for level, expected in (("interne", True), ("partenaire", True), ("public", False)):
        reports.export(desk, month_versions.month(desk, period), level, tmp_path / f"{level}.xlsx")  # type: ignore[arg-type]
        sheet = openpyxl.load_workbook(tmp_path / f"{level}.xlsx")["01_Garde"]
        told = {row[0].value: row[1].value for row in sheet.iter_rows() if str(row[0].value).startswith("Visa")}
        signed = {
            "Visa, T1 to T9 and T12": f"Case worker, {desk.today():%d/%m/%Y}",
            "Visa, T10 and T11": "without a visa",
        }
        assert told == (signed if expected else {})
    assert month_versions.partner_document(desk, period)["visas"] == [
        {"part": "case", "role": "case_worker", "on": desk.today().isoformat()}
    ]
    closing.rectify(desk, period, "âge prouvé")
    assert report(desk, period).visas == ()


def test_the_totals_that_moved_by_more_than_thirty_percent_of_three_months_ask_for_a_comment(tmp_path: Path) -> None:
    with small_shelter(tmp_path / "shelter") as desk:
        period = last(desk)
        for code in ("1A", "1B"):
            admit(desk, code, days=200)
        # they are here longer and longer
        assert comparing.to_explain(desk, month_versions.month(desk, period)) == (("t2.mean_time_present", ()),)
        for code in ("1C", "1D"):
            admit(desk, code, days=(desk.today() - period.first).days)
        asked = comparing.to_explain(desk, month_versions.month(desk, period))
        read_first = [("t1.occupancy_rate", ()), ("t2.entries", ()), PRESENT, ("t1.person_nights", ())]
        assert {*read_first, ("t2.distinct_persons", ())} == set(asked[:5])
        assert ("t1.installed_beds", ()) not in asked
        assert set(asked).isdisjoint(REPEATED)


def test_a_rate_that_was_not_known_is_not_compared_and_a_count_that_went_is(desk: Desk) -> None:
    rate, went = ("t7.completion_rate", ()), ("t6.events", ())
    now = Report(last(desk), {rate: Figure(*rate, 80.0)})
    before: dict[Ref, float] = {went: 3}
    assert comments.to_explain(now, [before, before, before]) == (went,)
    known: dict[Ref, float] = {rate: 40.0}
    assert comments.to_explain(now, [known, known, {}]) == ()
    assert comments.to_explain(now, [known, known, known]) == (rate,)


def test_nothing_asks_for_a_comment_before_three_months_were_lived(desk: Desk) -> None:
    admit(desk, "1C", days=(desk.today() - last(desk).first).days)
    assert comparing.to_explain(desk, month_versions.month(desk, last(desk))) == ()


def test_the_sum_of_a_version_leads_to_no_figure_by_trying(desk: Desk) -> None:
    """It is printed on what leaves, where small numbers are hidden: all else of it may be known."""
    closed(desk)
    with desk.reading() as connection:
        [version] = versions.every(connection)
        content = versions.content(connection, version, desk.key_of_protection(Permission.REPORT_SEE))
    salt = content.pop("salt")
    assert (len(bytes.fromhex(salt)), snapshots.digest(content) == version.sha256) == (16, False)
    assert snapshots.digest(content | {"salt": salt}) == version.sha256
