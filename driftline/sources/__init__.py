"""Where we look; nothing here knows what an environment is."""
