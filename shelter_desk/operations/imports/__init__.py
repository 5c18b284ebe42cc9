"""Files from outside and registers: read, reviewed, taken in, undone, written."""
