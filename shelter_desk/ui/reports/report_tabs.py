"""The tables of the report in one row of tabs, and its controls at the end."""

from shelter_desk import words
from shelter_desk.ui.widgets.tabs import Tabs

TABLES = ("t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10", "t11", "t12")
CONTROLS = "controls"


def report_tabs() -> Tabs:
    """Twelve tables in one row of an old screen: by name alone, the number is told on hovering."""
    whole = (
        ("t1", words.text("T1 Capacity")),
        ("t2", words.text("T2 Movements")),
        ("t3", words.text("T3 Profile")),
        ("t4", words.text("T4 Identification")),
        ("t5", words.text("T5 Minors")),
        ("t6", words.text("T6 Services")),
        ("t7", words.text("T7 Referrals")),
        ("t8", words.text("T8 Exits")),
        ("t9", words.text("T9 Activities")),
        ("t10", words.text("T10 Equipment")),
        ("t11", words.text("T11 Stock")),
        ("t12", words.text("T12 Incidents")),
        (CONTROLS, words.text("Controls")),
    )
    tabs = Tabs([(code, name.removeprefix(f"{code.upper()} ")) for code, name in whole], tight=True)
    for place, (_, name) in enumerate(whole):
        tabs.setTabToolTip(place, name)
    return tabs
