"""A sheet whose formulas are all of the oldest kind."""

from xlsxwriter.worksheet import Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]
    """XlsxWriter looks in each formula for sixty functions that Excel 2007 did not know; ours have none of them.

    Saves a tenth of a report's time. Where the library calls this differently one day, it only looks again.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 the library's
        return formula.removeprefix("=")
