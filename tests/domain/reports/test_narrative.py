"""Sentences that figures propose: made of numbers that a reader is given, and said as long as these hold."""

from dataclasses import replace

import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import narrative
from shelter_desk.domain.reports.compared import Compared, YearTarget
from shelter_desk.domain.reports.figures import HIDDEN, Dims, Figure, Ref
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.passages import HEADINGS, NarrativePassage
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.words.reports import narrative as narrative_words
from tests.domain.reports.rich import rich_report

OCTOBER = Period.month(2026, 10)
BALANCE = {"t2.present_start": 18, "t2.entries": 9, "t2.exits": 10, "t2.present_end": 17}
BEFORE = {"t2.entries": 15.0, "t2.exits": 15.0, "t1.person_nights": 564.0}


def report(**figures: int | float | None) -> Report:
    """A month with these totals, `t2_entries=9`."""
    made = {(name.replace("_", ".", 1), ()): value for name, value in figures.items()}
    return Report(OCTOBER, {ref: Figure(*ref, value) for ref, value in made.items()})


def balance(**others: int) -> Report:
    return report(**{name.replace(".", "_", 1): value for name, value in BALANCE.items()} | others)


def told(found: Report) -> dict[str, str]:
    return {key: narrative_words.proposal(found, one) for key, one in narrative.proposals(found).items()}


def test_a_proposal_says_its_figures_and_one_of_a_figure_that_is_zero_is_not_made() -> None:
    assert told(balance(t7_late=0, t7_open_end=1)) == {
        "moved": (
            "The month began with 18 persons present and ended with 17 persons present, after 9 entries and 10 exits."
        ),
        "staying": "17 persons go on with their stay.",
        "open": "1 referral stays open and is followed up.",
    }


def test_a_month_without_anybody_proposes_nothing_but_that_it_was_quiet() -> None:
    assert told(report(t2_present_start=0, t2_entries=0, t2_exits=0, t2_present_end=0, t12_incidents=0)) == {
        "quiet": "No incident was reported in the month."
    }


def test_a_norm_that_is_not_held_and_articles_that_run_short_are_said() -> None:
    dims: Dims = (("item_code", "RIZ"),)
    found = report(t2_over_max_stay=2, t1_norm_toilet=20)
    found = replace(
        found,
        figures=dict(found.figures)
        | {("t11.days_of_cover", dims): Figure("t11.days_of_cover", dims, 3.5)}
        | {("t11.near_expiry", dims): Figure("t11.near_expiry", dims, 0)},
        names={"item:RIZ": "Riz"},
    )
    assert list(told(found).values()) == [
        "Norm not held, over the longest stay: 2, at most 0.",
        "1 article has less than a week of cover: Riz.",
    ]


def test_the_month_before_is_spoken_of_where_the_month_itself_tells_these_numbers() -> None:
    beside = replace(balance(t1_person_nights=531), compared=Compared(BEFORE))
    assert told(beside)["before"] == "The month before, September 2026: 15 entries, 15 exits and 564 nights slept."
    hidden = replace(beside, figures={**beside.figures, ("t2.exits", ()): Figure("t2.exits", (), HIDDEN)})
    assert {"before", "moved"}.isdisjoint(told(hidden))


def test_a_target_is_said_with_what_was_reached_where_both_are_given() -> None:
    targets = YearTarget("t2.entries", 150, "Accord A"), YearTarget("t4.victims", 40, "Accord A")
    beside = Compared(since_january={"t2.entries": 120}, targets=targets, more={"t4.victims": HIDDEN})
    found = told(replace(balance(), compared=beside))
    assert found["target/t2.entries"] == "Entries: 120 since January, of a target of 150 (80 %)."
    assert "target/t4.victims" not in found


def test_a_passage_waits_once_a_figure_of_it_moves_and_is_said_again_when_it_comes_back() -> None:
    before, after = balance(), balance(t7_open_end=3)
    kept = narrative.proposals(before)["staying"].kept()
    own = NarrativePassage("coordination", text="Deux visites.")
    changed = narrative.proposals(before)["moved"].kept("Un mois calme.")
    for found in (before, after):
        assert narrative.given(replace(found, narrative=(own, kept, changed))) == (changed, own, kept)
    moved = replace(balance(), figures={**balance().figures, ("t2.present_end", ()): Figure("t2.present_end", (), 16)})
    moved = replace(moved, narrative=(own, kept, changed))
    assert narrative.given(moved) == (own,)
    assert set(narrative.moved(moved)) == {kept, changed}


