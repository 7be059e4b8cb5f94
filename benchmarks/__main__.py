"""``make benchmark``: every measurement, one after the other."""

from benchmarks import assess, pages, start

for part in (assess, pages, start):
    print(f"\n== {part.__name__.removeprefix('benchmarks.')}: {(part.__doc__ or '').splitlines()[0]}")
    part.run()
