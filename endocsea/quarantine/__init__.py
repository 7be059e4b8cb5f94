"""What must not be here? Texts that people entered: reported, hidden, destroyed, and destroyed again in a copy."""
