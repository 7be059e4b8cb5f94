"""How do we ask? Rounds: which edition is asked of which states, from when until when."""
