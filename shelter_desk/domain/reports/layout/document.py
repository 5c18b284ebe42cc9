"""A report as the document other programs read (interfaces.md section 3)."""

from typing import Any

from shelter_desk.domain.reports.figures import HIDDEN, Shown
from shelter_desk.domain.reports.report import Report


def as_document(report: Report) -> dict[str, Any]:
    """Period, state, profile, figures and identities, ready for JSON; version 0 is one that is not closed."""
    period = report.period
    meant = {} if report.capacity_from is None else {"capacity_from": report.capacity_from.isoformat()}
    return {
        "period": {"from": period.first.isoformat(), "to": period.last.isoformat(), "nights": period.nights},
        "state": report.state,
        "until": period.last.isoformat(),
        "version": 0,
        "profile": report.profile,
        "level": report.profile,
        **meant,
        "figures": [
            {"figure": figure.key, "dims": dict(figure.dims), **_told(value=figure.value)}
            for figure in report.figures.values()
        ],
        "identities": [
            {
                "id": identity.id,
                "dims": dict(identity.dims),
                **_told(left=identity.left, right=identity.right),
                "holds": identity.holds,
                **({"warns": True} if identity.only_warns else {}),
            }
            for identity in report.identities
        ],
    }


def _told(**numbers: Shown) -> dict[str, Any]:
    """Numbers as JSON has them: a hidden one is null and says so, a rate without a denominator is null alone."""
    told: dict[str, Any] = {name: None if number is HIDDEN else number for name, number in numbers.items()}
    return {**told, "hidden": True} if HIDDEN in numbers.values() else told
