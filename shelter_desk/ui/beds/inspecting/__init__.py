"""A room of the plan that somebody looks at."""
