"""The colours of the programme, once, for screen and print.

Levels are one hue from light to dark, never a traffic light: a level describes, it does
not mark a country. Contrast on white is given where text may use the colour.
"""

from typing import Final

INK: Final = "#1B2433"  # text (15.6)
MUTED: Final = "#566173"  # second text (6.3)
BRAND: Final = "#1F4E79"  # rules and buttons (8.7)
LINK: Final = "#1A5A96"  # links (7.1)
SLATE: Final = "#3D4F66"  # the ten on the home map
STONE: Final = "#C9D2DC"  # the other members on the home map
APRICOT: Final = "#E8A33D"  # warm accent, training material; areas and marks only
TEAL: Final = "#1F6F69"  # done, confirmed (5.9)
BRICK: Final = "#9B3346"  # refused, error; never a state's level (7.1)
MIST: Final = "#F4F6F9"  # panels
LINE: Final = "#7A8696"  # borders of controls
PAPER: Final = "#FFFFFF"

LEVELS: Final = ("#E3ECF5", "#B9CFE4", "#7FA6CB", "#3F79AE", "#1F4E79")
ON_LEVELS: Final = (INK, INK, INK, PAPER, PAPER)  # text on each level's colour, at least 4.5

FONT: Final = "Source Sans Pro, Source Sans 3, Segoe UI, Helvetica, Arial, sans-serif"
