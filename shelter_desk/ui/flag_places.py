"""Where what a red flag says is settled: a page, or a part of one, in the way pages ask each other."""

from shelter_desk.domain.flags.flag import Flag

# the tab of the record, by rule and, where its cases lie apart, by kind
_TABS = {
    "R-08": "minor",
    "R-09": "minor",
    "R-10": "minor",
    "R-11": "minor",
    "R-15": "consents",
    "R-16": "referrals",
    "R-17": "consents",
    "R-18": "screening",
    "R-19": "screening",
    "R-20": "screening",
    "R-21": "vulnerability",
    "R-22": "vulnerability",
    "R-23": "vulnerability",
    "R-24/screening": "screening",
    "R-24/assessment": "vulnerability",
    "R-24/plan": "plan",
    "R-25": "thread",
    "R-26": "screening",
    "R-27": "screening",
    "R-29": "referrals",
}


def tab(flag: Flag) -> str:
    """The key of the tab; a record without such a tab shows the one it has."""
    return _TABS.get(f"{flag.rule}/{flag.kind}") or _TABS.get(flag.rule, "stay")


def form(flag: Flag) -> str:
    """The form over the record that settles it, with what it opens at: `form/merge/7K3-QMX-E`; "" where a tab does."""
    return f"form/merge/{flag.others[0]}" if flag.rule == "R-02" and flag.others else ""


def place_of(flag: Flag) -> str:
    """`residents/7K3-QMX-E/consents`, `today/roll_call/2026-11-14`, or `beds`; with the form that settles it."""
    if flag.night is not None:
        return f"today/roll_call/{flag.night.isoformat()}"
    return f"residents/{flag.code}/{form(flag) or tab(flag)}" if flag.code else "beds"
