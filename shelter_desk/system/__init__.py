"""What the computer gives: folders, keyring, clock, log, locks."""
