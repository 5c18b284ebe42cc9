"""Tasks by urgency and by person, and which of them are read on demand alone."""

from shelter_desk.domain.flags.flag import Flag, rules
from shelter_desk.operations.today.task_groups import grouped, is_private, urgency
from shelter_desk.operations.today.task_kinds import Task


def _flagged(rule: str, code: str = "AAA", late: int = 0, kind: str = "") -> Task:
    flag = Flag(rule, rules()[rule].level, kind, code)
    return Task("flag", code, flags=(flag,), late=late)


LATE = Task("action_late", "BBB", late=4)
PLAIN = Task("birthday", "BBB", n=20)
ROLL_CALL = Task("roll_call_due", page="today")


def test_tonight_and_danger_come_before_what_is_late_and_that_before_the_rest() -> None:
    tasks = [PLAIN, LATE, _flagged("R-23"), ROLL_CALL, _flagged("R-04"), _flagged("R-08", late=2), _flagged("R-20")]
    assert [urgency(one) for one in tasks] == ["next", "late", "now", "now", "now", "late", "next"]


def test_a_person_stands_once_where_the_most_urgent_of_their_tasks_stands() -> None:
    groups = grouped([ROLL_CALL, PLAIN, _flagged("R-20", "AAA"), LATE, _flagged("R-21", "BBB")])
    told = [(one.urgency, one.code, [task.matter for task in one.tasks]) for one in groups]
    assert told == [
        ("now", "", ["roll_call_due"]),
        ("now", "BBB", ["flag", "action_late", "birthday"]),
        ("next", "AAA", ["flag"]),
    ]


def test_tasks_about_nobody_or_about_several_stand_by_themselves_in_their_order() -> None:
    several = Task("high_risk", codes=("AAA", "BBB"))
    groups = grouped([several, Task("no_backup"), several])
    assert [(one.code, len(one.tasks)) for one in groups] == [("", 1)] * 3


def test_no_task_is_lost_by_grouping() -> None:
    tasks = [ROLL_CALL, PLAIN, LATE, _flagged("R-23"), _flagged("R-23"), Task("no_backup")]
    found = [task for group in grouped(tasks) for task in group.tasks]
    assert sorted(map(repr, found)) == sorted(map(repr, tasks))


def test_danger_is_read_on_demand_and_the_roll_call_is_not() -> None:
    private = [rule for rule in rules() if is_private(_flagged(rule))]
    assert private == ["R-21", "R-22", "R-23", "R-28", "R-29"]
    assert (is_private(Task("high_risk", codes=("AAA",))), is_private(ROLL_CALL)) == (True, False)
