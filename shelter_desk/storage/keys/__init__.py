"""The keys of the file: what a password opens, the slots of `keys.json`, who vouches for them."""
