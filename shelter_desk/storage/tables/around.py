"""Who is around a person: who must not meet whom, and whom to reach or on no account."""

from sqlalchemy import Column, ForeignKey, Table, Text

from shelter_desk.storage.tables.base import day, metadata, required, row_id, sealed, text

contact_risks = Table(
    "contact_risks",
    metadata,
    row_id(),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    # who must not meet this person; None: no victim may
    Column("other_id", ForeignKey("persons.id"), index=True),
    # `auteur_presume`, `recruteur`, `conflit`
    required("risk_kind"),
    required("noted_on"),
    day("ended_on"),
    sealed("note"),
)

contacts = Table(
    "contacts",
    metadata,
    row_id(),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    # `oui`, `demander`, `non`
    required("contact_wish"),
    text("kin_relation"),
    # a `safety_answer`
    required("safe_to_contact"),
    # both sealed with the key of the names
    sealed("contact_name"),
    sealed("phone"),
    required("noted_on"),
    day("ended_on"),
    Column("recorded_at", Text),
)
