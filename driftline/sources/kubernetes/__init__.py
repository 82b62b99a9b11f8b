"""A Kubernetes cluster as a source: what its API server lists, and who owns which field of it."""
