"""The guide in the window and on paper: one text for both."""
