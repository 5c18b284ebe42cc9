"""T11 of a month alone, for who prepares it without seeing the rest of the report (field 6.4)."""

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.facts import Limits, ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Figure
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t11_stock import stocked
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings as kept_settings
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.stock.stock import warn_days
from shelter_desk.storage.stock import stock_figures
from shelter_desk.words.reports import stock_names as stock_name_words

NIGHTS = ("t1.person_nights", TOTAL)


@needs(Permission.STOCK_SEE)
def month(desk: Desk, period: Period) -> Report:
    """Opening, what came in, what went out, adjustments and closing of each item, then of each donor of it.

    Raises PeriodNotBegun.
    """
    period = period.over_by(desk.today())
    limits = Limits(expiry_warn_days=warn_days(kept_settings.kept(desk)))
    with desk.reading() as connection:
        found, nights = stock_figures.store(connection, period), stock_figures.person_nights(connection, period)
    figures = stocked(ReportFacts(period, store=found, limits=limits), {NIGHTS: Figure(*NIGHTS, nights)})
    categories = {one.code: one.category for one in found.items}
    return Report(period, figures, names=stock_name_words.names(found.items), item_categories=categories)
