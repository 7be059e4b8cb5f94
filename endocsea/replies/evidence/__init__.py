"""What shows that an answer holds, as pages show it and as it is typed."""
