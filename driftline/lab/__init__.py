"""Ground truth: fleets that drift on purpose."""
