"""What brings the history of repositories and folders into the store."""
