"""The clearance file: a whole reply on paper, ready for the signature of whoever answers for the state."""
