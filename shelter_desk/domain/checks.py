"""What many acts ask of what was typed: something given, a code of its list, a day that can be."""

from collections.abc import Iterable
from datetime import date

from shelter_desk.domain import codes
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NotInList
from shelter_desk.domain.moments import plain


def check_given(field: str, value: object) -> None:
    """Refuse an empty value; a text of spaces alone is stripped by who calls. Raises Missing."""
    if not value:
        raise Missing(field)


def check_code(list_name: str, value: str, field: str = "") -> None:
    """Refuse what is not of that list, "" too. field: where it stands, if that is not called as its list.

    Raises NotInList.
    """
    if not codes.is_code(list_name, value):
        raise NotInList(field or list_name, value)


def check_codes(list_name: str, values: Iterable[str], field: str = "") -> None:
    """`check_code` of each of several."""
    for value in values:
        check_code(list_name, value, field)


def check_optional_code(list_name: str, value: str, field: str = "") -> None:
    """`check_code`, but "" is allowed."""
    if value:
        check_code(list_name, value, field)


def check_required_code(list_name: str, value: str, field: str = "") -> None:
    """`check_code`, but "" is said to be missing. Raises Missing, NotInList."""
    check_given(field or list_name, value)
    check_code(list_name, value, field)


def check_not_future(day: date | None, today: date) -> None:
    """Refuse a day after today; None is allowed. Raises InTheFuture."""
    if day is not None and day > today:
        raise InTheFuture(plain(day))


def check_order(first: date | None, then: date | None) -> None:
    """Refuse a day before the one that it follows; both on one day, and None, are allowed. Raises BadDates."""
    if first is not None and then is not None and then < first:
        raise BadDates(plain(first), plain(then))


def check_day(on: date, today: date, after: date | None = None) -> None:
    """Refuse a day after today or before `after`. Raises InTheFuture, BadDates."""
    check_not_future(on, today)
    check_order(after, on)
