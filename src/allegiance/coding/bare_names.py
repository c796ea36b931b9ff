"""A name without its article and possessive, as it stands for an actor that no table knows."""

from __future__ import annotations


def bare(text: str) -> str:
    """Drop a leading article and what the tokenizer leaves of a possessive."""
    words = text.removesuffix("'s").removesuffix("\u2019s").split()
    while len(words) > 1 and words[0].lower() in (
        "the",
        "a",
        "an",
        "some",
        "these",
        "those",
        "its",
        "their",
        "his",
    ):
        words = words[1:]
    return " ".join(words)
