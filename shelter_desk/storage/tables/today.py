"""Shifts handed over with the lines that people added to them, and tasks of the store that were set aside."""

from sqlalchemy import Column, ForeignKey, Integer

from shelter_desk.storage.tables.base import answer, day, link, part_of, required, sealed, table

handovers = table(
    "handovers",
    required("began_at"),
    required("handed_at"),
    part_of("handed_by", "users"),
    # what was done in the shift: the journal lines of (after_line, last_line]
    Column("after_line", Integer, nullable=False),
    Column("last_line", Integer, nullable=False),
    day("taken_at"),
    link("taken_by", "users"),
    Column("left_open", Integer, nullable=False, server_default="0"),
)

handover_lines = table(
    "handover_lines",
    # none while the shift goes on
    Column("handover_id", ForeignKey("handovers.id"), index=True),
    required("line_kind"),
    required("written_at"),
    part_of("written_by", "users"),
    # the permission it is read with
    required("shown_with"),
    answer("is_taken"),
    # sealed with a key of their own, which is wrapped with the identity key
    sealed("words"),
    sealed("seal"),
)

# of the store and the equipment; those of the case files lie among the settled flags, behind the wall
postponed_tasks = table(
    "postponed_tasks",
    # what is the matter with which thing, as the task names them
    required("matter"),
    required("subject"),
    required("postponed_at"),
    link("postponed_by", "users"),
    # the first day on which it is shown again
    required("until"),
    required("reason"),
)
