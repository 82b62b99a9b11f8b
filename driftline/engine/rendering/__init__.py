"""Declarations as the user's own tools render them."""
