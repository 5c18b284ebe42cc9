"""The month: figures with the rows behind them, what to settle before closing, the workbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from shelter_desk import __version__
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.figures import Report, compute
from shelter_desk.domain.reports.small_cells import shown
from shelter_desk.domain.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.rules import turns_adult_soon
from shelter_desk.domain.stays import Stay
from shelter_desk.excel import report as workbook
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage import reports as stored
