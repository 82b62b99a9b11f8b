"""A git repository as a time machine for the declared plane."""
