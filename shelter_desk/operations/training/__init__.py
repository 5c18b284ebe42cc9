"""The training shelter and the self-test on invented data."""
