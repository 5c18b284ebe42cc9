"""What a process that was killed ends with, on either system."""

import signal
import sys

KILLED = 1 if sys.platform == "win32" else -signal.SIGKILL
