"""The forms over a record, as forms over any page."""

from shelter_desk.ui.act_form import ActForm, beside

__all__ = ["ActForm", "beside"]
