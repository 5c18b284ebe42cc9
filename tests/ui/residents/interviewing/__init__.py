"""The guided interview, by keys."""
