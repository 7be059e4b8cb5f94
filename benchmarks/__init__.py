"""Ratios measured side by side in one run: reference beside ours. Never run by tests."""
