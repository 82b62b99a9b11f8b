"""What of a live difference is noise: defaults, bookkeeping, generated names, reordered lists."""
