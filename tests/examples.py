"""How many examples a property is tried with: many more under `make torture`."""

import os

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def examples(usual: int) -> int:
    """The usual number, twenty times as many in the long form."""
    return usual * 20 if LONG else usual
