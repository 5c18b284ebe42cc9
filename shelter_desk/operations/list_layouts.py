"""How somebody left a list: its columns, their widths, its order and its filters, found again by them alone.

It is kept as what they type is (`drafts`): in the file of the shelter, sealed, since a filter may say what few roles
read, and without a line of the journal. What is no layout, or what the role may read no more, is passed over.
"""

import json
from collections.abc import Mapping
from typing import Any

from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk

_LAYOUT = "layout"


def keep(desk: Desk, name: str, layout: Mapping[str, Any]) -> None:
    """Keep how the person at the desk left the list of that name; an empty one is forgotten."""
    form = f"{drafts.LISTS}{name}"
    if layout:
        drafts.keep(desk, form, {_LAYOUT: json.dumps(dict(layout), ensure_ascii=False, separators=(",", ":"))})
    else:
        drafts.forget(desk, form)


def find(desk: Desk, name: str) -> Mapping[str, Any]:
    """How they left it, empty where nothing is kept that can be read."""
    draft = drafts.find(desk, f"{drafts.LISTS}{name}")
    told = None if draft is None else draft.values.get(_LAYOUT)
    try:
        layout = json.loads(told) if isinstance(told, str) else None
    except (ValueError, RecursionError):
        return {}
    return layout if isinstance(layout, dict) else {}
