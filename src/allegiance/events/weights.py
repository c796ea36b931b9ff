"""Weights of data files as integer tenths."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from allegiance.errors import DataError, clipped

# Sums of a million ties of this weight still fit into 64 bits.
LARGEST_WEIGHT = 10**11
_LARGEST = Decimal(LARGEST_WEIGHT)
_LONGEST_NUMBER = 60
_TENTH = Decimal("0.1")


def tenths(text: str) -> tuple[int, bool]:
    """Return a decimal number as integer tenths, and whether it had to be rounded (half to even).

    The number is read by decimal arithmetic, never by binary fractions: 0.25 is 0.2 and 0.35 is 0.4 on any machine.

    Raises:
        DataError: it is no number, not finite, or larger than `LARGEST_WEIGHT`.

    >>> tenths("1"), tenths("-0.25")
    ((10, False), (-2, True))
    """
    try:
        # Decimal() reads "1_000" and other scripts' digits as numbers, too; data files don't mean them.
        number = Decimal(text if text.isascii() and "_" not in text and len(text) <= _LONGEST_NUMBER else "")
    except InvalidOperation:
        raise DataError(f"the weight {clipped(text, 40)!r} is not a number") from None
    if not number.is_finite():
        raise DataError(f"the weight {clipped(text, 40)!r} is not a finite number")
    if number > _LARGEST or -number > _LARGEST:
        raise DataError(f"the weight {clipped(text, 40)!r} is larger than {LARGEST_WEIGHT:,}")
    rounded = number.quantize(_TENTH, ROUND_HALF_EVEN)
    return int(rounded.scaleb(1)), rounded != number
