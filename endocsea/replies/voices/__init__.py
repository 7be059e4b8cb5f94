"""Organisations that answer beside a state."""
