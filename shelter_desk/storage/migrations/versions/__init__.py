"""One file per step, never changed once a shelter has it."""
