"""The chart family: SVG drawn by the server, each chart with its data as a table.

Charts know arrays and words, never records. The same SVG goes into a page and into a
printed document: colours and sizes are presentation attributes, and the page's style
sheet overrides them for the dark scheme only.
"""
