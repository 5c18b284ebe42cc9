"""To whom files are sent."""

from sqlalchemy import Boolean, Column

from shelter_desk.storage.tables.base import day, required, table, text

recipients = table(
    "recipients",
    required("name", unique=True),
    required("recipient_kind"),
    # a function, never a name
    text("contact"),
    text("agreement_no"),
    # the last day of the agreement
    day("agreement_until"),
    text("levels"),
    # a short name of their own, which stays
    required("prefix", unique=True),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
)
