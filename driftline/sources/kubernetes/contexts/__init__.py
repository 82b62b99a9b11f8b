"""Which cluster is meant: kubeconfig files, their contexts, and the account inside a pod."""
