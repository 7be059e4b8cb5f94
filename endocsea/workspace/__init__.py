"""Where do I start? Signed-in pages that look across chapters."""
