"""The API of inter-agency work."""
