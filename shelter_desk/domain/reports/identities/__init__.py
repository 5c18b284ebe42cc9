"""What must add up in a report."""
