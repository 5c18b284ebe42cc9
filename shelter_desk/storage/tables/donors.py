"""What donors ask for: the services by names of their own, the figures in workbooks of their own."""

from sqlalchemy import UniqueConstraint

from shelter_desk.storage.tables.base import required, table

donor_categories = table(
    "donor_categories",
    required("donor"),
    # a sub-type, or a type for all its sub-types that have no name of their own
    required("service_type"),
    required("category"),
    UniqueConstraint("donor", "service_type"),
)

donor_workbooks = table(
    "donor_workbooks",
    # SHA-256 of the names of its sheets and its defined names, `old_report` for the shelter's own report of before; the
    # file and its name are not kept
    required("digest", unique=True),
    # JSON: sheet, cell and figure of each line
    required("cells"),
    required("kept_at"),
)
