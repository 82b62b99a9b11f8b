"""Thin; removing this folder would lose no knowledge."""
