"""Registers that go out and come back."""
