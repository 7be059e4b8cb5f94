"""One answer: what was given, whether it fits and is ready, what follows from it, how it is said."""
