"""``endocsea assess``: what each of its questions reads, asks of the library, and writes. No data folder."""
