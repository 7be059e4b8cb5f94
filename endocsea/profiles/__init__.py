"""What picture follows? Runs of the assessment over reviewed findings, kept with their method."""
