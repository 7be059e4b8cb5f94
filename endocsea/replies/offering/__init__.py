"""What public sources say, offered to a state; and drafts for one that stays silent."""
