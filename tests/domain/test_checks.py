"""What many acts ask of what was typed."""

from datetime import date, datetime

import pytest

from shelter_desk.domain import checks
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NotInList

MONDAY, TUESDAY = date(2026, 10, 5), date(2026, 10, 6)


@pytest.mark.parametrize("value", ["", None, 0, (), {}])
def test_what_is_empty_is_missing(value: object) -> None:
    with pytest.raises(Missing) as refused:
        checks.check_given("reason", value)
    assert refused.value.field == "reason"


def test_a_code_is_refused_under_the_name_of_its_field() -> None:
    checks.check_code("sex", "f", "sex_of_child")
    with pytest.raises(NotInList) as refused:
        checks.check_code("sex", "fille", "sex_of_child")
    assert (refused.value.field, refused.value.value) == ("sex_of_child", "fille")


def test_a_code_left_open_is_refused_allowed_or_missing_as_the_act_asks() -> None:
    with pytest.raises(NotInList):
        checks.check_code("sex", "")
    checks.check_optional_code("sex", "")
    with pytest.raises(Missing) as refused:
        checks.check_required_code("sex", "")
    assert refused.value.field == "sex"


@pytest.mark.parametrize("check", [checks.check_optional_code, checks.check_required_code])
def test_a_code_of_another_list_is_refused_whatever_is_asked(check: object) -> None:
    with pytest.raises(NotInList):
        check("sex", "bamako")  # type: ignore[operator]


def test_one_wrong_code_of_several_is_named() -> None:
    with pytest.raises(NotInList) as refused:
        checks.check_codes("sex", ("f", "x", "m"))
    assert (refused.value.field, refused.value.value) == ("sex", "x")


def test_today_is_not_in_the_future_and_tomorrow_is() -> None:
    checks.check_not_future(None, MONDAY)
    checks.check_not_future(MONDAY, MONDAY)
    with pytest.raises(InTheFuture) as refused:
        checks.check_not_future(TUESDAY, MONDAY)
    assert refused.value.moment == datetime(2026, 10, 6)


def test_one_day_is_in_order_and_a_day_before_is_not() -> None:
    checks.check_order(None, MONDAY)
    checks.check_order(MONDAY, None)
    checks.check_order(MONDAY, MONDAY)
    with pytest.raises(BadDates) as refused:
        checks.check_order(TUESDAY, MONDAY)
    assert (refused.value.start, refused.value.end) == (datetime(2026, 10, 6), datetime(2026, 10, 5))
    checks.check_day(TUESDAY, TUESDAY, MONDAY)


@pytest.mark.parametrize(("on", "kind"), [(date(2026, 10, 7), InTheFuture), (date(2026, 10, 4), BadDates)])
def test_a_day_lies_between_the_former_one_and_today(on: date, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        checks.check_day(on, TUESDAY, MONDAY)
