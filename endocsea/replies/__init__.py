"""What does the state say, and what shows it? Answers, their versions, and evidence apart."""
