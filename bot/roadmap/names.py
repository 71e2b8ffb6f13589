"""Names of topics as people type them: case, accents, spacing and punctuation do not matter."""

import re
import unicodedata

_OTHER = re.compile(r"[^\w+#]+|_+|(?<!\w)#+")


def folded(text: str) -> str:
    """A name without case, accents and punctuation; words joined by single blanks. `C#` and `N+1` keep their sign."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).replace("и\u0306", "й")  # a letter of its own
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(_OTHER.sub(" ", plain).split())


def squashed(text: str) -> str:
    """A name without its blanks too: "ci cd", "CI / CD" and "cicd" are one."""
    return folded(text).replace(" ", "").replace("+", "")
