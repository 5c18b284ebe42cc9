"""Opening, closing, backing up and proving the encrypted shelter."""
