"""What a CAMEO code in a data file means, by the code book; and why it means nothing where it doesn't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import clipped

if TYPE_CHECKING:
    from allegiance.model import Codebook
    from allegiance.model.act import CodedAct

_SHORTEST = 3


class CameoCodes:
    """Event codes looked up once each. Event files write codes of three or four digits (``010``, ``0834``)."""

    __slots__ = ("_codebook", "_known")

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._known: dict[str, CodedAct] = {}

    def act(self, code: str) -> CodedAct | str:
        """Return the act with sign and weight, or the sentence that says what is wrong with the code."""
        if (known := self._known.get(code)) is not None:
            return known
        # "10" may be root 10 (demand) or 010 (make a statement) that a spreadsheet shortened: no guess.
        if len(code) < _SHORTEST:
            return f"{clipped(code, 20)!r} is no CAMEO event code (three or four digits; has a leading zero been lost?)"
        coded = self._codebook.from_cameo(code)
        if coded is None or not (code.isascii() and code.isdigit()):
            return f"{clipped(code, 20)!r} is no CAMEO event code"
        self._known[code] = coded
        return coded
