"""A tree of files laid out for a tool to work in."""
