"""``companies list | show`` and ``topics list | test``: the operator's vocabulary."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.output import count, emit, emit_one, formats, printable, table
from aggregator.errors import UsageError
from aggregator.model import Release, Topic, TopicMatch

if TYPE_CHECKING:
    from aggregator.store import Shelf


@click.group()
def companies() -> None:
    """The companies that are configured, and those that have a feed as declared issuers."""


@companies.command("list")
@formats
@click.pass_obj
def list_companies(env: Env, form: str | None) -> None:
    """List companies with their number of releases.

    \b
    aggregator companies list
    """
    emit(_companies(env), form, _companies_table)


def _companies(env: Env) -> list[dict[str, Any]]:
    configured = {c.id: c for c in env.settings.companies}
    names, counts = _feeds(env, "company")
    found = [
        {"id": c.id, "name": c.name, "configured": True, "aliases": list(c.aliases), "parent": c.parent or None,
         "releases": counts.get(c.id, 0), "feed": f"company/{c.id}.atom"}
        for c in configured.values()
    ]  # fmt: skip
    found += [
        {"id": i, "name": name, "configured": False, "aliases": [], "parent": None, "releases": counts[i],
         "feed": f"company/{i}.atom"}
        for i, name in names.items() if i not in configured
    ]  # fmt: skip
    return found


@companies.command("show")
@click.argument("id")
@formats
@click.pass_obj
def show_company(env: Env, id: str, form: str | None) -> None:
    """Show one company: its names, its feed, and how its releases describe it, as learnt from them.

    \b
    aggregator companies show wilo
    """
    record = next((c for c in _companies(env) if c["id"] == id), None)
    if record is None:
        raise UsageError(
            f"no company {id!r} is configured or has a feed; `aggregator companies list` shows them"
        )
    shelf = env.shelf_if_any(told=False)
    learnt = shelf.boilerplates(id) if shelf else []
    record["boilerplates"] = [[asdict(version) for version in versions] for versions in learnt]
    emit_one(record, form, _show_company)


def _show_company(record: dict[str, Any]) -> None:
    for key, value in record.items():
        if key != "boilerplates" and value not in (None, "", []):
            shown = ", ".join(value) if isinstance(value, list) else str(value)
            click.echo(f"{key:<14} {printable(shown)}")
    for versions in record["boilerplates"]:
        click.echo("\nlearnt boilerplate")
        for v in versions:
            dates = f"{v['first_seen'][:10]} to {v['last_seen'][:10]}"
            click.echo(f"  {dates}, {count(v['releases'], 'release')}: {printable(v['text'])}")


def _companies_table(found: list[dict[str, Any]]) -> None:
    if not found:
        click.echo("no companies; write some into config/companies.toml, or ingest releases")
        return
    rows = [
        (c["id"], c["name"], c["releases"], "configured" if c["configured"] else "found as issuer")
        for c in found
    ]
    table(("Id", "Name", "Releases", "Why"), rows, widths=(44, 50))


@click.group()
def topics() -> None:
    """The topics that releases are filed under."""


@topics.command("list")
@formats
@click.pass_obj
def list_topics(env: Env, form: str | None) -> None:
    """List topics with their number of releases.

    \b
    aggregator topics list
    """
    _, counts = _feeds(env, "topic")
    found = [
        {
            "id": t.id,
            "title": t.title,
            "iptc": list(t.iptc),
            "releases": counts.get(t.id, 0),
            "feed": f"topic/{t.id}.atom",
        }
        for t in env.settings.topics
    ]
    emit(found, form, lambda rows: table(
        ("Id", "Title", "Releases", "IPTC"), [(t["id"], t["title"], t["releases"], " ".join(t["iptc"])) for t in rows]
    ))  # fmt: skip


@topics.command("test")
@click.argument("topic_id", metavar="ID")
@click.option("--since", default="", help="Only releases of this day or later: YYYY-MM-DD.")
@click.option(
    "--limit",
    default=1000,
    show_default=True,
    type=click.IntRange(0),
    help="Newest releases to look at; 0 for all.",
)
@formats
@click.pass_obj
def test_topic(env: Env, topic_id: str, since: str, limit: int, form: str | None) -> None:
    """Try a topic's rule on the stored releases, as config/topics.toml has it now: hits, then near misses.

    \b
    aggregator topics test aluminium --since 2026-01-01
    """
    from aggregator.cli.polls import day

    topic = next((t for t in env.settings.topics if t.id == topic_id), None)
    if topic is None:
        known = ", ".join(t.id for t in env.settings.topics)
        raise UsageError(f"no topic {topic_id!r} in {env.config}/topics.toml; there are: {known}")
    since, shelf = day(since, "--since"), env.shelf_if_any()
    found = _tried(shelf, topic, shelf.rows(since=since, limit=limit)) if shelf else []
    found.sort(key=lambda r: (not r["matched"], -r["score"]))
    emit(found, form, lambda rows: _hits(rows, topic.min_score))


def _tried(shelf: Shelf, topic: Topic, rows: list[int]) -> list[dict[str, Any]]:
    """What the topic's rule makes of these releases."""
    from aggregator.topics import Rulebook, match

    rulebook, labels, found = Rulebook([topic]), shelf.labels(rows), []
    for release in shelf.releases(rows):
        filed = f"topic/{topic.id}" in labels[release.row]
        hits = match(release.copy, release.filing.companies, release.filing.kind, rulebook)
        found += [_hit(release, hit, filed) for hit in hits]
    return found


def _hit(release: Release, hit: TopicMatch, filed: bool) -> dict[str, Any]:
    return {"number": release.row, "title": release.copy.title, "score": round(hit.score, 2), "matched": hit.matched,
            "filed": filed, "evidence": list(hit.evidence)}  # fmt: skip


def _hits(rows: list[dict[str, Any]], least: float) -> None:
    hits, near = [r for r in rows if r["matched"]], [r for r in rows if not r["matched"]]
    for head, some in (
        (f"{len(hits)} releases match (score {least:g} or more)", hits),
        (f"{len(near)} near misses", near),
    ):
        click.echo(head)
        for r in some:
            change = "" if r["filed"] == r["matched"] else "  (new)" if r["matched"] else "  (filed before)"
            click.echo(f"  {r['score']:>6.2f}  {r['number']:>5}  {printable(r['title'])[:80]}{change}")
            for line in r["evidence"][:4]:
                click.echo(f"                 {printable(line)[:100]}")


def _feeds(env: Env, group: str) -> tuple[dict[str, str], dict[str, int]]:
    """Names and numbers of releases of a group's feeds, by id; empty where nothing is stored yet."""
    shelf = env.shelf_if_any(told=False)
    feeds = [f for f in shelf.feeds() if f.listed and f.label.startswith(f"{group}/")] if shelf else []
    ids = {f.label.partition("/")[2]: f for f in feeds}
    return {i: f.title for i, f in ids.items()}, {i: f.count for i, f in ids.items()}
