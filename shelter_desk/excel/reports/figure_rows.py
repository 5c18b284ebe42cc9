"""The sheet `17_Chiffres`: every figure as a row of an Excel table, for other programs (interfaces.md section 3).

Its columns are the same in every month, at every level and of every shelter, so that such sheets stack by copying.
"""

from typing import Any

from shelter_desk.domain.reports.figures import HIDDEN, Figure
from shelter_desk.domain.reports.report import Report
from shelter_desk.excel.reports.report_style import Looks
from shelter_desk.excel.style import DAY, safe, stamp
from shelter_desk.words.reports import reports as report_words

SHEET = "17_Chiffres"
# every dim that a figure may have: the order of the columns, which other programs know; a new one stands last
DIMS = (
    "night",
    "sex",
    "age_group",
    "rollup",
    "age_at_admission",
    "category",
    "nationality",
    "migration_situation",
    "region_origin",
    "education_level",
    "language",
    "country_last",
    "marital_status",
    "specific_need",
    "gbv_type",
    "request_reason",
    "referral_source",
    "exit_reason",
    "exit_destination",
    "planned",
    "rule",
    "child_status",
    "exploitation_form",
    "status_decided_by",
    "service_type",
    "provider_kind",
    "training_theme",
    "asset_category",
    "donor",
    "asset_status",
    "asset_condition",
    "zone",
    "audience",
    "activity",
    "exploitation_country",
    "exploitation_region",
    "origin",
    "assimilated_practice",
    "partner_type",
    "incident_type",
    "severity",
    "item_code",
    "move_type",
    "follow_up_outcome",
    "legal_step",
    "exploitation_group",
)
_OF_REPORT = {"shelter": 20, "from": 11, "to": 11, "level": 11, "version": 8}  # how wide, in characters
_OF_FIGURE = {"figure": 27, "label": 36}
_OF_VALUE = {"value": 9, "hidden": 9, "comment": 40}
COLUMNS = (*_OF_REPORT, *_OF_FIGURE, *DIMS, *_OF_VALUE)
_AT = {name: place for place, name in enumerate(COLUMNS)}
_DIM_WIDTH = 14


def write(sheet: Any, looks: Looks, report: Report, shelter: str, *, training: bool) -> None:
    """Heads in the first row, a row a figure; in a training shelter its stamp stands before the name of the house.

    Without a denominator and for a hidden number the cell of the value is empty, and `hidden` tells them apart.
    """
    widths = {**dict.fromkeys(DIMS, _DIM_WIDTH), **_OF_REPORT, **_OF_FIGURE, **_OF_VALUE}
    for name, place in _AT.items():
        sheet.set_column(place, place, widths[name])
    house = safe(" · ".join(filter(None, (stamp(training=training), shelter))))
    days = report.period if report.period.nights else report.period.whole
    text, day = looks.of(), looks.of(num_format=DAY, align="left")
    labels = {key: report_words.figure(key) for key in {key for key, _ in report.figures}}
    comments = {one.ref: one.text for one in report.told}
    for row, figure in enumerate(report.figures.values(), 1):
        sheet.write_string(row, _AT["shelter"], house, text)
        sheet.write_datetime(row, _AT["from"], days.first, day)
        sheet.write_datetime(row, _AT["to"], days.last, day)
        sheet.write_string(row, _AT["level"], report.profile, text)
        sheet.write_number(row, _AT["version"], report.version, text)
        _figure(sheet, row, figure, labels[figure.key], text)
        if figure.ref in comments:
            sheet.write_string(row, _AT["comment"], safe(comments[figure.ref]), text)
    sheet.add_table(
        *(0, 0, len(report.figures), len(COLUMNS) - 1),
        {"name": "Chiffres", "style": "Table Style Light 1", "columns": [{"header": name} for name in COLUMNS]},
    )
    sheet.freeze_panes(1, _AT["label"])


def _figure(sheet: Any, row: int, figure: Figure, label: str, look: Any) -> None:
    sheet.write_string(row, _AT["figure"], figure.key, look)
    sheet.write_string(row, _AT["label"], label, look)
    for name, value in figure.dims:
        sheet.write_string(row, _AT[name], safe(value), look)
    if figure.value is HIDDEN:
        sheet.write_boolean(row, _AT["hidden"], True, look)
    elif figure.value is not None:
        sheet.write_number(row, _AT["value"], figure.value, look)
