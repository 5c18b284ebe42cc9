"""What surrounds the pages of an open shelter: rail, top bar, status line, neutral screen."""
