"""What bears a number of its own, found by the whole of it."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, bindparam, text

# table, column, and what is opened; of a resident where the row hangs on a stay or is one
KINDS: Mapping[str, tuple[str, str, str]] = {
    "person": ("persons", "person_code", "id"),
    "stay": ("stays", "stay_no", "id"),
    "bed": ("beds", "bed_code", "id"),
    "room": ("rooms", "room_code", "id"),
    "referral": ("referrals", "referral_no", "id"),
    "service": ("services", "service_no", "id"),
    "deposit": ("belongings", "receipt_no", "id"),
    "interview": ("interviews", "interview_no", "id"),
    "assessment": ("assessments", "assessment_no", "id"),
    "plan": ("plans", "plan_no", "id"),
    "best_interests": ("best_interests", "bia_no", "id"),
    "tracing": ("tracings", "tracing_no", "id"),
    "return": ("return_files", "return_no", "id"),
    "incident": ("incidents", "incident_no", "id"),
    "request": ("place_requests", "request_no", "id"),
    "activity": ("activities", "activity_no", "id"),
    "voucher": ("stock_vouchers", "voucher_no", "id"),
    "move": ("stock_moves", "move_no", "item_id"),
    "lot": ("stock_moves", "lot_no", "item_id"),
    "item": ("stock_items", "item_code", "id"),
    "kit": ("stock_kits", "kit_code", "id"),
    "stock_count": ("stock_counts", "count_no", "id"),
    "asset": ("assets", "tag_no", "id"),
    "serial": ("assets", "serial_no", "id"),
    "campaign": ("campaigns", "count_no", "id"),
    "reception": ("receptions", "reception_no", "id"),
    "ticket": ("tickets", "ticket_no", "id"),
    "grant": ("grants", "grant_code", "id"),
}
_OF_RESIDENT = {
    "person": "JOIN persons p ON p.id = t.id",
    "stay": "JOIN persons p ON p.id = t.person_id",
    **dict.fromkeys(
        ["referral", "service", "deposit", "interview", "assessment", "plan", "best_interests", "tracing", "return"],
        "JOIN stays s ON s.id = t.stay_id JOIN persons p ON p.id = s.person_id",
    ),
    # who lies in it now
    "bed": "LEFT JOIN placements l ON l.bed_id = t.id AND l.ended_at IS NULL LEFT JOIN stays s ON s.id = l.stay_id "
    "AND s.exited_at IS NULL LEFT JOIN persons p ON p.id = s.person_id",
}


def find(connection: Connection, kinds: Iterable[str], typed: Iterable[str]) -> Iterator[tuple[str, str, int, str]]:
    """Kind, number, what is opened, and the code of its resident or ""; typed: the ways it may be written."""
    ways = list(dict.fromkeys(typed))
    for kind in kinds:
        table, column, opened = KINDS[kind]
        joined = _OF_RESIDENT.get(kind, "")
        code = "COALESCE(p.person_code, '')" if joined else "''"
        wanted = text(
            f"SELECT DISTINCT t.{column} AS number, t.{opened} AS opened, {code} AS code FROM {table} t {joined} "
            f"WHERE t.{column} IN :ways ORDER BY opened, code"
        ).bindparams(bindparam("ways", expanding=True))
        for row in connection.execute(wanted, {"ways": ways}):
            yield kind, row.number, row.opened, row.code
