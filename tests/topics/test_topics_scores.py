"""How evidence adds up to a topic, and what a rule may ask for beside words."""

from __future__ import annotations

from typing import Any

import pytest

from aggregator.model import Mention, Topic
from aggregator.topics import Rulebook, iptc, match

STEEL = Topic(id="steel", title="Steel", any=("Stahl", "Walzwerk", "Hochofen"))


def one(
    make: Any, copy: Any, topic: Topic = STEEL, mentions: tuple[Mention, ...] = (), kind: str = ""
) -> Any:
    found = match(copy, mentions, kind, Rulebook((topic,)))
    return found[0] if found else None


def test_a_word_repeated_in_the_body_does_not_carry_a_topic(make: Any) -> None:
    copy = make("Neues", ("paragraph", "Die Lage."), ("paragraph", "Stahl, Stahl und Stahl. " * 10))
    found = one(make, copy)
    assert found.score == 1.5
    assert not found.matched


def test_several_words_of_a_rule_do(make: Any) -> None:
    copy = make(
        "Neues", ("paragraph", "Die Lage."), ("paragraph", "Stahl aus dem Walzwerk und dem Hochofen.")
    )
    assert one(make, copy).matched


def test_lead_and_body_together_do(make: Any) -> None:
    copy = make("Neues", ("paragraph", "Mehr Stahl."), ("paragraph", "Der Stahl glüht."))
    assert one(make, copy).score == 3.0


def test_boilerplate_and_teasers_weigh_nothing(make: Any) -> None:
    copy = make(
        "Neues",
        ("paragraph", "Die Lage."),
        ("boilerplate", "Stahl Walzwerk Hochofen"),
        ("teaser", "Stahl " * 9),
    )
    assert one(make, copy) is None


def test_a_rule_may_weigh_the_boilerplate(make: Any) -> None:
    topic = Topic(id="t", title="T", any=("Stahl",), weights={"boilerplate": 3.0})
    assert one(make, make("Neues", ("boilerplate", "Stahl")), topic).matched


def test_two_entries_that_share_a_word_count_once(make: Any) -> None:
    topic = Topic(id="t", title="T", any=("Pumpe", "Pumpensystem", "neue Pumpe"))
    assert one(make, make("Das Pumpensystem"), topic).score == 4.0
    assert one(make, make("Eine neue Pumpe"), topic).score == 4.0


def test_a_vetoed_topic_is_a_near_miss_that_says_why(make: Any) -> None:
    topic = Topic(id="t", title="T", any=("Stahl",), none=("Stellenanzeige",))
    found = one(make, make("Stahl", ("paragraph", "Stellenanzeige: Stahl")), topic)
    assert not found.matched
    assert found.evidence[0].startswith("veto: lead: Stellenanzeige")


def test_a_missing_word_is_named(make: Any) -> None:
    topic = Topic(id="t", title="T", all=("Stahl", "China"))
    found = one(make, make("Stahl"), topic)
    assert (found.matched, found.evidence[0]) == (False, "missing: China")


def test_evidence_names_part_word_rule_and_line(make: Any) -> None:
    assert one(make, make("Neues Stahlwerk")).evidence == ("title: Stahlwerk (Stahl, line 1) +4",)


def test_matched_topics_come_first(make: Any) -> None:
    book = Rulebook(
        (Topic(id="a", title="A", any=("Eins",), min_score=5), Topic(id="b", title="B", any=("Zwei",)))
    )
    assert [(m.id, m.matched) for m in match(make("Eins Zwei"), (), "", book)] == [("b", True), ("a", False)]


def mention(id: str, role: Any) -> Mention:
    return Mention(id=id, name=id, role=role, score=1, configured=True, publishable=True)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"langs": ("de",)}, True),
        ({"langs": ("en",)}, False),
        ({"kinds": ("deal",)}, True),
        ({"kinds": ("award",)}, False),
        ({"companies": ("quell",)}, True),
        ({"companies": ("other",)}, False),
        ({"companies": ("quell",), "roles": ("issuer",)}, True),
        ({"companies": ("quell",), "roles": ("partner",)}, False),
    ],
)
def test_a_rule_may_ask_for_language_kind_company_and_role(
    make: Any, rule: dict[str, Any], expected: bool
) -> None:
    topic = Topic(id="t", title="T", any=("Stahl",), **rule)
    assert (one(make, make("Stahl"), topic, (mention("quell", "issuer"),), "deal") is not None) is expected


def test_a_rule_without_words_takes_every_release_of_its_company(make: Any) -> None:
    topic = Topic(id="t", title="T", companies=("quell",))
    assert one(make, make("Irgendwas"), topic, (mention("quell", "issuer"),)).matched
    assert one(make, make("Irgendwas"), topic) is None
    assert one(make, make("Irgendwas"), Topic(id="t", title="T")) is None


def test_media_topics_know_what_replaces_a_retired_one() -> None:
    retired = iptc.lookup("medtop:20000321")
    assert retired is not None
    assert retired.retired
    assert retired.replacement == "20000316"
    living = iptc.lookup("20000316")
    assert living is not None
    assert (living.retired, living.replacement) == ("", "")
    assert iptc.lookup("medtop:1") is None
