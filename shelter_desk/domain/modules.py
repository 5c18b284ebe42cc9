"""What a shelter may do or not (field 10): the codes that a module brings, which are offered only while it is on.

What was written while it was on stays, is read by its label and counted.
"""

from collections.abc import Mapping
from types import MappingProxyType

from shelter_desk.domain import settings

AVRR, BID, GBV = "avrr_module", "bid_module", "gbv_module"
# by list
CODES: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        AVRR: {
            "exit_reason": frozenset({"avrr"}),
            "consent_purpose": frozenset({"avrr"}),
            "service_type": frozenset({"inf_avrr", "ret_avrr"}),
        },
    }
)


def left_out(kept: Mapping[str, str], list_name: str) -> tuple[str, ...]:
    """The codes of a list that are not offered here, since their module is off. kept: the settings."""
    off = (lists for module, lists in CODES.items() if not settings.is_on(kept, module))
    return tuple(sorted(code for lists in off for code in lists.get(list_name, ())))
