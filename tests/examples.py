"""How many examples a property is tried with: many more under `make torture`."""

import os

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def examples(usual: int) -> int:
    """Twenty times the usual number in the long form; a third of it in every run, which has its minutes to keep to."""
    return usual * 20 if LONG else max(5, usual // 3)
