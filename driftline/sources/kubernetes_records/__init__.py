"""What tools remember in a cluster of what they made there: the recorded plane."""
