"""Which differences are by design, and why."""
