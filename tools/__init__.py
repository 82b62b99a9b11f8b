"""What keeps the house in order; used by `make`, never installed."""
