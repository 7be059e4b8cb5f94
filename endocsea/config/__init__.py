"""Settings, addresses, the command line, and the order in which everything is prepared."""
