"""The directory of recipients in the file."""

from sqlalchemy import Connection, func

from shelter_desk.domain.sending.recipients import KnownRecipient
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper

TABLE = "recipients"
RECIPIENTS = Mapper(tables.recipients, KnownRecipient, kind="recipient_kind", is_active="active")


def recipients(connection: Connection) -> list[KnownRecipient]:
    """The directory, in order of name."""
    return RECIPIENTS.every(connection, RECIPIENTS.rows.order_by(func.lower(tables.recipients.c.name)))
