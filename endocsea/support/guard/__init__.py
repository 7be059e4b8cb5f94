"""The guard: what may be written here, and which files may come in.

The programme holds policies, never cases. ``texts`` asks about a text that looks like case data,
before anything is written; the browser asks the same, from the same ``table``, before anything is
sent. ``uploads`` looks at what a file is, not at what it is called, and gives it back cleaned.
"""
