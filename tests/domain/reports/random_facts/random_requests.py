"""Any request for a place of the autumn of 2026, as Hypothesis draws it."""

from datetime import date, timedelta

from hypothesis import strategies as st

from shelter_desk.domain.ids import PlaceRequestId, StayId
from shelter_desk.domain.stays.place_requests import Group, PlaceRequest


@st.composite
def requests(draw: st.DrawFn) -> PlaceRequest:
    day = draw(st.dates(date(2026, 10, 1), date(2026, 12, 10)))
    cells = draw(st.sets(st.tuples(st.sampled_from("fm"), st.sampled_from(("a05_11", "a18_59", "unk"))), min_size=1))
    groups = tuple(Group(sex, age, draw(st.integers(1, 4))) for sex, age in sorted(cells))
    outcome = draw(st.sampled_from(("attente", "admise", "refusee", "abandonnee", "saisie_erreur")))
    decided = None if outcome == "attente" else day + timedelta(days=draw(st.integers(0, 40)))
    reason = draw(st.sampled_from(("complet", "securite"))) if outcome in ("refusee", "abandonnee") else ""
    key = PlaceRequestId(draw(st.integers(1, 10_000)))
    stay = StayId(1) if outcome == "admise" else None
    return PlaceRequest(key, "", day, "ong", groups, "immediat", outcome, decided, reason, stay=stay)
