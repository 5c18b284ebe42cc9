"""Lists of steps that tick themselves: the first steps of a house, the first day of somebody who practises."""
