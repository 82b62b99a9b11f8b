"""How changes travel between environments, and the spells in which they are apart."""
