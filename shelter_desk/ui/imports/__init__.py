"""The page of imports: a file, what was recognised in it, the review, what was taken in, and undoing it."""
