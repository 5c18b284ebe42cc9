"""Two files of one person: found, compared side by side, made one, parted again."""
