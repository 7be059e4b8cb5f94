"""All replies to one question, as a page and as files."""
