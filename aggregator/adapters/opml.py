"""Lists of feeds: OPML 1 and 2 as programs really write it, and RDF (FOAF), to entries; entries to OPML 2. Pure.

Nothing that a list names is fetched. Malformed lists are read as far as they go: undeclared entities, a wrong
encoding, missing ends, several lists in one file, names of attributes in any case. What is no entry that can be
followed is a `Problem` that says why.

What only this program knows of a source stands in attributes of a namespace of its own, so that a list that was written
here gives the same sources when it is read again, and other programs see a plain list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aggregator.adapters import charsets, markup
from aggregator.adapters.gate import parse_strictly
from aggregator.adapters.links import web_url
from aggregator.adapters.markup import legal
from aggregator.errors import ReadError
from aggregator.model import Problem
from aggregator.text import one_line

NAMESPACE = "urn:press-release-aggregator:source"
MAX_BYTES = 20_000_000
MAX_ENTRIES = 10_000
_MOST_LISTS = 50
"""Lists in one file."""
_LONGEST_NAME, _MOST_GROUPS, _DEEPEST = 200, 100, 10
"""Letters of a title or a group, groups of one feed, and folders in each other that are told: what stands above ten
thousand feeds is kept with each."""
_OTHER_LIST = frozenset({"include", "link"})
_ROOT = re.compile(r"<(?:[\w.-]+:)?opml(?=[\s>/])", re.IGNORECASE)
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    """One feed as a list names it."""

    title: str
    xml_url: str
    """Absolute http(s) address of the feed; empty for what only this program can read (a folder, a mailbox)."""
    html_url: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()
    """``Press/Steel`` style paths: the outlines that it stands in, and its categories."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """What this program wrote of it when the list was exported."""


@dataclass(frozen=True, slots=True)
class FeedList:
    title: str
    entries: tuple[ListedFeed, ...]
    problems: tuple[Problem, ...]


def read(data: bytes, charset: str = "") -> FeedList:
    """The feeds of a list; each address once, with the groups of all its places.

    Raises ReadError: ``empty``, ``binary``, ``too_large``, ``parse_limit``, ``not_a_list``.
    """
    if not data.strip():
        raise ReadError("empty", "the list is empty")
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", f"{len(data):,} bytes; a list may have {MAX_BYTES:,}")
    text = charsets.decode(data, charset).text
    markup.check_limits(text)
    root = markup.find_root(text)
    name = root.name.rpartition(":")[2].lower()
    if name not in (
        "opml",
        "outlinedocument",
        "rdf",
    ):  # the second: what OPML was called before it had a name
        what = f"its root element is <{root.name[:40]}>" if root.name else "no element is in it"
        raise ReadError("not_a_list", f"this is no OPML and no RDF list: {what}")
    entities = markup.harmless_entities(text[slice(*root.doctype)]) if root.doctype else {}
    titles, found = [], list[ListedFeed | Problem]()
    for tree in _trees(text[root.start :], entities):
        titles.append(_title(tree))
        found += _rdf(tree) if name == "rdf" else _outlines(tree)
    return _merged(next(filter(None, titles), ""), found)


def _trees(text: str, entities: dict[str, str]) -> Iterator[Any]:
    """The roots of a list; of a malformed one what can be made of it."""
    from lxml import etree

    tree = parse_strictly(text)
    if tree is not None:
        yield tree
        return
    starts = [found.start() for found in _ROOT.finditer(text)][:_MOST_LISTS] or [0]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece, _ = markup.repair(text[start:end], entities)
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            made = etree.fromstring(piece.encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        if made is not None:
            yield made


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _title(tree: Any) -> str:
    heads = (child for element in tree if _local(element) == "head" for child in element)
    return next((one_line(e.text or "") for e in heads if _local(e) == "title"), "")


def _merged(title: str, found: Iterable[ListedFeed | Problem]) -> FeedList:
    entries: dict[tuple[str, str], ListedFeed] = {}
    problems: list[Problem] = []
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        key = (item.xml_url, item.settings.get("url", ""))
        before = entries.get(key)
        if before is None and len(entries) >= MAX_ENTRIES:
            problems.append(Problem("too_many_items", f"more than {MAX_ENTRIES:,} feeds", item.xml_url))
            break
        kept = before or item
        groups = dict.fromkeys((*(before.groups if before else ()), *item.groups))
        entries[key] = ListedFeed(
            title=kept.title or item.title, xml_url=kept.xml_url, html_url=kept.html_url or item.html_url,
            language=kept.language or item.language, groups=tuple(groups)[:_MOST_GROUPS],
            settings=kept.settings or item.settings,
        )  # fmt: skip
    return FeedList(title, tuple(entries.values()), tuple(problems))


# -- OPML --------------------------------------------------------------------------------------------


def _outlines(tree: Any) -> Iterator[ListedFeed | Problem]:
    """Every outline, wherever it stands: some programs write them behind the body."""
    pending: list[tuple[Any, tuple[str, ...]]] = [(tree, ())]
    while pending:
        element, path = pending.pop()
        inner = path
        if _local(element) == "outline":
            values = {name.rpartition("}")[2].lower(): value.strip() for name, value in element.items()}
            yield from _outline(element, values, path)
            name = _name(values).replace("/", "∕")
            inner = (*path, name) if name and len(path) < _DEEPEST else path
        pending += [(child, inner) for child in reversed(element)]


def _outline(element: Any, values: dict[str, str], path: tuple[str, ...]) -> Iterator[ListedFeed | Problem]:
    own = {
        k.removeprefix(f"{{{NAMESPACE}}}"): v for k, v in element.items() if k.startswith(f"{{{NAMESPACE}}}")
    }
    kind = values.get("type", "").lower()
    given = values.get("xmlurl") or ("" if kind in _OTHER_LIST else values.get("url", ""))
    title = _name(values)
    page = web_url(values.get("htmlurl", ""))
    if own.get("url") or (given and web_url(given)):
        yield ListedFeed(
            title=title, xml_url=web_url(given), html_url=page, language=values.get("language", "")[:35],
            groups=_groups(values.get("category", ""), path), settings=own,
        )  # fmt: skip
    elif given:
        yield Problem("bad_url", f"{one_line(given)[:200]!r} is no web address", title or given[:200])
    elif kind in _OTHER_LIST and values.get("url"):
        detail = f"{one_line(values['url'])[:200]} is another list or page: import or add it itself"
        yield Problem("other_list", detail, title)
    elif page:
        yield Problem(
            "no_feed", f"{page} is a page without its feed: `sources add {page}` looks for one", title
        )
    elif "xmlurl" in values or (kind in ("rss", "atom") and not len(element)):
        yield Problem("no_feed", "neither a feed nor a page is named", title)


def _name(values: dict[str, str]) -> str:
    return one_line((values.get("text") or values.get("title") or "")[: 2 * _LONGEST_NAME])[:_LONGEST_NAME]


def _groups(categories: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """``/Press/Steel,new``: paths and words (OPML 2.0, "category")."""
    named = (
        "/".join(filter(None, (one_line(p) for p in c.split("/")))) for c in categories[:10_000].split(",")
    )
    return tuple(dict.fromkeys(filter(None, ("/".join(path), *named))))


# -- RDF ---------------------------------------------------------------------------------------------


def _rdf(tree: Any) -> Iterator[ListedFeed | Problem]:
    """The channels of people and groups (FOAF), and feeds in the way of Yandex."""
    # One that stands in another is a part of it: each element is looked at once.
    agents = [e for e in tree.iter() if _is_agent(e) and not any(_is_agent(a) for a in e.iterancestors())]
    seen = 0
    for agent in agents or [tree]:
        name = next(
            (one_line(e.text or "") for e in agent.iter() if _local(e) in ("name", "member_name")), ""
        )[:_LONGEST_NAME]
        page = next((web_url(e.get(f"{_RDF}about", "")) for e in agent.iter() if _local(e) == "document"), "")
        for element in agent.iter():
            given = _channel(element)
            if given is None:
                continue
            seen += 1
            url = web_url(given)
            if url:
                yield ListedFeed(title=name, xml_url=url, html_url=page)
            else:
                yield Problem("bad_url", f"{one_line(given)[:200]!r} is no web address", name)
        if page and not any(_channel(e) is not None for e in agent.iter()):
            seen += 1
            detail = f"{page} is a page without its feed: `sources add {page}` looks for one"
            yield Problem("no_feed", detail, name)
    if not seen:
        yield Problem("no_feed", "the list names no feed")


def _is_agent(element: Any) -> bool:
    return _local(element) in ("agent", "person")


def _channel(element: Any) -> str | None:
    """The address of a feed that an element names; None for other elements."""
    kind = _local(element)
    attribute = {"channel": "about", "feed": "resource"}.get(kind)
    given = str(element.get(f"{_RDF}{attribute}", "")).strip() if attribute else ""
    return given or None


# -- writing -----------------------------------------------------------------------------------------


def write(title: str, entries: Iterable[ListedFeed]) -> bytes:
    """OPML 2.0 of these entries, in their order. No date: the same entries give the same bytes."""
    from lxml import etree

    root: Any = etree.Element("opml", {"version": "2.0"}, nsmap={"source": NAMESPACE})
    head: Any = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = one_line(legal(title))
    body: Any = etree.SubElement(root, "body")
    for entry in entries:
        values = {"text": entry.title, "title": entry.title}
        if entry.xml_url:
            values |= {"type": "rss", "xmlUrl": entry.xml_url}  # what OPML calls every feed, Atom too
        values |= {"htmlUrl": entry.html_url, "language": entry.language, "category": ",".join(entry.groups)}
        values |= {f"{{{NAMESPACE}}}{key}": value for key, value in entry.settings.items()}
        etree.SubElement(body, "outline", {key: legal(value) for key, value in values.items() if value})
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return made
