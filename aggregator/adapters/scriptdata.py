"""The data in a page's scripts and attributes: JSON, JSON-LD, the state of Next.js, Nuxt, Redux and their like.

What a script assigns is read as JSON where it is JSON; no script is run. Pure, bounded, and never raises for what
a page holds: a script that is no data gives nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cssselect import HTMLTranslator
from cssselect.parser import SelectorError
from lxml import etree

from aggregator.reading.markup import parse

LONGEST = 8_000_000
"""Characters of one script."""
_MOST = 400
"""Scripts of one page that are looked at."""
_MOST_VALUES = 200_000
"""Values of a payload that name each other; a thousandfold repetition ends here."""
_WRAPPER = re.compile(
    r"^\s*(?://|/\*)?\s*<!(?:--|\[CDATA\[)(?:\*/)?|(?://|/\*)?\s*(?:--|\]\])>\s*(?:\*/)?\s*$"
)
_ASSIGNED = re.compile(r"(?<![=!<>])=\s*(?=[\[{\"J])")
_PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")
_UNDEFINED = re.compile(r"(?<=[:\[,])\s*(?:undefined|void 0|NaN)\s*(?=[,}\]])")
_PUSH = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_ROW = re.compile(r"^[0-9a-f]{1,6}:(?=[\[{])", re.M)
_ATTRIBUTE = re.compile(r"^(.*?)@([\w:-]{1,60})$", re.S)
_NAMED = re.compile(
    r"\s*(?:window\.|self\.|globalThis\.|var |let |const )?([\w$.]{3,60}|\[[\"'][^\"']{1,60}[\"']\])\s*=\s*[\[{J\"]"
)
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z_:][\w:-]{0,59}")
_PLAIN = re.compile(r"[\w./+:; =-]{1,100}")
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of data, and the locator that leads to its script or attribute."""

    locator: str
    value: Any


def located(html: str, locator: str) -> list[Any]:
    """The data in the scripts or attributes that a locator names; see `model.Recipe.data`. Raises ValueError, in words."""
    root, _ = parse(html)
    return _located(root, locator) if root is not None else []


def _located(root: etree._Element, locator: str) -> list[Any]:
    hit = _ATTRIBUTE.match(locator)
    path, name = (hit[1], hit[2]) if hit and not hit[1].endswith(("/", "[")) else (locator, "")
    try:
        expression = path if path.startswith(("/", "./", "(")) else HTMLTranslator().css_to_xpath(path)
        nodes = root.xpath(expression)
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(f"{locator!r} is no locator: {error}") from None
    elements = [n for n in nodes if isinstance(n, etree._Element)] if isinstance(nodes, list) else []
    texts = [(e.get(name) or "") if name else "".join(e.itertext()) for e in elements[:_MOST]]
    return _values(texts)


def every(html: str) -> Iterator[Found]:
    """All data of a page, each with a locator that does not depend on where its script stands."""
    root, _ = parse(html)
    if root is None:
        return
    seen: set[str] = set()
    for script in [e for e in root.iter("script") if not e.get("src")][:_MOST]:
        locator = _locator(script)
        if locator and locator not in seen:
            seen.add(locator)
            for value in _located(root, locator):
                yield Found(locator, value)
    for element in root.iter():
        for name, text in element.attrib.items() if isinstance(element.tag, str) else ():
            plain = _ATTRIBUTE_NAME.fullmatch(str(name))
            if (
                plain
                and len(text) > 200
                and text.lstrip()[:1] in "[{"
                and (value := parsed(str(text))) is not None
            ):
                yield Found(
                    f"[{name}]@{name}" if ":" not in name else f"//*[@*[name()='{name}']]@{name}", value
                )


def _locator(script: etree._Element) -> str:
    kind, text = (script.get("type") or "").lower(), script.text or ""
    called, given = script.get("id") or "", script.get("type") or ""
    if called:
        return f'script[id="{called}"]' if _PLAIN.fullmatch(called) else ""
    if "json" in kind:
        return f'script[type="{given}"]' if _PLAIN.fullmatch(given) else ""
    if _PUSH.search(text):
        return "//script[contains(., '__next_f.push')]"
    found = _NAMED.match(text)
    name = found[1].strip("[]\"'") if found else ""
    return f"//script[contains(., '{name}')]" if name else ""


def _values(texts: list[str]) -> list[Any]:
    pushed = [text for text in texts if _PUSH.search(text[:200])]
    values = [v for text in texts if text not in pushed and (v := parsed(text)) is not None]
    return [*values, *_streamed(pushed)] if pushed else values


def parsed(script: str) -> Any:
    """The data of one script: JSON itself, or what it assigns; None where it is none."""
    text = _WRAPPER.sub("", script[:LONGEST]).strip()
    if not text:
        return None
    if text[0] in "[{":
        return _unflattened(_json(text))
    hit = _PARSED.search(text)
    if hit:
        inner = _json(text[hit.end() :], whole=False)
        return _json(inner) if isinstance(inner, str) else None
    hit = _ASSIGNED.search(text, 0, 2_000)
    return _json(text[hit.end() :], whole=False) if hit else None


def _json(text: str, *, whole: bool = True) -> Any:
    for attempt in (text, _UNDEFINED.sub("null", text) if "undefined" in text or "void 0" in text else ""):
        try:
            if attempt:
                return json.loads(attempt, strict=False) if whole else _DECODER.raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _streamed(scripts: list[str]) -> list[Any]:
    """The rows that Next.js (app router) pushes to its page in pieces, those that are objects or arrays."""
    pieces: list[str] = []
    for script in scripts:
        for hit in _PUSH.finditer(script):
            value = _json(script[hit.end() :], whole=False)
            if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
                pieces.append(value[1])
    text = "".join(pieces)
    rows = (_json(text[hit.end() :], whole=False) for hit in _ROW.finditer(text))
    return [row for row in rows if row is not None]


def _unflattened(value: Any) -> Any:
    """A Nuxt 3 payload (``devalue``): one array whose values name each other by their place in it."""
    if not (isinstance(value, list) and len(value) > 1 and _is_payload(value[0])):
        return value
    left = [_MOST_VALUES]

    def made(index: Any, depth: int) -> Any:
        left[0] -= 1
        if depth > 60 or left[0] < 0 or not isinstance(index, int) or not 0 <= index < len(value):
            return None
        flat = value[index]
        if isinstance(flat, dict):
            return {k: made(i, depth + 1) for k, i in flat.items()}
        if isinstance(flat, list) and flat and isinstance(flat[0], str):
            return (
                flat[1]
                if flat[0] == "Date" and len(flat) > 1
                else made(flat[1], depth + 1)
                if len(flat) == 2
                else None
            )
        return [made(i, depth + 1) for i in flat] if isinstance(flat, list) else flat

    return made(0, 0)


def _is_payload(first: Any) -> bool:
    if isinstance(first, list):
        return len(first) == 2 and isinstance(first[0], str) and isinstance(first[1], int)
    return isinstance(first, dict) and bool(first) and all(type(i) is int for i in first.values())
