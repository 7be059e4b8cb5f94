"""``make benchmark``: every measurement, one after the other."""

from benchmarks import assess, documents, pages, start

for part in (assess, pages, start, documents):  # the last one starts Django in this process
    print(f"\n== {part.__name__.removeprefix('benchmarks.')}: {(part.__doc__ or '').splitlines()[0]}")
    part.run()
