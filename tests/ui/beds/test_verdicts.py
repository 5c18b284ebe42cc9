"""What a bed says to somebody: the danger in that room first, and of whom."""

from pathlib import Path

from shelter_desk.domain.beds.room_rules import Finding
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds.moving import judged
from shelter_desk.words.beds import room_rules
from tests.operations.shelter import small_shelter

MIXED, CLOSE, SOMEWHERE = (
    Finding("R-05", "warns", ("AAA-AAA-A",)),
    Finding("R-28A", "warns", ("ZZZ-ZZZ-Z",)),
    Finding("R-28", "warns", ("ZZZ-ZZZ-Z",)),
)


def test_whom_a_person_must_not_meet_in_that_room_is_said_first_and_elsewhere_marks_no_bed(tmp_path: Path) -> None:
    with small_shelter(tmp_path / "shelter") as desk:
        assert said(desk, MIXED, CLOSE, SOMEWHERE) == "à ne pas croiser"
        assert said(desk, MIXED, SOMEWHERE) == "âges mêlés"
        assert said(desk, SOMEWHERE) == said(desk)
        serious = Finding("R-06", "needs_reason", ("1",))
        assert "(ZZZ-ZZZ-Z)" in judged(desk, [serious, CLOSE]).told


def said(desk: Desk, *against: Finding) -> str:
    return judged(desk, against).short


def test_of_whom_a_rule_speaks_is_told_by_code_and_nobody_unknown_is_named() -> None:
    told = room_rules.told([MIXED, Finding("R-04", "needs_reason", ("?",)), CLOSE])
    assert told.index("(ZZZ-ZZZ-Z)") < told.index("(AAA-AAA-A)")
    assert "?" not in told
