"""driftline operates infrastructure that is always drifting."""

__version__ = "0.1.0"
