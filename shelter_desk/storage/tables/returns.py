"""The file of a return: wish, papers, travel, reintegration, step by step."""

from sqlalchemy import Column, ForeignKey, Table, Text

from shelter_desk.storage.tables.base import day, metadata, required, row_id, sealed, text

return_files = Table(
    "return_files",
    metadata,
    row_id(),
    required("return_no", unique=True),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    required("wish_on"),
    required("dest_country"),
    # the four that follow are sealed with the key of the narratives of the person
    sealed("dest_town"),
    sealed("wish"),
    sealed("document_no"),
    sealed("reintegration"),
    Column("responsible_id", ForeignKey("users.id")),
    day("informed_on"),
    text("id_document"),
    day("document_asked_on"),
    day("document_obtained_on"),
    day("fit_on"),
    text("travel_fitness"),
    text("partner"),
    day("travel_on"),
    day("kit_on"),
    day("reintegration_on"),
    day("left_on"),
    day("arrived_on"),
    day("closed_on"),
    text("return_closure"),
    Column("recorded_at", Text),
)
