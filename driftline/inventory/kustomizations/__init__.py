"""What kustomize would build, and how to say something else to it."""
