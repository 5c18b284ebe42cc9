"""Every setting of field 10 that rules, figures and screens read: what it usually is, its unit, its bounds, one table.

What is kept is text; `of` reads it, and takes what is usual where nothing is kept or what is kept cannot be.

What a shelter may do or not (field 10): the codes that a module brings, which are offered only while it is on.

What was written while it was on stays, is read by its label and counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Literal, TypeVar

from shelter_desk.domain import codes
from shelter_desk.domain.errors import NotInList, RuleBroken
from shelter_desk.domain.residents.names import plain_words
from shelter_desk.domain.retention import retention
from shelter_desk.domain.retention.retention import Clocks

Kind = Literal["whole", "decimal", "hour", "switch", "codes"]
Subject = Literal[
    "stays", "house", "steps", "minors", "identification", "modules", "reports", "keeping", "retention", "stock"
]
Unit = Literal["", "days", "hours", "minutes", "months", "years", "nights", "persons", "m2", "percent", "xof", "day"]
Value = int | float | time | bool | tuple[str, ...]
LONGEST = 3660  # days
SIGLE = 12  # signs at most
ON, OFF = "yes", "no"
NOTHING_KEPT: Mapping[str, str] = MappingProxyType({})


class SigleTellsName(RuleBroken):
    """The short name on papers that may lie about would be the name of the shelter, or too long for one."""


def check_sigle(sigle: str, shelter_name: str) -> None:
    """Raises SigleTellsName."""
    if len(sigle.strip()) > SIGLE or (sigle.strip() and plain_words(sigle) == plain_words(shelter_name)):
        raise SigleTellsName


@dataclass(frozen=True, slots=True)
class Setting:
    """One row. usual, and what is kept: a number with a point, `HH:MM`, `yes` or `no`, codes joined by `;`.

    least, most: bounds, both allowed. may_be_empty: nothing kept means that it is not known, and has no usual value.
    chosen_from: the list that codes are of. read_by: the rules that read it, where it is said of rules.
    has_own_card: it is set on a card of its own, not among the limits.
    """

    key: str
    subject: Subject
    kind: Kind
    usual: str
    unit: Unit = ""
    least: float = 1
    most: float = LONGEST
    may_be_empty: bool = False
    chosen_from: str = ""
    read_by: str = ""
    has_own_card: bool = False


def _days(key: str, subject: Subject, usual: int, read_by: str, least: int = 1) -> Setting:
    return Setting(key, subject, "whole", str(usual), "days", least, read_by=read_by)


def _months(key: str, usual: int) -> Setting:
    return Setting(key, "retention", "whole", str(usual), "months", 1, 240)


_ALL = (
    _days("transit_days", "stays", 15, "R-14"),
    _days("vulnerable_days", "stays", 90, "R-14"),
    _days("vot_days", "stays", 180, "R-14"),
    _days("minor_review_days", "stays", 30, "R-14"),
    _days("absence_max_days", "stays", 3, "R-30"),
    Setting("disappearance_grace_days", "stays", "whole", "7", "days", 0, 60),
    _days("case_closure_days", "stays", 30, "R-33"),
    Setting("alike_age_years", "stays", "whole", "3", "years", 0, 20, read_by="R-02"),
    Setting("infant_shares_bed_max_age_years", "house", "whole", "2", "years", 0, 5),
    Setting("night_check_time", "house", "hour", "21:00"),
    Setting("roll_call_nights", "house", "whole", "7", "nights", 1, 60, read_by="R-31"),
    Setting("unrelated_hours", "house", "whole", "24", "hours", 1, 720, read_by="R-05"),
    Setting("overcapacity_red_pct", "house", "whole", "110", "percent", 100, 300, read_by="R-12"),
    Setting("overcapacity_nights", "house", "whole", "7", "nights", 1, 60, read_by="R-12"),
    Setting("norm_m2", "house", "decimal", "3.5", "m2", 1, 20, read_by="R-13"),
    Setting("norm_toilet", "house", "whole", "20", "persons", 1, 200, read_by="R-13"),
    Setting("norm_shower", "house", "whole", "20", "persons", 1, 200, read_by="R-13"),
    Setting("toilets", "house", "whole", "", "", 0, 200, may_be_empty=True, read_by="R-13"),
    Setting("resident_staff", "house", "whole", "0", "persons", 0, 200),
    Setting("showers", "house", "whole", "", "", 0, 200, may_be_empty=True, read_by="R-13"),
    Setting("admission_steps", "steps", "switch", ON, has_own_card=True),
    _days("screening_due_days", "steps", 5, "R-24"),
    _days("assessment_due_days", "steps", 7, "R-24"),
    _days("plan_due_days", "steps", 10, "R-24"),
    _days("screening_due_days_high", "steps", 1, "R-24"),
    _days("assessment_due_days_high", "steps", 2, "R-24"),
    _days("plan_due_days_high", "steps", 5, "R-24"),
    _days("followup_days_high", "steps", 2, "R-25"),
    _days("followup_days_medium", "steps", 7, "R-25"),
    _days("followup_days_low", "steps", 14, "R-25"),
    Setting("safety_measure_hours", "steps", "whole", "24", "hours", 1, 720, read_by="R-21"),
    _days("guardian_request_days", "minors", 2, "R-08"),
    _days("guardian_days", "minors", 15, "R-08"),
    _days("bia_short_days", "minors", 3, "R-09"),
    _days("bia_full_days", "minors", 14, "R-09"),
    _days("notify_service_days", "minors", 2, "R-11"),
    _days("majority_days", "minors", 30, "R-07"),
    _days("status_decision_days", "identification", 7, "R-18"),
    _days("presumed_review_days", "identification", 30, "R-20"),
    Setting("repeated_interviews", "identification", "whole", "3", "", 2, 20, read_by="R-27"),
    Setting("allowed_status_deciders", "identification", "codes", "", chosen_from="status_decided_by", read_by="R-19"),
    Setting("avrr_module", "modules", "switch", ON),
    Setting("bid_module", "modules", "switch", ON),
    Setting("gbv_module", "modules", "switch", OFF),
    Setting("small_cell_k", "reports", "whole", "5", "persons", 3, 11),
    Setting("report_remind_day", "reports", "whole", "1", "day", 1, 28),
    Setting("report_late_day", "reports", "whole", "5", "day", 1, 28),
    *(_months(f"retention_{kind.value}_months", Clocks().of(kind)) for kind in retention.RetentionKind),
    *(
        Setting(f"first_step_{step}", "keeping", "switch", ON, has_own_card=True)
        for step in ("accounts", "rooms", "people", "stock", "backup")
    ),
    Setting("note_lock_hours", "keeping", "whole", "24", "hours", 1, 168, has_own_card=True),
    Setting("idle_minutes", "keeping", "whole", "5", "minutes", 1, 60),
    Setting("captures_kept_out", "keeping", "switch", OFF),
    _days("expiry_warn_days", "stock", 60, "S-03"),
    Setting("count_stock_months", "stock", "whole", "3", "months", 1, 60, read_by="S-09"),
    Setting("count_assets_months", "stock", "whole", "12", "months", 1, 60, read_by="S-09"),
    Setting("slip_approval_threshold_xof", "stock", "whole", "0", "xof", 0, 100_000_000),
)
SETTINGS: Mapping[str, Setting] = MappingProxyType({one.key: one for one in _ALL})
# those of retention stand where what is due is approved
FIRST_SUBJECTS: tuple[Subject, ...] = tuple(dict.fromkeys(one.subject for one in _ALL if one.subject != "retention"))


def of(kept: Mapping[str, str], key: str) -> Value | None:
    """The value of a setting; None of one that is not known and has no usual value."""
    setting = SETTINGS[key]
    typed = kept.get(key)
    if typed is not None and is_right(setting, typed):
        return _read(setting, typed)
    return None if setting.may_be_empty else _read(setting, usual(setting))


def bounds(key: str) -> tuple[int, int]:
    """The least and the most of a setting that is a whole number."""
    return int(SETTINGS[key].least), int(SETTINGS[key].most)


def whole(kept: Mapping[str, str], key: str) -> int:
    """A setting that is a whole number. Raises TypeError for another, and where it is not known."""
    return _sure(of(kept, key), int)


def whole_or_none(kept: Mapping[str, str], key: str) -> int | None:
    """A setting that is a whole number, None where it is not known."""
    return None if of(kept, key) is None else whole(kept, key)


def decimal(kept: Mapping[str, str], key: str) -> float:
    """A setting that is a number with a point."""
    return float(_sure(of(kept, key), float))


def hour(kept: Mapping[str, str], key: str) -> time:
    """A setting that is an hour of the day."""
    return _sure(of(kept, key), time)


def is_on(kept: Mapping[str, str], key: str) -> bool:
    """A setting that is a switch."""
    return _sure(of(kept, key), bool)


def chosen(kept: Mapping[str, str], key: str) -> tuple[str, ...]:
    """A setting that is some codes of a list, in the order of the list."""
    return _sure(of(kept, key), tuple)


Sure = TypeVar("Sure")


def _sure(value: Value | None, kind: type[Sure]) -> Sure:
    if not isinstance(value, kind):
        raise TypeError(kind.__name__)
    return value


def usual(setting: Setting) -> str:
    """What it is where nobody set it, as it would be kept; of codes, the whole list."""
    if setting.kind == "codes":
        return ";".join(one.code for one in codes.codes(setting.chosen_from))
    return setting.usual


def is_right(setting: Setting, typed: str) -> bool:
    """Whether this can be kept: a number within the bounds, an hour, codes of the list and at least one."""
    try:
        value = _read(setting, typed)
    except ValueError:
        return False
    if setting.kind in ("whole", "decimal"):
        return setting.least <= float(typed) <= setting.most
    if setting.kind == "codes":
        return bool(value) and all(codes.is_code(setting.chosen_from, code) for code in typed.split(";"))
    return True


def check(key: str, typed: str) -> None:
    """Raises NotInList for a key that there is none of, and for what cannot be kept."""
    if key not in SETTINGS:
        raise NotInList("threshold", key)
    if not (is_right(SETTINGS[key], typed) or (SETTINGS[key].may_be_empty and not typed)):
        raise NotInList(key, typed)


def _read(setting: Setting, typed: str) -> Value:
    """Raises ValueError."""
    if setting.kind == "whole":
        if not typed.isdecimal():
            raise ValueError(typed)
        return int(typed)
    if setting.kind == "decimal":
        if not typed.replace(".", "", 1).isdecimal():
            raise ValueError(typed)
        return float(typed)
    if setting.kind == "hour":
        return time.fromisoformat(typed)
    if setting.kind == "switch":
        if typed not in (ON, OFF):
            raise ValueError(typed)
        return typed == ON
    wanted = set(filter(None, typed.split(";")))
    return tuple(one.code for one in codes.codes(setting.chosen_from) if one.code in wanted)


AVRR, BID, GBV = "avrr_module", "bid_module", "gbv_module"
# by list
CODES: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        AVRR: {
            "exit_reason": frozenset({"avrr"}),
            "consent_purpose": frozenset({"avrr"}),
            "service_type": frozenset({"inf_avrr", "ret_avrr"}),
        }
    }
)


def left_out(kept: Mapping[str, str], list_name: str) -> tuple[str, ...]:
    """The codes of a list that are not offered here, since their module is off. kept: the settings."""
    off = (lists for module, lists in CODES.items() if not is_on(kept, module))
    return tuple(sorted(code for lists in off for code in lists.get(list_name, ())))
