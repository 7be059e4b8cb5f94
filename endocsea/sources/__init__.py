"""How do we know? One register of sources: every fact, evidence and figure cites one."""
