"""The month: figures, donors' workbooks, what a correction changes."""
