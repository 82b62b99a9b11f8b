"""Whom to ask about a difference."""
