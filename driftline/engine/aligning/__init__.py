"""Edits that bring an environment's value to another's, tried out before they are told."""
