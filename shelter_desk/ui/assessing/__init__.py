"""The parts that assessments and plans are shown and typed with: the grid of factors, the matrix, lines of a plan."""
