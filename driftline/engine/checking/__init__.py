"""What a change between two commits does to parity."""
