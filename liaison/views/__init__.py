"""Pages of inter-agency work."""
