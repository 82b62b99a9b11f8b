"""How far apart two environments are, and how they got there."""
