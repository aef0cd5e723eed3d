"""robots.txt (RFC 9309): what it allows, what holds where it cannot be had, how long it is believed (N-19)."""

from __future__ import annotations

import asyncio
import gzip
import time
from dataclasses import asdict
from datetime import timedelta

import pytest
from fetching import NOW, Clock, ask, fetch, refused, visit
from hostile_server import HostileServer, ok, status

from aggregator.fetch import Fetcher, robots
from aggregator.fetch.address import parse
from aggregator.fetch.robots import Known, ours

FORBID = b"User-agent: *\nDisallow: /private/\n"


def rules(text: str) -> Known:
    return Known(origin="https://a.example", lines=ours(text.encode()), until=NOW)


def allows(text: str, path: str) -> bool:
    return rules(text).allows(parse(f"https://a.example{path}"))


def both(site: HostileServer, raw: bytes, **asking: object) -> tuple[str, str]:
    """What becomes of a page that everybody may read and of one below /private/, with this robots.txt."""
    site.say("/robots.txt", raw)
    site.say("/news", ok(b"news"))
    site.say("/private/x", ok(b"private"))

    async def work(fetcher: Fetcher, _: Clock) -> tuple[str, str]:
        return (
            await ask(fetcher, site.url("/news"), **asking),
            await ask(fetcher, site.url("/private/x"), **asking),
        )

    found: tuple[str, str] = visit(work)
    return found


def test_what_is_forbidden_is_not_asked_for(site: HostileServer) -> None:
    """And what is not is; the file is read once."""
    assert both(site, ok(FORBID)) == ("news", "robots")
    assert (site.seen("/robots.txt"), site.seen("/private/x")) == (1, 0)


def test_the_refusal_names_the_file_and_the_remedy(site: HostileServer) -> None:
    """An operator can ask the owner, and then say so in the source."""
    site.say("/robots.txt", ok(FORBID))
    error = refused(site.url("/private/x"), robots=True)
    assert (error.reason, error.hops) == ("robots", 0)
    assert "/robots.txt forbids /private/x" in error.detail
    assert "robots = false" in error.detail


def test_an_owner_who_allowed_it_otherwise_is_believed(site: HostileServer) -> None:
    """`robots = false`: not even the file is asked for."""
    assert both(site, ok(FORBID), robots=False) == ("news", "private")
    assert site.seen("/robots.txt") == 0


def test_the_file_is_asked_for_as_politely_as_anything(site: HostileServer) -> None:
    """With the name that it speaks to."""
    both(site, ok(b""))
    assert "User-Agent: press-release-aggregator/1\r\n" in site.heads["/robots.txt"][0]


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: press-release-aggregator\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        ("User-agent: Press-Release-Aggregator/2.0 \nDisallow: /a\n\nUser-agent: *\nDisallow:", "/a", False),
        ("User-agent: press\nDisallow: /", "/a", True),
        ("User-agent: release-aggregator\nDisallow: /", "/a", True),
        ("User-agent: otherbot\nUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\n\nUser-agent: otherbot\nDisallow: /a", "/a", False),
        ("User-agent: otherbot\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/a", True),
        ("User-agent: *\nSitemap: https://a.example/s.xml\nUser-agent: b\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/press", "/a/press/1", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("user agent *\ndissalow: /a # the spelling of many", "/a", False),
        ("Disallow: /a", "/a", True),
        ("# nothing\n", "/a", True),
        ("<!doctype html><title>User-agent: *\nDisallow: /</title>", "/a", True),
        ("  <html>\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /%C3%BC", "/%c3%bc", False),
    ],
)
def test_groups_and_rules_are_read_as_the_standard_says(text: str, path: str, allowed: bool) -> None:
    """Our group before everybody's, the longest rule first, a BOM is none of it, and a page has no rules."""
    assert allows(text, path) is allowed


