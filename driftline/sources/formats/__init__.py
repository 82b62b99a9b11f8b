"""Configuration formats, each read into flat facts without building objects."""
