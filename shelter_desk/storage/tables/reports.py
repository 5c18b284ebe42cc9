"""Months that were closed, each version as it was, and what was sent of them."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, Text, UniqueConstraint

from shelter_desk.storage.tables.base import case_table, day, link, part_of, required, sealed, table, text, yes_or_no

report_versions = table(
    "report_versions",
    required("first_day"),
    required("last_day"),
    # 1 for the closing, one more for each that replaces it
    Column("version", Integer, nullable=False),
    text("reason"),
    required("made_at"),
    part_of("user_id", "users"),
    # of one that was reopened before anything was sent
    day("cancelled_at"),
    # of the canonical JSON of what is sealed, and that of the version before, which may be of another month
    required("sha256"),
    required("previous"),
    # figures, rows behind them, accepted points and cover, compressed, sealed with the protection key
    Column("sealed", LargeBinary),
    # what a partner is given of it, compressed, for roles that see closed months alone
    Column("partner", LargeBinary),
    UniqueConstraint("first_day", "last_day", "version"),
)

year_targets = table(
    "year_targets",
    Column("year", Integer, nullable=False),
    # the key of a headline
    required("figure"),
    Column("target", Integer, nullable=False),
    # the agreement or plan that it comes from
    required("source"),
    UniqueConstraint("year", "figure"),
)

sendings = table(
    "sendings",
    required("first_day"),
    required("last_day"),
    # None for a draft of a period that was not closed
    link("version_id", "report_versions"),
    required("level"),
    text("recipient"),
    text("purpose"),
    required("file_name"),
    required("sha256"),
    Column("size", Integer, nullable=False),
    required("sent_at"),
    part_of("user_id", "users"),
    day("acknowledged_on"),
    # figures and cells as its reader has them, compressed, sealed with the protection key: where a changed cell is
    # looked for
    Column("sealed", LargeBinary),
    # of `sending_kind`
    Column("kind", Text, nullable=False, server_default="rapport"),
    # what it is, of one that is of no period
    text("title"),
    text("purpose_code"),
    text("channel"),
    text("carried_by"),
    text("agreement"),
    # until when an acknowledgement is waited for
    day("due_on"),
    # the file itself, put into the box, where there are no persons in it; for ten years
    Column("copy", LargeBinary),
    # whether it left, where that is not sure: of `Sending.departure`
    text("departure"),
    Index("ix_sendings_sha256", "sha256"),
    Index("ix_sendings_departure", "departure"),
)

# of a referral sheet that left: to whom, and the number of the referral; in a row of the same number
sent_sheets = case_table(
    "sent_sheets",
    part_of("sending_id", "sendings"),
    text("recipient"),
    text("title"),
    CheckConstraint("sending_id = id", name="of_its_sending"),
    is_long=True,
)

report_comments = table(
    "report_comments",
    required("first_day"),
    required("last_day"),
    # empty for the text of the whole month
    text("figure"),
    text("dims"),
    # sealed with the protection key
    sealed("text"),
    required("written_at"),
    part_of("user_id", "users"),
    UniqueConstraint("first_day", "last_day", "figure", "dims"),
)

report_passages = table(
    "report_passages",
    required("first_day"),
    required("last_day"),
    required("heading"),
    # a proposal that somebody does not want
    yes_or_no("is_dropped"),
    # what it says, and of which figures, sealed with the protection key
    sealed("content"),
    required("written_at"),
    part_of("user_id", "users"),
    Index("ix_report_passages_first_day", "first_day"),
)

report_visas = table(
    "report_visas",
    required("first_day"),
    required("last_day"),
    # which tables
    required("part"),
    required("role"),
    # of their figures; a visa holds as long as they are the same
    required("digest"),
    required("signed_at"),
    part_of("user_id", "users"),
    UniqueConstraint("first_day", "last_day", "part"),
)