def test_utf_16_is_read_and_rubbish_forbids_nothing() -> None:
    """What an editor on Windows saves, and bytes that are no text."""
    assert "Disallow" in ours("User-agent: *\nDisallow: /a".encode("utf-16"))
    assert ours(bytes(range(256)) * 50) == ""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("404 Not Found", ("news", "private")),
        ("403 Forbidden", ("news", "private")),
        ("410 Gone", ("news", "private")),
        ("429 Too Many Requests", ("robots_unreachable", "robots_unreachable")),
        ("500 Oops", ("robots_unreachable", "robots_unreachable")),
        ("503 Busy", ("robots_unreachable", "robots_unreachable")),
    ],
)
def test_without_the_file_everything_or_nothing_is_allowed(
    line: str, found: tuple[str, str], site: HostileServer
) -> None:
    """RFC 9309, 2.3.1.3 and 2.3.1.4; and it is not asked for again with each page."""
    assert both(site, status(line)) == found
    assert site.seen("/robots.txt") == 1
    assert site.seen("/news") == int(found[0] == "news")


def test_a_file_that_hangs_is_not_waited_for_twice(site: HostileServer) -> None:
    """The second page is refused at once."""

    async def stall(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    site.play("/robots.txt", stall)

    async def work(fetcher: Fetcher, _: Clock) -> tuple[str, str, float]:
        first = await ask(fetcher, site.url("/a"))
        began = time.monotonic()
        return first, await ask(fetcher, site.url("/b")), time.monotonic() - began

    first, second, seconds = visit(work, deadline=0.4)
    assert (first, second) == ("robots_unreachable", "robots_unreachable")
    assert seconds < 0.2


def test_rules_hold_for_thirty_days_without_an_answer_and_then_no_more(site: HostileServer) -> None:
    """2.3.1.4: the last good rules meanwhile, everything after that; read again they hold again."""
    site.say("/robots.txt", ok(FORBID))
    for path in ("/news", "/private/x"):
        site.say(path, ok(path.encode()))

    async def work(fetcher: Fetcher, clock: Clock) -> list[tuple[str, str]]:
        found = []

        async def look() -> None:
            fetcher.breaker._circuits.clear()  # how a host is doing is another story
            pages = [await ask(fetcher, site.url(p)) for p in ("/news", "/private/x")]
            found.append((pages[0], pages[1]))

        await look()
        site.say("/robots.txt", status("500 Oops"))
        for _ in range(15):
            clock.forward(days=2)
            await look()
        clock.forward(days=3)
        await look()
        site.say("/robots.txt", ok(FORBID))
        clock.forward(days=2)
        await look()
        return found

    found = visit(work)
    assert set(found[:15]) == {("/news", "robots")}
    assert found[-2] == ("/news", "/private/x")
    assert found[-1] == ("/news", "robots")


def test_a_site_that_never_shows_its_file_is_read_after_thirty_days(site: HostileServer) -> None:
    """A broken robots.txt does not lose a source for good."""
    site.say("/robots.txt", status("500 Oops"))
    site.say("/news", ok(b"news"))

    async def work(fetcher: Fetcher, clock: Clock) -> list[str]:
        found = []
        for _ in range(33):
            fetcher.breaker._circuits.clear()
            found.append(await ask(fetcher, site.url("/news")))
            clock.forward(days=1)
        return found

    found = visit(work)
    assert set(found[:30]) == {"robots_unreachable"}
    assert found[-1] == "news"


@pytest.mark.parametrize(
    ("header", "after", "times"),
    [
        ("X: y", {"hours": 23}, 1),
        ("X: y", {"hours": 25}, 2),
        ("Cache-Control: max-age=7200", {"hours": 1.5}, 1),
        ("Cache-Control: max-age=7200", {"hours": 2.5}, 2),
        ("Cache-Control: max-age=31536000", {"hours": 25}, 2),
        ("Cache-Control: no-store", {"minutes": 30}, 1),
        ("Cache-Control: no-store", {"minutes": 90}, 2),
    ],
)
def test_the_file_is_believed_for_a_day_at_most(
    header: str, after: dict[str, float], times: int, site: HostileServer
) -> None:
    """Or for as long as it says, an hour at least (2.4)."""
    site.say("/robots.txt", ok(FORBID, header))
    site.say("/news", ok(b"news"))

    async def work(fetcher: Fetcher, clock: Clock) -> None:
        await ask(fetcher, site.url("/news"))
        clock.forward(**after)
        await ask(fetcher, site.url("/news"))

    visit(work)
    assert site.seen("/robots.txt") == times


def test_what_was_learnt_is_handed_out_once_and_taken_back(site: HostileServer) -> None:
    """So that a poll from cron does not ask each time; a clock that was set back is no reason to believe longer."""
    site.say("/robots.txt", ok(FORBID))

    async def first(fetcher: Fetcher, _: Clock) -> list[Known]:
        await ask(fetcher, site.url("/private/x"))
        learnt = fetcher.robots.learnt()
        assert fetcher.robots.learnt() == []
        return learnt

    (known,) = visit(first)
    assert known.origin == site.url("")

    def later(ahead: timedelta) -> str:
        async def recall(origin: str) -> Known | None:
            return (
                Known(**{**asdict(known), "until": known.until + ahead}) if origin == known.origin else None
            )

        async def second(fetcher: Fetcher, _: Clock) -> str:
            fetcher.robots.recall = recall
            return await ask(fetcher, site.url("/private/x"))

        return str(visit(second))

    assert later(timedelta(0)) == "robots"
    assert site.seen("/robots.txt") == 1
    assert later(timedelta(days=400)) == "robots"
    assert site.seen("/robots.txt") == 2


def test_many_pages_of_a_site_wait_for_one_file(site: HostileServer) -> None:
    """However many are wanted at once."""
    site.say("/robots.txt", ok(FORBID))
    site.say("/news", ok(b"news"))

    async def work(fetcher: Fetcher, _: Clock) -> list[str]:
        return await asyncio.gather(*(ask(fetcher, site.url("/news")) for _ in range(20)))

    assert visit(work) == ["news"] * 20
    assert site.seen("/robots.txt") == 1


def test_a_redirect_is_judged_by_the_site_that_it_leads_to(site: HostileServer) -> None:
    """Each hop has its own origin and its own rules; the refusal names the hop."""
    with HostileServer(address="127.0.0.2", port=site.port) as other:
        other.say("/robots.txt", ok(FORBID))
        other.say("/news", ok(b"news"))
        site.say("/open", status("302 Found", f"Location: {other.url('/news')}"))
        site.say("/moved", status("302 Found", f"Location: {other.url('/private/x')}"))
        error = refused(site.url("/moved"), robots=True)
        assert (error.reason, error.hops) == ("robots", 1)
        assert "after 1 redirect" in error.detail
        assert other.seen("/private/x") == 0
        assert fetch(site.url("/open"), robots=True).content == b"news"


def test_n19_the_file_itself_may_be_redirected_five_times(site: HostileServer) -> None:
    """2.3.1.2: followed five times, and beyond that there is none."""
    for hop in range(1, 6):
        site.say(f"/r{hop}", status("302 Found", f"Location: /r{hop + 1}"))
    site.say("/r6", ok(FORBID))
    assert both(site, status("301 Moved", "Location: /r2")) == ("news", "robots")
    assert both(site, status("301 Moved", "Location: /r1")) == ("news", "private")
    assert both(site, status("301 Moved", "Location: /robots.txt")) == ("news", "private")


def test_n19_a_file_that_leads_inward_is_none_and_nobody_is_asked(site: HostileServer) -> None:
    """The same gate as for every document: link-local addresses are not even knocked at."""
    assert both(site, status("302 Found", "Location: http://169.254.169.254/")) == ("news", "private")


def test_n19_of_a_hundred_megabytes_the_beginning_is_read(site: HostileServer) -> None:
    """500 KiB count, whatever the length; the rule that is cut is left out."""
    sent = []

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n" + FORBID)
        while sum(sent) < 104_857_600:
            writer.write(b"Disallow: /x" * 5_000 + b"\n")
            sent.append(60_001)
            await writer.drain()

    site.say("/news", ok(b"news"))
    site.play("/robots.txt", endless)

    async def work(fetcher: Fetcher, _: Clock) -> tuple[str, str]:
        return await ask(fetcher, site.url("/news")), await ask(fetcher, site.url("/private/x"))

    assert visit(work) == ("news", "robots")
    assert sum(sent) < 16_000_000


def test_n19_a_packed_file_is_unpacked_to_its_beginning(site: HostileServer) -> None:
    """A bomb among them."""
    assert both(site, ok(gzip.compress(FORBID), "Content-Encoding: gzip")) == ("news", "robots")
    bomb = gzip.compress(FORBID + b"# nothing\n" * 3_000_000)
    assert both(site, ok(bomb, "Content-Encoding: gzip"))[0] == "news"


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 5", 5.0),
        ("User-agent: *\nCrawl-delay: 0.5\nDisallow: /x", 0.5),
        ("User-agent: *\nCrawl-delay: 1e308", 86_400.0),
        ("User-agent: *\nCrawl-delay: 99999999", 86_400.0),
        ("User-agent: *\nCrawl-delay: inf", 0.0),
        ("User-agent: *\nCrawl-delay: -5", 0.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: b\nCrawl-delay: 5", 0.0),
    ],
)
def test_n19_a_crawl_delay_is_clamped_to_a_day(text: str, delay: float) -> None:
    """Nonsense counts as not said."""
    assert rules(text).crawl_delay() == delay


