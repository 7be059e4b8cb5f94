"""What is the state advised to do? What carries a recommendation, and how strong it may be."""
