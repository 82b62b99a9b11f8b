"""Layers with their lives, and the effective values that they merge into."""
