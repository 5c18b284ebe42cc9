"""The reason of an exit, which lies in two places.

In the open that of a stay which is counted nowhere (typed by mistake, not admitted), since every role leaves such a
stay out; that of any other with the situation, sealed.
"""

from typing import Any

from shelter_desk.domain.stays.stays import REDIRECTED, VOID

OPEN, SEALED = "uncounted", "exit_reason"  # the columns


def uncounted(reason: Any) -> str:
    """What of it lies in the open, "" for nothing."""
    return str(reason) if reason in (VOID, REDIRECTED) else ""


def counted(reason: Any) -> Any:
    """What of it lies with the situation, "" for nothing."""
    return "" if uncounted(reason) else reason
