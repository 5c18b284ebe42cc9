"""The directory of those to whom files are sent."""
