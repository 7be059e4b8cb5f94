"""What does the review conclude? Observations from desk research and findings, never mixed."""
