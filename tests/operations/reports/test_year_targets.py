"""Targets of a year: typed by the direction, counted against what was reached since January, frozen with a month."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.errors import BadNumber, Missing, NotAllowed, NotInList
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.compared import YearTarget
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.refusals import TooManyTargets
from shelter_desk.domain.reports.report import Report, as_document
from shelter_desk.domain.reports.synthesis import INDICATORS
from shelter_desk.domain.reports.year_targets import MOST, check_targets
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.refusals import WordsUnread
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.reports import closing, comparing, month_versions, reports, year_targets
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import journal, unlocking
from shelter_desk.operations.vault.journal import Wanted
from shelter_desk.words.journal import value
from shelter_desk.words.reports.reports import headline as figure_label
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

PERSONS = YearTarget("t2.distinct_persons", 8, "Convention C-7")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def month(desk: Desk) -> Period:
    """The last one that is over."""
    return Period(desk.today(), desk.today()).month_before


def came(desk: Desk, code: str, period: Period) -> None:
    with desk.because_late("saisie_tardive"):
        admit(desk, code, days=(desk.today() - period.first).days - 2)


def beside(desk: Desk, period: Period) -> Report:
    return comparing.compared(desk, month_versions.month(desk, period)).report


def test_the_percent_is_that_of_distinct_persons_since_january(desk: Desk) -> None:
    period = month(desk)
    came(desk, "1A", period)
    came(desk, "1B", period)
    year_targets.keep(desk, period.first.year, [PERSONS, YearTarget("t2.entries", 3, "Plan")])
    persons, entries = beside(desk, period).targets
    assert (persons.reached, persons.percent) == (2, 25.0)
    assert (entries.reached, entries.percent) == (2, 66.7)


def test_what_is_not_said_again_goes_and_comes_back_with_undo(desk: Desk) -> None:
    year = desk.today().year
    year_targets.keep(desk, year, [PERSONS, YearTarget("t2.entries", 3, "Plan")])
    done = year_targets.keep(desk, year, [replace(PERSONS, value=9)])
    assert year_targets.targets(desk, year) == (replace(PERSONS, value=9),)
    undo(desk, done)
    assert year_targets.targets(desk, year) == (PERSONS, YearTarget("t2.entries", 3, "Plan"))
    assert year_targets.targets(desk, year + 1) == ()
    assert year_targets.years(desk) == (year - 1, year, year + 1)


def test_the_journal_says_who_changed_which_target(desk: Desk) -> None:
    year_targets.keep(desk, desk.today().year, [PERSONS])
    (number,) = journal.numbers(desk, Wanted(actions=("year_targets",)))
    told = {(one.key, one.after) for one in journal.detail(desk, number).changed}
    assert {("target", 8), ("figure", PERSONS.figure), ("source", PERSONS.source)} <= told
    assert value("figure", PERSONS.figure, "year_targets") == "Distinct persons hosted"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (replace(PERSONS, figure="t2.present_end"), NotInList),
        (replace(PERSONS, figure="t1.occupancy_rate"), NotInList),
        (replace(PERSONS, value=0), BadNumber),
        (replace(PERSONS, source="  "), Missing),
    ],
)
def test_a_target_is_of_a_year_a_number_and_has_a_source(desk: Desk, wrong: YearTarget, error: type[Exception]) -> None:
    with pytest.raises(error):
        year_targets.keep(desk, 2026, [wrong])
    assert year_targets.targets(desk, 2026) == ()


def test_a_year_has_at_most_ten() -> None:
    check_targets([YearTarget(key, 1, "Plan") for key in INDICATORS[:MOST]])
    with pytest.raises(TooManyTargets):
        check_targets([YearTarget(key, 1, "Plan") for key in INDICATORS[: MOST + 1]])


def test_of_what_is_no_headline_a_partner_is_told_nothing_of_the_year(desk: Desk, tmp_path: Path) -> None:
    period = month(desk)
    came(desk, "1A", period)
    year_targets.keep(desk, period.first.year, [YearTarget("t4.victims", 4, "Plan"), PERSONS])
    found = replace(month_versions.month(desk, period), report=beside(desk, period))
    told = {level: reports.shown(found, level).targets for level in ("interne", "convention", "partenaire")}
    for level in ("interne", "convention"):
        assert [(one.reached, one.percent) for one in told[level]] == [(0, 0.0), (1, 12.5)]
    assert [(one.reached, one.percent) for one in told["partenaire"]] == [(HIDDEN, HIDDEN), (1, 12.5)]
    reports.export(desk, found, "partenaire", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["00_Synthese"]
    (line,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == figure_label("t4.victims")]
    assert line[4:7] == ("s", 4, "s")


def test_only_the_direction_types_them(desk: Desk) -> None:
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, PASSWORD)
    folder = desk.folder
    desk.close()
    with unlocking.unlock(folder, "Agent B", PASSWORD) as other:
        with pytest.raises(NotAllowed):
            year_targets.keep(other, 2026, [PERSONS])
        assert year_targets.targets(other, 2026) == ()


def test_a_closed_month_keeps_the_targets_it_was_closed_with(desk: Desk) -> None:
    period = month(desk)
    came(desk, "1A", period)
    year_targets.keep(desk, period.first.year, [PERSONS])
    closing.close(desk, period, lambda _point: "sans_objet")
    year_targets.keep(desk, period.first.year, [replace(PERSONS, value=20)])
    frozen = month_versions.month(desk, period).report
    assert [(one.target.value, one.percent) for one in frozen.targets] == [(8, 12.5)]
    assert [one.target.value for one in beside(desk, period).targets] == [8]


def test_a_number_that_is_kept_back_has_no_percent(desk: Desk) -> None:
    period = month(desk)
    came(desk, "1A", period)
    year_targets.keep(desk, period.first.year, [PERSONS])
    found = beside(desk, period)
    assert reports.shown(replace(month_versions.month(desk, period), report=found), "public").targets == ()
    figure = replace(found.figures["t2.distinct_persons", ()], value=HIDDEN)
    hiding = replace(found, figures={**found.figures, figure.ref: figure})
    told = json.loads(json.dumps(as_document(hiding)))["targets"]
    assert told == [
        {
            "figure": "t2.distinct_persons",
            "target": 8,
            "source": "Convention C-7",
            "since_january": None,
            "percent": None,
            "hidden": True,
        }
    ]


def test_where_a_target_comes_from_is_read_once_more_before_it_leaves(desk: Desk, tmp_path: Path) -> None:
    period = month(desk)
    came(desk, "1A", period)
    year_targets.keep(desk, period.first.year, [replace(PERSONS, source="Appelez le 76 12 34 56")])
    found = comparing.compared(desk, month_versions.month(desk, period))
    with pytest.raises(WordsUnread):
        reports.export(desk, found, "partenaire", tmp_path / "a.xlsx", GateAnswers("Cluster", "audit"))
    assert not (tmp_path / "a.xlsx").exists()
