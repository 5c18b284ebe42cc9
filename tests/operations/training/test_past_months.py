"""Past months of the training shelter are closed, one of them sent and replaced; the last one is left to close."""

from pathlib import Path

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import narrative
from shelter_desk.operations.reports import month_versions, reports
from shelter_desk.operations.sending import recipients
from shelter_desk.operations.training import past_months, training
from tests.operations.shelter import QUICK


def test_past_months_are_closed_one_is_sent_and_replaced_and_the_last_one_is_left(tmp_path: Path) -> None:
    with training.make(tmp_path / "x", "bamako", 3, 1, cost=QUICK).desk as desk:
        last = Period(desk.today(), desk.today()).month_before
        before = reports.monthly(desk, last).report.figures
        past_months.close(desk)
        for month in month_versions.current(desk):
            told = narrative.given(month_versions.month(desk, month).report)
            assert {"highlights", "coordination", "outlook"} <= {each.heading for each in told}
        there = month_versions.current(desk)
        assert max(one.first for one in there) == last.month_before.first
        assert month_versions.standing(desk, last).current is None
        assert reports.monthly(desk, last).report.figures == before
        replaced = month_versions.standing(desk, last.month_before)
        assert [one.reason for one in replaced.versions] == ["", past_months.LATE]
        one, other = (name for name, _ in past_months.RECIPIENTS)
        v1, rectified = (version.id for version in replaced.versions)
        sent = [(sending.recipient, sending.version) for sending in replaced.sendings]
        assert sent == [(one, rectified), (other, v1), (one, v1)]
        assert [sending.acknowledged_on for sending in replaced.sendings] == [None, None, desk.today().isoformat()]
        first, second = (recipients.named(desk, name) for name, _ in past_months.RECIPIENTS)
        assert first is not None
        assert second is not None
        assert (first.has_agreement(desk.today()), second.has_agreement(desk.today())) == (True, False)
        assert month_versions.pending(desk, last.month_before) == ()
        assert {(desk.folder / sending.file_name).exists() for sending in replaced.sendings} == {True}
