"""Base forms that the small pipeline mistakes: "waged" is no "wag", and a "retook" read as a present still comes from "retake"."""

from __future__ import annotations

from types import MappingProxyType

# Of the verbs in the reader's tables, put into short sentences in each form, these came out wrong (en_core_web_sm 3).
_MISTAKEN = MappingProxyType(
    {
        "dine": "dined",
        "fine": "fined",
        "hate": "hated hates",
        "rage": "raged rages",
        "rape": "raped rapes",
        "shame": "shamed shames",
        "snipe": "sniped snipes",
        "spare": "spared",
        "stage": "staged stages",
        "wage": "waged wages",
        "gut": "gutted",
        "install": "installed",
        "lambaste": "lambasted lambastes",
        "napalm": "napalmed",
        "reoccupy": "reoccupied reoccupies",
        "resupply": "resupplied resupplies",
        "scapegoat": "scapegoated",
    }
)
# Irregular pasts, which are their own base form where the tagger takes them for a present.
_IRREGULAR = MappingProxyType(
    {
        "beset": "beset",
        "bring": "brought",
        "break": "broke",
        "build": "built",
        "buy": "bought",
        "choose": "chose",
        "come": "came",
        "drive": "drove",
        "fall": "fell",
        "fight": "fought",
        "flee": "fled",
        "fly": "flew",
        "forbid": "forbade",
        "foresee": "foresaw",
        "forgive": "forgave",
        "forsake": "forsook",
        "give": "gave",
        "hold": "held",
        "keep": "kept",
        "lay": "laid",
        "lead": "led",
        "leave": "left",
        "lend": "lent",
        "lose": "lost",
        "meet": "met",
        "overrun": "overran",
        "oversee": "oversaw",
        "overthrow": "overthrew",
        "pay": "paid",
        "rebuild": "rebuilt",
        "retake": "retook",
        "say": "said",
        "seek": "sought",
        "sell": "sold",
        "send": "sent",
        "shake": "shook",
        "shoot": "shot",
        "sink": "sank",
        "slay": "slew",
        "speak": "spoke",
        "stand": "stood",
        "steal": "stole",
        "strike": "struck",
        "swear": "swore",
        "sweep": "swept",
        "take": "took",
        "tell": "told",
        "think": "thought",
        "throw": "threw",
        "undertake": "undertook",
        "uphold": "upheld",
        "win": "won",
        "withdraw": "withdrew",
        "withhold": "withheld",
        "withstand": "withstood",
        "write": "wrote",
    }
)
_MENDED = {form: base for base, forms in _MISTAKEN.items() for form in forms.split()}
_PASTS = {form: base for base, form in _IRREGULAR.items()}


def base_form(lower: str, lemma: str, tag: str) -> str:
    """Return the base form of the word `lower`, which the pipeline gives as `lemma`, with the tag `tag`."""
    if not tag.startswith("VB"):
        return lemma
    return _MENDED.get(lower) or (_PASTS.get(lower, lemma) if lemma == lower else lemma)
