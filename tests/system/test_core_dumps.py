"""No dump of the memory of an open shelter, and no other process of the user that reads it."""

import subprocess
import sys

import pytest

SCRIPT = """
import ctypes, resource
from shelter_desk.system import core_dumps
core_dumps.forbid()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the calls are those of Linux")
def test_an_open_shelter_is_in_no_dump_and_read_by_no_other_process() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["(0,", "0)", "0"]