def test_a_version_that_replaces_renews_proposals_and_leaves_what_was_typed_of_a_number_that_moved() -> None:
    before = balance()
    kept = narrative.proposals(before)["staying"].kept()
    changed = narrative.proposals(before)["moved"].kept("Un mois calme.")
    own = NarrativePassage("coordination", text="Deux visites.")
    after = replace(before, figures={**before.figures, ("t2.present_end", ()): Figure("t2.present_end", (), 16)})
    assert narrative.renewed((kept, changed, own), before) == (kept, changed, own)
    renewed = narrative.renewed((kept, changed, own), after)
    assert renewed == (narrative.proposals(after)["staying"].kept(), own)


def test_nobody_outside_is_told_a_sentence_of_a_hidden_number_in_whatever_words() -> None:
    pending: Ref = ("t4.pending_end", ())
    whole = replace(balance(t2_distinct_persons=27), small_cell_k=5)
    whole = replace(whole, figures={**whole.figures, pending: Figure(*pending, 3)})
    one = narrative.proposals(whole)["pending"]
    said = (one.kept("Trois dossiers attendent."), narrative.proposals(whole)["moved"].kept())
    whole = replace(whole, narrative=said)
    assert shown(whole, "partenaire").find(pending) == Figure(*pending, HIDDEN)
    assert [each.proposal for each in shown(whole, "interne").narrative] == ["pending", "moved"]
    assert [each.proposal for each in shown(whole, "partenaire").narrative] == ["moved"]


def test_the_public_is_given_no_words_of_the_house() -> None:
    whole = balance(t2_distinct_persons=27)
    changed = narrative.proposals(whole)["staying"].kept("Dix-sept personnes restent.")
    own = NarrativePassage("highlights", text="Une visite.")
    whole = replace(whole, narrative=(own, changed, narrative.proposals(whole)["moved"].kept()))
    assert [one.proposal for one in shown(whole, "public").narrative] == ["moved"]
    assert shown(whole, "partenaire").words_given == ("", "Une visite.", "Dix-sept personnes restent.")
    assert shown(whole, "public").words_given == ()


@pytest.mark.parametrize("level", ["convention", "partenaire", "public"])
@pytest.mark.parametrize("seed", [1, 7, 11])
def test_every_number_of_a_narrative_stands_in_the_report_of_its_level(level: Profile, seed: int) -> None:
    whole = rich_report(seed)
    whole = replace(whole, narrative=tuple(one.kept() for one in narrative.proposals(whole).values()))
    given = shown(whole, level)
    assert given.narrative
    assert len(given.narrative) <= len(whole.narrative)
    for one in given.narrative:
        numbers = dict(one.numbers)
        if one.proposal in ("short", "expiring"):
            assert level != "public"
            continue
        if one.proposal.startswith("norm/"):
            numbers = {one.proposal.removeprefix("norm/"): numbers["found"]}
        dims = {"equipment": lambda name: (("asset_status", name),)}.get(one.proposal)
        for name, value in numbers.items():
            found = given.value("t10.by_status", *dims(name)) if dims else given.value(name)
            assert found == value


def test_passages_stand_in_the_order_of_the_headings_then_as_proposed_then_as_written() -> None:
    found = balance(t7_open_end=1)
    made = narrative.proposals(found)
    own = [NarrativePassage("outlook", text="Un deuxième dortoir."), NarrativePassage("highlights", text="Une visite.")]
    said = narrative.in_order([*own, made["open"].kept(), made["staying"].kept(), made["moved"].kept()], made)
    assert [one.proposal or one.text for one in said] == [
        "moved",
        "Une visite.",
        "staying",
        "open",
        "Un deuxième dortoir.",
    ]
    assert [narrative_words.heading(one) for one in HEADINGS][:2] == ["Highlights", "Results against targets"]
