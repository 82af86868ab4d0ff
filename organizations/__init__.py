"""Organizations: who works where."""
