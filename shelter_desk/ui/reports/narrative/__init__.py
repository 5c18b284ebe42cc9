"""The narrative of a month: written beside its figures, looked at, printed and sent."""
