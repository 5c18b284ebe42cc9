"""Two files of one person made one, by keys."""
