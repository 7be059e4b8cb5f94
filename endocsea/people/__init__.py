"""Who may? Accounts, and the dated roles that policies ask about."""
