"""Looks in order, never rewritten; nothing here knows what a file means."""
