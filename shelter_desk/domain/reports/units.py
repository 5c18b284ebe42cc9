"""Quantities in different units are never added up for a reader: neither on screen, on paper nor in a donor's file.

The document for other programs keeps its keys (interfaces.md section 4).
"""

from collections.abc import Iterable

from shelter_desk.domain.assistance.assistance import type_of
from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.report import Report

QUANTITY = "t6.quantity"


def have_one_unit(sub_types: Iterable[str]) -> bool:
    """Whether quantities of these services can be added; one that the shelter added has a unit of its own."""
    known = {one.code: one.extra.get("unit", "") for one in codes("service_type")}
    return len({known.get(one) or one for one in sub_types}) <= 1


def is_mixed(report: Report, ref: Ref) -> bool:
    """Whether the figure adds quantities in different units: of everything, and of types whose sub-types differ.

    All sub-types of the list count, also those without a line, so that a cell is the same from month to month.
    """
    key, dims = ref
    if key != QUANTITY:
        return False
    kind = dims[0][1] if dims else ""
    if kind and type_of(kind) != kind:
        return False
    listed = {one.code for one in codes("service_type")}
    seen = listed | {dims[0][1] for found, dims in report.figures if found == QUANTITY and dims}
    below = [one for one in seen if type_of(one) != one and kind in ("", type_of(one))]
    return not have_one_unit(below or [kind])
