"""Where environments live in clusters: the evidence and the rules behind `live_places`."""
