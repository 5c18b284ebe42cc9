"""What must be asked before an act: consents, and what forbids it."""
