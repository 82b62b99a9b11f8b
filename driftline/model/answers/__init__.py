"""One record type for each question that driftline answers."""
