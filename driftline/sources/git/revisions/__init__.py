"""Commits by any name, where two of them part, and which files lie between them."""
