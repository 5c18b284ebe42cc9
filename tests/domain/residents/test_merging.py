"""Two files of one person: the fuller value is proposed, and no consent allows more than either file did."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.consent.consents import RECORDING, decisive, why_not
from shelter_desk.domain.ids import ConsentId, PersonId
from shelter_desk.domain.residents.merging import Side, joined_names, proposed, stricter
from shelter_desk.domain.residents.residents import Birth, Names
from tests.examples import examples

TODAY = date(2026, 12, 7)
SHARING = "partage_oim"
DAY = st.integers(0, 30).map(lambda ago: TODAY - timedelta(days=ago))
DATA = ("code", "sexe", "age", "nom", "photo")


@st.composite
def consents(draw: st.DrawFn, first: int) -> list[Consent]:
    """What one file says; its numbers begin there."""
    made = []
    for number in range(first, first + draw(st.integers(0, 4))):
        status, given_on = draw(st.sampled_from(["donne", "refuse", "retire", "non_demande"])), draw(DAY)
        purpose = draw(st.sampled_from([SHARING, RECORDING]))
        one = Consent(
            ConsentId(number),
            PersonId(first),
            purpose,
            status,
            "signature",
            "personne",
            given_on,
            draw(st.sampled_from(["OIM", "oim "])) if purpose == SHARING else "",
            tuple(sorted(draw(st.sets(st.sampled_from(DATA))))),
            valid_until=draw(st.none() | st.integers(-5, 20).map(lambda days: TODAY + timedelta(days=days))),
            withdrawn_on=draw(st.dates(given_on, TODAY)) if status == "retire" else None,
        )
        made.append(one)
    return made


@settings(max_examples=examples(300), deadline=None)
@given(mine=consents(1), theirs=consents(11), data=st.sets(st.sampled_from(DATA)), later=st.integers(0, 25))
def test_no_purpose_allows_more_than_either_file(
    mine: list[Consent], theirs: list[Consent], data: set[str], later: int
) -> None:
    changed = {one.id: one for each in stricter(mine, theirs, TODAY) for one in each.changed}
    united = [changed.get(one.id, one) for one in (*mine, *theirs)]
    on = TODAY + timedelta(days=later)
    for purpose, recipient in ((SHARING, "OIM"), (RECORDING, "")):
        whole = decisive(united, purpose, recipient, on)
        if why_not(whole, on, data) is not None:
            continue
        before = [decisive(one, purpose, recipient, TODAY) for one in (mine, theirs)]
        whys = [why_not(one, TODAY) for one in before]
        assert not {"refuse", "retire"} & set(whys)
        for one, why in zip(before, whys, strict=True):
            if one is not None and why is None:
                assert why_not(one, on, data if purpose == SHARING else ()) is None


@settings(max_examples=examples(100), deadline=None)
@given(mine=consents(1), theirs=consents(11))
def test_it_is_the_same_whichever_file_goes_on(mine: list[Consent], theirs: list[Consent]) -> None:
    one, other = (
        {each.id: each for found in stricter(*pair, TODAY) for each in found.changed}
        for pair in ((mine, theirs), (theirs, mine))
    )
    assert one == other


@pytest.mark.parametrize(
    ("kept", "other", "whose"),
    [
        (Birth(age_estimated=15, age_estimated_on=TODAY), Birth(date(2011, 1, 1), "year"), "other"),
        (Birth(date(2011, 1, 1), "month"), Birth(date(2011, 1, 1), "year"), "kept"),
        (Birth(), Birth(age_estimated=15, age_estimated_on=TODAY), "other"),
        ("inconnu", "secondaire", "other"),
        ("secondaire", "", "kept"),
        (("bam",), ("ffm", "bam"), "other"),
        (Names("Diarra"), Names("Diara", "Awa"), "other"),
    ],
)
def test_the_fuller_value_is_proposed(kept: object, other: object, whose: Side) -> None:
    assert proposed(kept, other) == whose


def test_the_other_name_is_kept_as_another_spelling_where_it_is_heard_otherwise() -> None:
    one, other = Names("Diarra", "Awa", "Petite"), Names("Traoré", "Fanta", "Fatou")
    assert joined_names(one, other, "kept") == Names("Diarra", "Awa", "Petite, Fanta Traoré, Fatou")
    assert joined_names(one, other, "other") == Names("Traoré", "Fanta", "Fatou, Awa Diarra, Petite")
    assert joined_names(one, Names("Diara", "Awa"), "kept") == one
