"""The page of residents: list, record, admission, exit."""
