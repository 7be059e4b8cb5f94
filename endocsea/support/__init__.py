"""The little that every chapter needs."""
