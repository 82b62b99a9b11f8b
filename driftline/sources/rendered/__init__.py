"""What the user's own tools make of kustomizations and charts, without any network."""
