"""What in a mail's text is the text: without covering letter, signature, footers and notices, by its lines.

Works on lines alone, so that plain text and HTML (whose blocks are lines too) follow the same rules. An empty
line is a gap. Nothing is changed here: what comes out says which lines stay, and which rule took the others.
Words: `mail.toml`; rules: docs/rules.md, "E-mail". Knows nothing of MIME and of markup. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aggregator.adapters.mailheads import is_forward, size, unwrapped, words

PROSE = 80
"""Characters from which on a paragraph is prose and no menu, address or label."""
_ADDRESS_LINE = 40
"""Characters that the lines of addresses and signatures stay below on average."""
_QUOTED = re.compile(r"\s{0,3}>\s?")
_URL = re.compile(r"<?https?://\S+")
_PICTURE = re.compile(
    r"\s*[\[<](?:cid:|image[: ]|bild[: ]|logo\b|inline image|inline-bild)[^\]>]{0,200}[\]>]\s*", re.I
)
_EARLY, _HALF, _LATE = 0.2, 0.5, 0.6
"""Shares of the text, in characters, that stand before a paragraph."""
_SHORT_GROUP, _COVER_GROUP, _GREETING = 300, 400, 90
_MOST_AFTER_DASHES = 12
_BLANK = " \t\u00a0>"


@dataclass(frozen=True, slots=True)
class Letter:
    """Which of the lines are the text."""

    start: int
    end: int
    dropped: dict[int, str]
    """Number of a line between `start` and `end`, and the rule that took it."""
    head: dict[str, str] = field(default_factory=dict)
    """``from``, ``date``, ``subject`` of the innermost forwarded mail, as written."""
    cut: tuple[str, ...] = ()
    """The rules that set `end`."""
    quoted: bool = False
    """Whether the text stands behind quotation marks (``> ``)."""

    def keeps(self, number: int) -> bool:
        return self.start <= number < self.end and number not in self.dropped

    def rules(self) -> str:
        """What was taken, for the record: ``mail.forwarded, mail.unsubscribe (3)``, with numbers of lines."""
        counts = dict.fromkeys((*(("mail.forwarded",) if self.head else ()), *self.cut), 1)
        for rule in self.dropped.values():
            counts[rule] = counts.get(rule, 0) + 1
        return ", ".join(f"{rule} ({n})" if n > 1 else rule for rule, n in counts.items())


def read(lines: Sequence[str], subject: str = "") -> Letter:
    """Find the text. `subject` is the mail's own, uncleaned: it tells a forwarded mail from an answer.

    Where nothing would be left, everything between the heads is kept: then it is no debris.
    """
    start, answered, head = unwrapped(lines, is_forward(subject))
    debris = dict(_debris(lines, start, answered))
    debris |= {n: rule for n, rule in _cover(lines, start, answered) if n not in debris}
    rest = [line if n not in debris else "" for n, line in enumerate(lines)]
    end = _signature(rest, start, answered)
    filled = [line for line in rest[start:end] if line.strip(_BLANK)]
    if not filled:
        debris, end, filled = {}, answered, [line for line in lines[start:answered] if line.strip()]
    cut = ("mail.answered",) * (answered < len(lines)) + ("mail.signature",) * (end < answered)
    quoted = bool(filled) and sum(bool(_QUOTED.match(line)) for line in filled) >= 0.8 * len(filled)
    return Letter(start, end, {n: r for n, r in debris.items() if n < end}, head, cut, quoted)


def unquoted(line: str) -> str:
    """A line without the first quotation mark of a mail."""
    return _QUOTED.sub("", line, count=1)


def prose(lines: Sequence[str]) -> int:
    """Characters of running text: paragraphs of `PROSE` or more whose lines are no address's; links not counted."""
    total = 0
    for group in groups(lines, 0, len(lines)):
        count = len(_URL.sub("", " ".join(lines[n].strip() for n in group)))
        total += count if count >= max(PROSE, _ADDRESS_LINE * len(group)) else 0
    return total


def groups(lines: Sequence[str], start: int, end: int) -> Iterator[list[int]]:
    """Numbers of the lines between gaps."""
    current: list[int] = []
    for number in range(start, end):
        if lines[number].strip(_BLANK):
            current.append(number)
        elif current:
            yield current
            current = []
    if current:
        yield current


# -- covering letter and signature -------------------------------------------------------------------


