"""What concerns a child: who answers for it, its best interests, the search for its family, who was told."""

from shelter_desk.storage.tables.base import (
    case_table,
    day,
    link,
    part_of,
    required,
    sealed,
    text,
    yes_or_no,
)

guardians = case_table(
    "guardians",
    part_of("person_id", "persons"),
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
    day("recorded_at"),
)

best_interests = case_table(
    "best_interests",
    required("bia_no", unique=True),
    part_of("stay_id", "stays"),
    required("bia_trigger"),
    # `courte` or `complete`
    required("form"),
    required("assessed_on"),
    link("assessor_id", "users"),
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
    link("validated_by", "users"),
    day("validated_on"),
    day("next_review"),
    yes_or_no("needs_bid"),
    required("bia_status"),
    day("bid_requested_on"),
    day("bid_decided_on"),
    text("bid_ref"),
    day("recorded_at"),
)

tracings = case_table(
    "tracings",
    required("tracing_no", unique=True),
    part_of("stay_id", "stays"),
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
    day("recorded_at"),
)

tracing_steps = case_table(
    "tracing_steps",
    part_of("tracing_id", "tracings"),
    required("done_on"),
    sealed("step"),
)

notifications = case_table(
    "notifications",
    part_of("stay_id", "stays"),
    required("notified_on"),
    # `service_social` or `justice`, codes of `partner_type`
    required("service"),
    text("reference"),
    day("recorded_at"),
)
