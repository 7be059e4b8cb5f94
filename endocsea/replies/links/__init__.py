"""A way in without an account."""
