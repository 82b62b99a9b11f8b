"""What driftline promises, one sentence at a time."""
