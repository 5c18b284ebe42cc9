"""What is done for residents, with whom, and who was there at night.

Requests for a place: figures and codes, and nobody's name.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint

from shelter_desk.storage.tables.base import case_table, day, link, part_of, required, table, text

place_requests = table(
    "place_requests",
    required("request_no", unique=True),
    required("asked_on"),
    required("referral_source"),
    required("place_asked"),
    required("request_outcome"),
    day("decided_on"),
    text("request_reason"),
    # a few words where the reason is `autre`
    text("reason_said"),
    text("partner"),
    # the one that it led to
    Column("stay_id", ForeignKey("stays.id"), index=True),
    link("noted_by", "users"),
    link("decided_by", "users"),
    day("recorded_at"),
)

place_request_groups = table(
    "place_request_groups",
    part_of("request_id", "place_requests"),
    required("sex"),
    required("age_group"),
    Column("persons", Integer, nullable=False),
)


partners = table(
    "partners",
    required("name", unique=True),
    required("partner_type"),
    text("town"),
    text("contact"),
    text("services_offered"),
    text("phone"),
    text("opening_hours"),
    text("conditions"),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
)

activities = case_table(
    "activities",
    required("activity_no", unique=True),
    required("service_type"),
    text("theme"),
    text("title"),
    required("held_on"),
    Column("hours", Float),
    text("place"),
    text("facilitators"),
    text("partner"),
    text("donor"),
    required("audience"),
    Column("service_status", Text, nullable=False, server_default="fait"),
    # people from outside are counted only: women, men, girls, boys
    *(Column(f"outside_{who}", Integer, nullable=False, server_default="0") for who in ("f", "m", "girls", "boys")),
    text("observations"),
    Index("ix_activities_held_on", "held_on"),
)

attendances = case_table(
    "attendances",
    part_of("activity_id", "activities"),
    # of the staff; residents have a line in `services`
    link("user_id", "users"),
    text("staff_name"),
    text("staff_function"),
    text("sex"),
    Column("pre_score", Integer),
    Column("post_score", Integer),
)

services = case_table(
    "services",
    required("service_no", unique=True),
    required("service_on"),
    part_of("stay_id", "stays"),
    required("service_type"),
    Column("quantity", Float, nullable=False),
    required("provider_kind"),
    text("partner"),
    text("donor"),
    Column("cost_xof", Integer),
    Column("service_status", Text, nullable=False, server_default="fait"),
    Column("activity_id", ForeignKey("activities.id"), index=True),
    Column("referral_id", ForeignKey("referrals.id"), index=True),
    day("recorded_at"),
    text("receipt_no"),
    # sealed with the protection key of the person
    Column("note", LargeBinary),
    # who of the house gave it or saw to it: empty in lines of before version 0017 and of imports
    Column("staff_id", Integer),
    # of the individual plan; a trigger keeps the action there while a line names it
    Column("plan_action_id", Integer, index=True),
    Index("ix_services_service_on", "service_on"),
    is_boxed=True,
)

diets = case_table(
    "diets",
    part_of("stay_id", "stays"),
    required("diet"),
    required("noted_on"),
    link("by_id", "users"),
)

consents = case_table(
    "consents",
    part_of("person_id", "persons"),
    required("consent_purpose"),
    text("recipient"),
    text("scope"),
    text("explained"),
    text("language"),
    text("interpreter"),
    required("consent_status"),
    required("consent_mode"),
    required("given_by"),
    text("child_assent"),
    required("given_on"),
    day("valid_until"),
    day("withdrawn_on"),
    text("withdrawn_effect"),
    text("paper_ref"),
    text("witness"),
    day("recorded_at"),
)

consent_exceptions = case_table(
    "consent_exceptions",
    part_of("person_id", "persons"),
    required("consent_purpose"),
    required("exception_code"),
    required("done_on"),
    link("by_id", "users"),
    # the row it was done for, `tracings/3`
    text("about"),
    # sealed with the protection key of the person
    Column("reason", LargeBinary),
    day("recorded_at"),
)

referrals = case_table(
    "referrals",
    required("referral_no", unique=True),
    part_of("stay_id", "stays"),
    required("direction"),
    required("issued_on"),
    text("urgency"),
    required("partner"),
    text("partner_contact"),
    text("service_wanted"),
    text("reason_code"),
    required("referral_status"),
    Column("consent_id", ForeignKey("consents.id"), index=True),
    text("exception_code"),
    text("exception_reason"),
    text("data_shared"),
    # sealed with the protection key of the person
    Column("summary_shared", LargeBinary),
    text("transport_escort"),
    day("appointment_at"),
    day("accepted_on"),
    day("served_on"),
    day("closed_on"),
    text("feedback_kind"),
    text("outcome"),
    day("follow_up_on"),
    day("recorded_at"),
    Index("ix_referrals_issued_on", "issued_on"),
)

roll_calls = table(
    "roll_calls",
    required("night_of", unique=True),
    required("checked_at"),
    Column("checked_by", ForeignKey("users.id"), nullable=False),
    Column("unregistered", Integer, nullable=False, server_default="0"),
    text("note"),
)

roll_call_lines = table(
    "roll_call_lines",
    part_of("roll_call_id", "roll_calls"),
    part_of("stay_id", "stays"),
    required("presence"),
    text("absence_type"),
    # where somebody was seen, if not in the place the register has: `lit` with the bed, `appoint` or `partage`
    text("place"),
    # a trigger keeps the bed there while a line names it
    Column("bed_id", Integer),
    UniqueConstraint("roll_call_id", "stay_id"),
)
