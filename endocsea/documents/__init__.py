"""How is it printed? Documents as data, and the writers that print them; they know no records.

A document is a tree of frozen parts (`parts`). A writer turns it into bytes: `pdf` with Typst. Text is
always data: nothing that a person wrote is ever read as markup.
"""
