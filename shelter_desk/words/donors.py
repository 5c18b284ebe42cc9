"""Costs, donors' categories and donors' workbooks in words: what the journal says of them."""

from shelter_desk import words


def actions() -> dict[str, str]:
    """What the journal calls each act."""
    return {
        "costs_exported": words.text("List of costs exported"),
        "donor_categories": words.text("Categories of a donor changed"),
        "donor_services_exported": words.text("Services by a donor’s categories exported"),
        "donor_workbook_layout": words.text("Cells of a donor’s workbook remembered"),
        "donor_workbook_filled": words.text("Donor’s workbook filled"),
    }
