"""The page of the stock."""
