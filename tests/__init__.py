"""Tests, a folder per floor."""

from pathlib import Path

OLD_FILES = Path(__file__).parent / "old_files"  # a shelter of each earlier version
