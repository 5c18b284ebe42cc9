"""What the house wrote and signed about a month before it was closed."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, select

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import ReportCommentId, ReportVisaId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.comments import ReportComment
from shelter_desk.domain.reports.report import VisaPart
from shelter_desk.domain.reports.visas import SignedVisa
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.reports import sealed_words
from shelter_desk.storage.tables import report_comments, report_visas

COMMENTS, VISAS = "report_comments", "report_visas"
_COMMENTS: Mapper[ReportComment] = Mapper(report_comments, ReportComment, without=("text", "unread"), user="user_id")
_VISAS: Mapper[SignedVisa] = Mapper(report_visas, SignedVisa, user="user_id")


def _of(table: Table, period: Period) -> tuple[ColumnElement[bool], ...]:
    return table.c.first_day == period.first.isoformat(), table.c.last_day == period.last.isoformat()


def comments(connection: Connection, period: Period, protection: Sealer) -> list[ReportComment]:
    """Those of one period, in the order in which they were first written; of one that was altered it is said."""
    table = report_comments
    wanted = _COMMENTS.rows.add_columns(table.c.text.label("sealed")).where(*_of(table, period)).order_by(table.c.id)
    return [_comment(row, protection) for row in connection.execute(wanted).all()]


def _comment(row: Row[Any], protection: Sealer) -> ReportComment:
    try:
        words = sealed_words.opened(protection, report_comments, row.id, row._mapping, row.sealed)
    except Damaged as damaged:
        return _COMMENTS.read(row, unread=damaged.path)
    return _COMMENTS.read(row, text=words)


def comment_id(connection: Connection, period: Period, figure: str, dims: str) -> ReportCommentId | None:
    """The comment on that figure, "" for the text of the period; None where there is none."""
    table = report_comments
    which = (*_of(table, period), table.c.figure == figure, table.c.dims == dims)
    found = connection.execute(select(table.c.id).where(*which)).scalar_one_or_none()
    return None if found is None else ReportCommentId(found)


def put_comment(trail: Trail, comment: ReportComment, protection: Sealer) -> ReportCommentId:
    """Store a comment, in place of its former words where it has an id."""
    row = _COMMENTS.write(comment)
    key = trail.put(COMMENTS, comment.id, row)
    trail.change(COMMENTS, key, {"text": sealed_words.sealed(protection, report_comments, key, row, comment.text)})
    return ReportCommentId(key)


def visas(connection: Connection, period: Period) -> dict[VisaPart, SignedVisa]:
    """The last one of each part, whether it still holds or not."""
    return {one.part: one for one in _VISAS.where(connection, *_of(report_visas, period))}


def put_visa(trail: Trail, visa: SignedVisa) -> ReportVisaId:
    """Store a visa, in place of the former one where it has an id."""
    return ReportVisaId(trail.put(VISAS, visa.id, _VISAS.write(visa)))
