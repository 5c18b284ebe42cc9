"""Two files of one person that become one, in the file."""
