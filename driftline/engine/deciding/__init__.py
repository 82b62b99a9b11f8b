"""Decisions of people: made, kept and read."""
