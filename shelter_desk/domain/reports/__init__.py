"""The month: figures with the rows behind them, and the identities that prove them."""

from shelter_desk.domain.reports.facts import Limits, ReportFacts
from shelter_desk.domain.reports.figures import Figure
from shelter_desk.domain.reports.month import compute
from shelter_desk.domain.reports.report import Identity, Profile, Report, as_document

__all__ = ["Figure", "Identity", "Limits", "Profile", "Report", "ReportFacts", "as_document", "compute"]
