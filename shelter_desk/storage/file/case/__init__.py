"""The case file, behind its wall: its sealed rows, the file that finds them, what is told of them."""
