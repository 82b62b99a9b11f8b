"""Configuration text changed at one fact, with everything else left as it stands."""
