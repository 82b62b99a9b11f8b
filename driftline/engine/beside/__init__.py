"""Files as they come, beside each other or beside an environment."""