def test_a_crawl_delay_is_the_pace_of_its_host(site: HostileServer) -> None:
    """The robots.txt itself does not count; what is asked next waits."""
    site.say("/robots.txt", ok(b"User-agent: *\nCrawl-delay: 0.3"))
    for path in ("/a", "/b", "/c"):
        site.say(path, ok(b"x"))

    async def work(fetcher: Fetcher, _: Clock) -> float:
        began = time.monotonic()
        await asyncio.gather(*(ask(fetcher, site.url(path)) for path in ("/a", "/b", "/c")))
        assert fetcher.affordable(site.url("/a"), 3.0) == 10
        assert fetcher.least_wait(site.url("/a")) == 0.0
        return time.monotonic() - began

    assert 0.6 <= visit(work) < 2.0


def test_n19_a_huge_crawl_delay_holds_up_no_poll(site: HostileServer) -> None:
    """It becomes the time until the source is asked again, and one page a poll."""
    site.say("/robots.txt", ok(b"User-agent: *\nCrawl-delay: 1e308"))
    site.say("/a", ok(b"x"))

    async def work(fetcher: Fetcher, _: Clock) -> None:
        assert await ask(fetcher, site.url("/a")) == "x"
        assert fetcher.least_wait(site.url("/a")) == 86_400.0
        assert fetcher.affordable(site.url("/a"), 300.0) == 1

    began = time.monotonic()
    visit(work)
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\n" + "".join(f"Disallow: /x{n}/\n" for n in range(10_000)),
        "".join(f"User-agent: a{n}\n" for n in range(2_000))
        + "".join(f"Disallow: /{n}\n" for n in range(2_000)),
        "User-agent: *\n" + "".join(f"Disallow: /*{n}a*a*a*a*a*a$\n" for n in range(15_000)),
        "User-agent: *\nDisallow: /" + "*a" * 200_000 + "c\n",
        "User-agent: *\n" + "x:\n" * 160_000,
    ],
    ids=["ten-thousand-rules", "names-times-rules", "wildcards", "one-rule", "no-rules"],
)
def test_n19_ten_thousand_rules_cost_little(text: str) -> None:
    """Of names times rules, and of wildcards, only what concerns us is read: 19 s would be needed for all."""
    began = time.process_time()
    assert allows(text + "\nUser-agent: *\nDisallow: /end\n", "/news/" + "a" * 2_000)
    assert time.process_time() - began < 3.0


def test_ten_thousand_rules_are_kept() -> None:
    """The last of them counts as the first."""
    text = "User-agent: *\n" + "".join(f"Disallow: /x{n}/\n" for n in range(10_000))
    assert (allows(text, "/x0/"), allows(text, "/x9999/"), allows(text, "/x10000/")) == (False, False, True)


def test_no_more_origins_are_remembered_than_there_is_room_for() -> None:
    """A list that leads to ever new hosts does not fill the memory."""

    async def work(fetcher: Fetcher, clock: Clock) -> int:
        for n in range(2_500):
            fetcher.robots._keep(Known(origin=f"https://a{n}.example", until=clock.now))
        return len(fetcher.robots._known)

    assert visit(work) == robots._REMEMBERED
