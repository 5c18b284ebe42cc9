"""Walks go through the main window, dressed as the tests of its pages."""

from tests.ui.conftest import dressed, pytest_itemcollected

__all__ = ["dressed", "pytest_itemcollected"]
