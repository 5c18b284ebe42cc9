"""What the shelter owns or keeps for others: assets, what happened to each, where and how each was on any day."""
