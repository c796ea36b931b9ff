"""Rules on the way of goods: "A lives on oil that goes through B", "oil from A flows through B to C", "gold from A goes to B".

The goods are the subject here, or what somebody lives on; who sends them is whose they are, whence they come, or who lives on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding, combine
from allegiance.coding.lexicon import Frame
from allegiance.coding.party import Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word

_TRADE = Frame("trade", "", 0, ("to",))
_SUPPLY = Frame("supply", "", 0, ("to",))
_FINANCE = Frame("finance", "", 0, ("to",))
_TO, _VIA, _FROM = ("to", "into"), ("through", "via", "across"), ("from", "out")
# "lives on oil", "earns millions from oil", "is financed by oil": whose income it is.
_LIVING = {
    "on": frozenset({"live", "survive", "depend", "rely", "thrive", "subsist", "feed", "grow"}),
    "from": frozenset({"earn", "make", "draw", "derive", "raise", "get", "profit", "live", "benefit"}),
    "off": frozenset({"live", "feed"}),
    "by": frozenset({"finance", "fund", "sustain", "feed", "bankroll"}),
    "with": frozenset({"finance", "fund", "sustain", "feed"}),
    "through": frozenset({"finance", "fund", "sustain"}),
}
_SELLING = frozenset({"sell", "export", "smuggle", "ship", "truck", "transport", "traffic", "move"})
_COMING = frozenset({"come", "arrive", "reach", "trickle"})
_PAST_GOODS = frozenset({"sale", "export", "trade", "smuggling", "trafficking", "revenue", "income"})


def find(view: View) -> Iterator[Finding]:
    """Yield from whom to whom, or through whom, goods go."""
    for noun in view.sent.words:
        goods = view.lexicon.has("goods", noun.lemma) or view.lexicon.has("money", noun.lemma)
        if noun.is_noun and goods and noun.dep not in ("compound", "nmod"):
            yield from _ways_of(view, noun)


def _ways_of(view: View, noun: Word) -> Iterator[Finding]:
    living = view.parties(_living_on(view, noun))
    for verb in _moving(view, noun):
        senders = (
            view.finder.owners_before(noun)
            or view.parties(view.clauses.doers(verb) if view.clauses.is_passive(verb) else [])
            or [party for one in (verb, noun) for party in _places(view, view.clauses.behind(one, *_FROM))]
            or (_places(view, view.clauses.undergoers(verb)) if verb.lemma == "leave" else [])
        )
        through = _places(view, view.clauses.behind(verb, *_VIA))
        reached = view.clauses.undergoers(verb) if verb.lemma in ("reach", "enter") else []
        towards = list(view.clauses.behind(verb, "for")) if verb.lemma == "leave" else []
        ends = _places(
            view, [*reached, *towards, *view.clauses.behind(verb, *_TO), *view.clauses.behind(noun, "for")]
        )
        armed = view.lexicon.has("arms", noun.lemma)
        if living and (armed or verb.lemma in _COMING) and not ends:
            agents, targets = senders or through, living  # "the rebels rely on arms that come through B"
        else:
            agents, targets = living or senders[:1], ends or through
        frame = _SUPPLY if armed else _FINANCE if view.lexicon.has("money", noun.lemma) else _TRADE
        for agent, target in combine(agents, targets, frame):
            words = _words(view, noun, agent, target, (verb, through, ends))
            yield Finding(verb, frame, agent, target, "goods-way", words)


def _moving(view: View, noun: Word) -> Iterator[Word]:
    """Yield the verbs that say where the goods go: "oil that passes through", "oil smuggled through", "oil flows to"."""
    has = view.lexicon.has
    for clause in view.sent.kids(noun, "relcl", "acl"):
        yield from (one for one in view.sent.conjuncts(clause) if has("moving", one.lemma))
    head = view.sent.head(noun)
    if head is None or noun.dep not in ("nsubj", "nsubjpass", "dobj"):
        return
    # "A ships oil to B" is told by the verb's own rule; "trucks carry oil from A to B" has nobody who does it
    told = noun.dep == "dobj" and not _living_on(view, noun) and view.parties(view.clauses.doers(head))
    if not told:
        yield from (one for one in view.sent.conjuncts(head) if has("moving", one.lemma))


def _living_on(view: View, noun: Word) -> list[Word]:
    """Whose income the goods are: of "A lives on oil", "A is financed by selling oil", "A earns millions from the sale of oil"."""
    word, above = noun, view.sent.head(noun)
    if noun.dep == "dobj" and above is not None and above.lemma in _SELLING:
        word, above = above, view.sent.head(above)
    elif noun.dep == "pobj" and above is not None and above.lower == "of":
        sale = view.sent.head(above)
        if sale is None or sale.lemma not in _PAST_GOODS:
            return []
        word, above = sale, view.sent.head(sale)
    if noun.dep == "attr" and above is not None:
        # "A's main source of income is oil that ..."
        sources = (
            one for one in view.clauses.subjects(above) if one.lemma in ("source", "lifeline", "income")
        )
        return [kid for one in sources for kid in view.sent.kids(one, "poss")]
    if word.dep not in ("pobj", "pcomp") or above is None:
        return []
    verb = view.sent.head(above)
    if verb is not None and not verb.is_verb:
        verb = view.sent.head(verb)  # "earns a million dollars from": hung on the money
    if verb is None or verb.lemma not in _LIVING.get(above.lower, ()):
        return []
    if view.clauses.is_passive(verb):
        return view.clauses.undergoers(verb)
    return view.clauses.doers(verb)


def _places(view: View, words: Iterable[Word]) -> list[Party]:
    """The parties in some phrases, of a place that no table knows its name: "the port of Marn"."""
    found: dict[str, Party] = {}
    for word in words:
        for one in view.sent.conjuncts(word):
            for party in view.finder.at(one) or _named_place(view, one):
                found.setdefault(party.actor, party)
    return list(found.values())


def _whose(view: View, word: Word) -> list[Party]:
    """Whose the way is: "across the Turkish border", "through banks of B"."""
    if not (view.lexicon.has("holdings", word.lemma) or view.lexicon.has("place_names", word.lemma)):
        return []
    return [one for one in view.finder.owners_before(word) if one.known][:1]


def _named_place(view: View, word: Word) -> list[Party]:
    if not view.lexicon.has("place_names", word.lemma):
        return _whose(view, word)
    names = [kid for prep in view.sent.kids(word, "prep") for kid in view.sent.kids(prep, "pobj")]
    names.extend(view.sent.kids(word, "appos"))
    found = [party for name in names for party in view.finder.at(name)]
    name = view.finder.phrase(word)
    capital = any(part[:1].isupper() for part in name.split())
    bare = name.removeprefix("the ").removeprefix("The ")
    unnamed = [Party(bare, name, word.i, known=False, label="GPE")] if capital else []
    return found[:1] or _whose(view, word) or unnamed


def _words(
    view: View, noun: Word, agent: Party, target: Party, way: tuple[Word, list[Party], list[Party]]
) -> tuple[tuple[str, str], ...]:
    verb, through, ends = way
    found = {"goods": view.finder.phrase(noun)}
    stations = [one.text for one in through if one.actor not in (agent.actor, target.actor)]
    if stations:
        found["via"] = "; ".join(stations)
    origin = [one for one in _places(view, view.clauses.behind(verb, *_FROM)) if one.actor != agent.actor]
    if origin:
        found["origin"] = origin[0].text
    if ends and ends[0].actor != target.actor:
        found["destination"] = ends[0].text
    return tuple(sorted(found.items()))
