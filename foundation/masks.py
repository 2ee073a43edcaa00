"""Field sets as text for a column: an integer of any length as lower-case hexadecimal."""

from collections.abc import Iterator


def to_hex(mask: int) -> str:
    """`mask` (bit i = catalogue field i) as lower-case hex without a prefix; 0 gives "0"."""
    return format(mask, "x")


def from_hex(text: str) -> int:
    """The integer of a hex column; an empty text is the empty set."""
    return int(text, 16) if text else 0


def bits(mask: int) -> Iterator[int]:
    """The positions of the set bits, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
