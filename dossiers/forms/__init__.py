"""Forms of the pages: shape and wording only; the rules are in the acts."""
