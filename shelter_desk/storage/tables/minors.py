"""What concerns a child: who answers for it, its best interests, the search for its family, who was told."""

from sqlalchemy import Column, ForeignKey, Table, Text

from shelter_desk.storage.tables.base import day, metadata, required, row_id, sealed, text, yes_or_no


def _of_stay() -> Column[int]:
    return Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True)


def _by(name: str) -> Column[int]:
    return Column(name, ForeignKey("users.id"))


guardians = Table(
    "guardians",
    metadata,
    row_id(),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    required("guardian_status"),
    day("requested_on"),
    text("authority"),
    text("guardian_kind"),
    # sealed with the key of the names
    sealed("guardian_name"),
    sealed("contact"),
    text("decision_ref"),
    day("started_on"),
    day("ended_on"),
    Column("recorded_at", Text),
)

best_interests = Table(
    "best_interests",
    metadata,
    row_id(),
    required("bia_no", unique=True),
    _of_stay(),
    required("bia_trigger"),
    # `courte` or `complete`
    required("form"),
    required("assessed_on"),
    _by("assessor_id"),
    yes_or_no("assessor_trained"),
    sealed("child_view"),
    sealed("family_view"),
    sealed("safety"),
    sealed("care_now"),
    sealed("health_education"),
    # a list of options with what speaks for and against each, as JSON
    sealed("options"),
    sealed("recommendation"),
    # `exit_reason` that the recommendation allows, for the gate at the exit
    text("recommended_exits"),
    _by("validated_by"),
    day("validated_on"),
    day("next_review"),
    yes_or_no("needs_bid"),
    required("bia_status"),
    day("bid_requested_on"),
    day("bid_decided_on"),
    text("bid_ref"),
    Column("recorded_at", Text),
)

tracings = Table(
    "tracings",
    metadata,
    row_id(),
    required("tracing_no", unique=True),
    _of_stay(),
    yes_or_no("child_consents"),
    day("requested_on"),
    day("separation_on"),
    text("separation_place"),
    text("separation_causes"),
    text("care_arrangement"),
    # names, relations, regions and contacts of relatives, as JSON
    sealed("relatives"),
    text("partner"),
    required("tracing_status"),
    day("located_on"),
    day("verified_on"),
    day("reunified_on"),
    Column("recorded_at", Text),
)

tracing_steps = Table(
    "tracing_steps",
    metadata,
    row_id(),
    Column("tracing_id", ForeignKey("tracings.id"), nullable=False, index=True),
    required("done_on"),
    sealed("step"),
)

notifications = Table(
    "notifications",
    metadata,
    row_id(),
    _of_stay(),
    required("notified_on"),
    # `service_social` or `justice`, codes of `partner_type`
    required("service"),
    text("reference"),
    Column("recorded_at", Text),
)
