"""A report as the document other programs read (interfaces.md section 3)."""

from typing import Any

from shelter_desk.domain.reports.report import Report


def as_document(report: Report) -> dict[str, Any]:
    """Period, state, profile, figures and identities, ready for JSON; version 0 is one that is not closed."""
    period = report.period
    return {
        "period": {"from": period.first.isoformat(), "to": period.last.isoformat(), "nights": period.nights},
        "state": report.state,
        "until": period.last.isoformat(),
        "version": 0,
        "profile": report.profile,
        "level": report.profile,
        "figures": [
            {"figure": figure.key, "dims": dict(figure.dims), "value": figure.value}
            for figure in report.figures.values()
        ],
        "identities": [
            {
                "id": identity.id,
                "dims": dict(identity.dims),
                "left": identity.left,
                "right": identity.right,
                "holds": identity.holds,
                **({"warns": True} if identity.only_warns else {}),
            }
            for identity in report.identities
        ],
    }
