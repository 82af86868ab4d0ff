"""The shape of what is entered about people and agencies; the rules are in the acts."""
