"""Pure mathematics; imports nothing of ours."""
