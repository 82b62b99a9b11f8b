"""What brings looks at running systems into the store."""
