"""The typeface: Source Sans Pro (SIL Open Font License), subset and compressed for the page."""

from __future__ import annotations

from pathlib import Path

WEIGHTS = {
    "regular": "SourceSansPro-Regular.ttf",
    "semibold": "SourceSansPro-Semibold.ttf",
    "italic": "SourceSansPro-It.ttf",
}
# Latin with every diacritic of the 47 states' languages, Greek, Cyrillic, punctuation, arrows, signs.
UNICODES = [
    *range(0x20, 0x250),
    *range(0x2B0, 0x300),
    *range(0x370, 0x530),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    0x20AC,
    0x2116,
    0x2122,
    *range(0x2190, 0x2194),
    0x2212,
    0x2264,
    0x2265,
]


def make(folder: Path) -> None:
    """Write ``source-sans-<weight>.woff2`` for each weight."""
    import font_source_sans_pro
    from fontTools import subset

    files = Path(font_source_sans_pro.__file__).parent / "files"
    folder.mkdir(parents=True, exist_ok=True)
    options = subset.Options(
        flavor="woff2", layout_features=["kern", "liga", "locl", "ccmp", "mark", "mkmk", "pnum"]
    )
    for weight, name in WEIGHTS.items():
        font = subset.load_font(str(files / name), options)
        cut = subset.Subsetter(options)
        cut.populate(unicodes=UNICODES)
        cut.subset(font)
        subset.save_font(font, str(folder / f"source-sans-{weight}.woff2"), options)
