"""``make benchmark``: every measurement, one after the other."""

from benchmarks import assess, documents, logic, pages, portfolio, saving, sensitivity, start, workbooks

# the last one starts Django in this process
for part in (assess, sensitivity, portfolio, logic, pages, start, saving, workbooks, documents):
    print(f"\n== {part.__name__.removeprefix('benchmarks.')}: {(part.__doc__ or '').splitlines()[0]}")
    part.run()