def _cover(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    """The lines to the editor above the release: the salutation, and what follows up to the closing
    formula, if the longer part stands behind that; else a sentence that only announces the release."""
    found = list(groups(lines, start, end))
    at = next((i for i, group in enumerate(found[:3]) if _is_greeting(lines[group[0]])), None)
    if at is None:
        return
    yield found[at][0], "mail.greeting"
    closing = next((i for i, group in enumerate(found) if i >= at and _is_closing(lines[group[0]])), None)
    if closing is not None and closing + 1 < len(found):
        after = found[closing + 1][0]
        if prose(lines[after:end]) > prose(lines[start:after]):
            last = closing + _is_name(lines, found[closing + 1])
            yield from ((n, "mail.cover") for group in found[: last + 1] for n in group if n != found[at][0])
            return
    following = found[at + 1] if len(found[at]) == 1 and at + 1 < len(found) else []
    if following and _announces(" ".join(lines[n] for n in following)):
        yield from ((n, "mail.cover") for n in following)


def _is_greeting(line: str) -> bool:
    low = line.strip(_BLANK).lower()
    if len(low) > _GREETING or not low.startswith(tuple(words()["cover"]["greeting"])):
        return False
    return low.endswith((",", "!", ":")) or low.startswith("sehr geehrte")


def _is_closing(line: str) -> bool:
    low = line.strip(_BLANK).lower()
    return len(low) <= _GREETING and low.startswith(tuple(words()["cover"]["closing"]))


def _is_name(lines: Sequence[str], group: Sequence[int]) -> bool:
    """Whether a paragraph is the name under a letter: few lines of few words."""
    return len(group) <= 4 and all(len(lines[n].split()) <= 4 for n in group)


def _announces(text: str) -> bool:
    low = text.lower()
    said = (*words()["attached"]["words"], *words()["subject"]["genre"])
    return len(text) <= _COVER_GROUP and any(re.search(rf"\b{re.escape(word)}\b", low) for word in said)


def _signature(lines: Sequence[str], start: int, end: int) -> int:
    """Where the signature begins: ``-- `` alone in a line (RFC 3676 section 4.3), or a closing formula.

    What holds prose is none: many issuers put their boilerplate there.
    """
    total = size(lines, start, end)
    for number in range(start + 1, end):
        line = lines[number]
        dashes = line == "-- " or (line.strip() == "--" and end - number <= _MOST_AFTER_DASHES)
        if (dashes or _is_closing(line)) and not prose(lines[number:end]):
            return number if size(lines, start, number) > _HALF * total else end
    return end


# -- what mail programs and mailing tools add --------------------------------------------------------


def _debris(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    """Lines that are about the mail. Behind a footer in the last part, all that is short is footer too."""
    total = max(1, size(lines, start, end))
    before, footer = 0, False
    for group in groups(lines, start, end):
        texts = [lines[n].strip(_BLANK) for n in group]
        # In the middle of a text, "unsubscribe" is what it speaks of.
        edge = before < _EARLY * total or before + sum(map(len, texts)) > _HALF * total
        rules = _of_group(texts) if edge else [""] * len(texts)
        ends = [i for i, rule in enumerate(rules) if rule in ("mail.unsubscribe", "mail.disclaimer")]
        if footer and sum(map(len, texts)) < _SHORT_GROUP:
            rules = [rule or "mail.footer" for rule in rules]
        elif ends and before > _LATE * total:
            rules[ends[0] :] = [rule or "mail.footer" for rule in rules[ends[0] :]]
            footer = True
        yield from ((n, rule) for n, rule in zip(group, rules, strict=True) if rule)
        before += sum(map(len, texts))


def _of_group(texts: list[str]) -> list[str]:
    """The rule for each line of a paragraph; empty where none takes it."""
    whole = " ".join(texts).lower()
    if whole.startswith(tuple(words()["footer"]["disclaimer"])):
        return ["mail.disclaimer"] * len(texts)
    if len(texts) <= 3 and len(whole) <= _SHORT_GROUP:
        rule = _of_line(whole)
        if rule:
            return [rule] * len(texts)
    return [_of_line(text.lower()) for text in texts]


def _of_line(low: str) -> str:
    if _PICTURE.fullmatch(low):
        return "mail.picture"
    if low.startswith(("http://", "https://", "<http")) and " " not in low and is_tracking(low.strip("<>")):
        return "mail.tracking"
    if len(low) > _SHORT_GROUP:
        return ""
    table = words()["footer"]
    shown = _URL.sub("", low)
    if any(phrase in shown for phrase in table["view_online"]):
        return "mail.view_online"
    alone = {part.strip(" .:()[]<>") for part in re.split(r"[|·•]|\s-\s", shown)}
    if alone & set(table["unsubscribe_alone"]) or any(phrase in shown for phrase in table["unsubscribe"]):
        return "mail.unsubscribe"
    return ""


def is_tracking(url: str) -> bool:
    """Whether an address is likely to name its recipient: it is long, or counts clicks."""
    table = words()["tracking"]
    if len(url) > table["longest"]:
        return True
    host, _, path = url.partition("://")[2].partition("/")
    labels = host.lower().split(".")
    return (len(labels) > 2 and labels[0] in table["hosts"]) or any(p in f"/{path}" for p in table["paths"])
