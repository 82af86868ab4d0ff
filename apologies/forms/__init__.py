"""Forms of letters: the shape of what is entered, no rules of state."""
