"""What people enter to consult an agency and to answer: shape only."""
