"""The code that joins two accounts: capitals and digits that nobody takes for one another, however it is read out."""

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
"""Without 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B."""
LENGTH = 8
"""With so many of these letters there are more than 10^11 codes."""

_GAPS = str.maketrans("", "", "-‐‑–—_")


def read(typed: str) -> str:
    """The code that was typed: small letters, blanks and hyphens are forgiven."""
    return "".join(typed.translate(_GAPS).split()).upper()
