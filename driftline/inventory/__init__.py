"""Pure: what the facts are about, and the one comparison."""
