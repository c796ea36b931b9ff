"""Blocks inside an article that aren't told by it: recommended stories, "read more", newsletters, captions of pictures.

Pages mark them by class or by tag where they do (see `html`); here they are known by the words they begin with. Only
which elements to leave out is found; the page isn't changed, for nodes of a changed page can't be held.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_LONGEST_LEAD = 80
_LONGEST_LINE = 240
# A box of invitations is made of links; this much else is a blurb ("Get the day's news every morning"), more is an article.
_MOST_OWN_WORDS = 400
_MOST_NODES = 2_000
# Signs that pages put before and behind such words: ">> Read also", "[Related: ...]".
_MARKS = " |>\u00bb\u203a\u2026\u2192\u25b6\u25ba\u2022*()[]-\u2013\u2014"
_MOST_LEADS = 50_000
_MOST_LISTS = 500
_MOST_LEVELS = 12
_MOST_BEHIND = 60
_LEADS = "h1, h2, h3, h4, h5, h6, p, strong, b, em, div, span, dt, li, a, summary"
_ENDS = ("html", "body", "main", "article")
_LISTS = ("ul", "ol", "dl")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_THINGS = r"(?:stor(?:y|ies)|articles?|news|posts?|reading|reads?|content|coverage|links?|topics?|videos?|picks?|headlines)"
_LEAD = re.compile(
    rf"""(?:recommended|related|trending|suggested)(?:\ {_THINGS}|\ now|\ today|\ for\ you|\ by\ \S.{{0,40}})*
    |(?:more|top|latest|popular|similar|featured|promoted|sponsored|editor'?s'?|our)\ {_THINGS}(?:\ .{{1,40}})?
    |more\ (?:on|from|about|like|to\ read)(?:\ .{{1,50}})?
    |read\ (?:more|next|also|on)(?:\ .{{1,50}})?|also\ read|see\ also|further\ reading|what\ to\ read\ next|up\ next
    |you\ (?:may|might)\ (?:also\ )?(?:like|enjoy|be\ interested\ in)|don't\ miss(?:\ .{{1,30}})?
    |(?:the\ )?latest\ (?:on|from|in)(?:\ .{{1,40}})?|also\ (?:in\ the\ news|on\ .{{1,30}})|in\ other\ news
    |(?:keep|continue)\ reading(?:\ .{{1,30}})?|from\ (?:our\ partners|the\ archives?|around\ the\ web|the\ web)
    |around\ the\ web|in\ case\ you\ missed\ it|elsewhere\ on(?:\ .{{1,30}})?
    |most\ (?:read|popular|viewed|shared|commented)(?:\ .{{1,30}})?
    |advertisement|share\ this(?:\ .{{1,20}})?|follow\ us(?:\ .{{1,30}})?|comments?|join\ the\ conversation""",
    re.IGNORECASE | re.VERBOSE,
)
_NEWSLETTER = re.compile(
    r"(?:our |the |daily |weekly )*newsletters?(?: sign-? ?up)?|(?:sign up|subscribe)(?: .{1,70})?|"
    r"get .{1,50} (?:newsletters?|in your inbox)",
    re.IGNORECASE,
)
# "Read more: Libya bombs Tunisia" is a line of its own that tells another story.
_LINE = re.compile(
    r"(?:read (?:more|next|also)|also read|see also|related(?: \w+)?|recommended(?: \w+)?|more(?: on this| news)?|watch|listen|"
    r"don't miss|up next|explained?|opinion|in pictures|live(?: updates)?)\s*[:|>\u00bb\u2013\u2014-]\s*\S.*",
    re.IGNORECASE | re.DOTALL,
)


def invitations(root: LexborNode) -> frozenset[int]:
    """Return the ids (`mem_id`) of the elements below `root` that invite to read something else or explain a picture."""
    found = {node.mem_id for node in root.css("figcaption")}
    # A list that is all links is a box without a heading, or with one that we don't know.
    found.update(node.mem_id for node in root.css("ul, ol")[:_MOST_LISTS] if _all_links(node))
    leads = root.css(_LEADS)
    # A page with more of them is a dump, in which looking at each takes longer than it is worth.
    for node in leads if len(leads) <= _MOST_LEADS else ():
        line = _short_text(node)
        if line is None or node.mem_id == root.mem_id:
            continue
        bare = line.replace("\u2019", "'").lstrip(_MARKS)
        lead = bare.rstrip(f"{_MARKS}:.!") if len(bare) <= _LONGEST_LEAD else ""
        newsletter = _NEWSLETTER.fullmatch(lead) is not None
        if newsletter or (_LEAD.fullmatch(lead) and not bare.endswith(".")):
            found.update(box.mem_id for box in _box(node, root, bare_too=newsletter))
        elif node.tag in ("p", "div", "li", *_HEADINGS) and _LINE.fullmatch(bare):
            found.add(node.mem_id)
    return frozenset(found)


def _box(lead: LexborNode, root: LexborNode, *, bare_too: bool) -> Iterator[LexborNode]:
    """Yield the elements that a lead stands above: the box that begins with it, else the links that follow it.

    A box holds links, one of a newsletter (`bare_too`) perhaps none; a section with the heading "More on X" may be told.
    """
    if lead.tag in ("a", "li", "span", "em", "b", "strong") and not _alone(lead):
        # Words of a sentence or an entry of a list, unless all that follows on its line are links.
        line = lead.parent
        apart = lead.tag in ("a", "li") or line is None or line.mem_id == root.mem_id or not _first(lead)
        if line is not None and not apart and _unlinked(line) == (_short_text(lead) or "").split():
            yield line
        return
    box, inner = lead, lead
    for _ in range(_MOST_LEVELS):
        parent = inner.parent
        if parent is None or parent.mem_id == root.mem_id or parent.tag in _ENDS or not _first(inner):
            break
        linked = _own_words(parent)
        if linked is None:
            break
        inner = parent
        # Wrappers of the heading alone hold no links; the box around them may.
        box = inner if linked or bare_too or _short_text(inner) == _short_text(lead) else box
    yield box
    after = _next_element(box)
    # A heading that stands in the flow of the article: the list behind it is its own, and so is what is all links.
    for _ in range(_MOST_BEHIND):
        if after is None or not (after.tag in _LISTS or _all_links(after)):
            break
        yield after
        after = _next_element(after)


def _unlinked(node: LexborNode) -> list[str]:
    """Return the words of a short element that stand in no link; none of a longer one."""
    texts: list[str] = []
    for inner, linked in _below(node, most=40):
        if inner is None:
            return []
        if inner.is_text_node and not linked:
            texts.append(inner.text_content or "")
    return "".join(texts).split()


def _short_text(node: LexborNode) -> str | None:
    """Return the text of an element if it is a line, else None; looks at no more than such a line has."""
    texts: list[str] = []
    length = 0
    for inner, _ in _below(node, most=40):
        if inner is None:
            return None
        if inner.is_text_node:
            texts.append(inner.text_content or "")
            length += len(texts[-1].strip())
            if length > _LONGEST_LINE:
                return None
    return " ".join("".join(texts).split()) or None


def _own_words(node: LexborNode) -> bool | None:
    """Return whether an element holds linked words; None where it has more others than a box of invitations."""
    words, links = 0, False
    for inner, linked in _below(node, most=_MOST_NODES):
        if inner is None:
            return None
        length = len((inner.text_content or "").strip()) if inner.is_text_node else 0
        words += 0 if linked else length
        links = links or (linked and length > 0)
        if words > _MOST_OWN_WORDS:
            return None
    return links


def _all_links(node: LexborNode) -> bool:
    linked_words = words = 0
    for inner, linked in _below(node, most=_MOST_NODES):
        if inner is None:
            return False
        length = len((inner.text_content or "").strip()) if inner.is_text_node else 0
        words += length
        linked_words += length if linked else 0
    return linked_words > 0 and linked_words == words


def _below(node: LexborNode, most: int) -> Iterator[tuple[LexborNode | None, bool]]:
    """Yield the nodes below `node` with whether they stand in a link; None after `most` of them. Without recursion."""
    stack = [(child, node.tag == "a") for child in _children(node)]
    seen = 0
    while stack:
        inner, linked = stack.pop()
        seen += 1
        if seen > most:
            yield None, False
            return
        yield inner, linked
        if inner.is_element_node:
            stack.extend((child, linked or inner.tag == "a") for child in _children(inner, most))


def _children(node: LexborNode, most: int = _MOST_NODES) -> list[LexborNode]:
    """Return the first children in reverse order, as a stack wants them."""
    found: list[LexborNode] = []
    child = node.child
    while child is not None and len(found) <= most:
        found.append(child)
        child = child.next
    return found[::-1]


def _first(node: LexborNode) -> bool:
    """Return whether nothing stands before an element within its parent."""
    before = node.prev
    while before is not None:
        if before.is_element_node or (before.is_text_node and (before.text_content or "").strip()):
            return False
        before = before.prev
    return True


def _alone(node: LexborNode) -> bool:
    """Return whether an element is all of its block: "<p><b>Read more</b></p>"."""
    return _first(node) and (node.next is None or _next_is_apart(node))


def _next_is_apart(node: LexborNode) -> bool:
    after = node.next
    while after is not None and after.is_text_node and not (after.text_content or "").strip():
        after = after.next
    return after is None or (
        after.is_element_node and after.tag not in ("a", "span", "b", "strong", "em", "i", "li")
    )


def _next_element(node: LexborNode) -> LexborNode | None:
    """Return the element behind another, None where text of its own stands between."""
    after = node.next
    while after is not None and not after.is_element_node:
        if after.is_text_node and (after.text_content or "").strip():
            return None
        after = after.next
    return after
