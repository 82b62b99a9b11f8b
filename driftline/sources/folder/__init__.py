"""A folder as it is on disk, where there is no history to read."""
