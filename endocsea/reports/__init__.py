"""What can be sent? The documents by which people judge us, from the records; they know no printer."""
