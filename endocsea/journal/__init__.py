"""Who did? What was done, by whom, when; entries are added and never changed."""
