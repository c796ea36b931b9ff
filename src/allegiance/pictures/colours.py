"""The colours of all pictures, told apart by people who see no red or green, and by lightness too.

Ink is ``currentColor``, so that a picture reads on a dark page as on a light one.
"""

from __future__ import annotations

INK = "currentColor"
FAINT = "#7b8794"
GRID = "#9aa5b1"
FRIENDLY = "#2f6db5"
HOSTILE = "#b8502c"
CHANGED = "#e8932f"
COALITIONS = ("#2f6db5", "#e8932f", "#57a89a", "#8d5a97", "#86bfe6", "#b8502c", "#c9b037", "#454f8c")
FONT = "'Inter','Helvetica Neue',Arial,'Liberation Sans',sans-serif"
