"""Pictures and tables as text: SVG and HTML made of numbers and names, without script, font or file from elsewhere.

Each picture is a file of its own. Nothing here knows what an answer means; `analysis` hands over what to draw, and notebook and
report show the same piece.
"""

from allegiance.pictures.element import Markup, element, joined
from allegiance.pictures.table import table

__all__ = ["Markup", "element", "joined", "table"]
