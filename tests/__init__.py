"""Tests, a folder per floor."""

from pathlib import Path

from shelter_desk.storage.keys import passwords
from shelter_desk.storage.keys.passwords import KdfCost

OLD_FILES = Path(__file__).parent / "old_files"  # a shelter of each earlier version
# a password of tests costs next to nothing: nowhere else may the floor be lowered (tests/storage/test_passwords.py)
passwords._floor = KdfCost(memory=64, time=1, parallelism=1)
