"""Where files belong: environments, roles and layers inferred from a repository nobody has seen."""
