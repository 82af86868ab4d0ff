"""Pages of signing in, and of administering people and agencies."""
