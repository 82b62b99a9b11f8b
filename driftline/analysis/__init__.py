"""One question for each module; no function here can tell what time it is."""
