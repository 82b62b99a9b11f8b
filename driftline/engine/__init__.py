"""The only place where I/O meets pure code."""
