"""The shape of what an administrator enters; the rules are in the acts."""
