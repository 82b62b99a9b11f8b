"""What is declared, recorded and observed, side by side."""
