"""``poll``, ``ingest`` and ``publish``: one pass, for a person or for cron."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.output import count, emit, emit_one, formats, printable, say, text
from aggregator.errors import UsageError
from aggregator.model import Problem, Source

if TYPE_CHECKING:
    from aggregator.app import App
    from aggregator.ingest import Report
    from aggregator.orders import Order
    from aggregator.publish import PublishReport
    from aggregator.store import Rereading

FAILED = 1


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--due", is_flag=True, help="Only the sources whose time has come: for cron.")
@click.option("--all", "everything", is_flag=True, help="All sources that are not paused (the default).")
@click.option("--backfill", type=click.IntRange(0, 1000), default=0, metavar="N",
              help="Read N further pages of the lists too, once: older releases, which are no news. A list that names"
                   " no next page is made up for from the sitemap of its site.")  # fmt: skip
@formats
@click.pass_obj
def poll(env: Env, ids: tuple[str, ...], due: bool, everything: bool, backfill: int, form: str | None) -> int:
    """Poll sources once: fetch, read, match, store, publish what changed.

    Beside a running service, the service polls them, at once; `--due` is its own business and is refused.

    \b
    aggregator poll                 every source
    aggregator poll --due           those that are due; */5 * * * * in a crontab
    aggregator poll inbox nasa      these two
    aggregator poll nasa --backfill 5
    """
    if ids and (due or everything):
        raise UsageError("name sources, or use --due or --all; not both")
    ids = tuple(dict.fromkeys(ids))
    wanted = _chosen(env, ids)

    async def work(app: App) -> list[Report]:
        ready = wanted
        if due:
            from aggregator.app import clock

            now_due = set(await app.in_store(lambda: app.store.due(clock())))
            ready = [s for s in wanted if s.id in now_due]
        elif not ids:
            gone = await app.in_store(app.store.retired)
            ready = [s for s in wanted if s.id not in gone]
        return await app.poll(
            ready, settle_seconds=2.0 if due else 0.0, backfill=backfill, on_reports=_progress
        )

    order = None if due else {"do": "poll", "sources": list(ids) or None, "backfill": backfill}
    reports, published = _pass(env, "poll", work, order=order, told=_tell_ordered)
    emit((_record(r) for r in reports), form, lambda _: None)
    _summary(env, reports, published)
    if not any(r.outcome == "failed" for r in reports):
        return 0
    say("`aggregator status` says what to do about what failed")
    return FAILED


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar="PATH...")
@click.option("--company", default="", callback=text, help="Whose releases these are: id or name.")
@click.option("--publish/--no-publish", "then_publish", default=True, help="Publish what changed afterwards.")
@formats
@click.pass_obj
def ingest(env: Env, paths: tuple[str, ...], company: str, then_publish: bool, form: str | None) -> int:
    """Read files or folders once: .txt .md .html .eml .pdf .jsonl .json and saved feeds (.xml .rss .atom).

    Beside a running service put them into a folder that is a source instead. A file that was read before is read
    again only where it changed. `-` reads standard input: a page, a mail,
    a PDF document, JSON Lines, a feed or a plain text.

    \b
    aggregator ingest texts/ release.html
    aggregator ingest dump.jsonl    {"url","title","text" or "html","published","source","company"} per line
    aggregator ingest - < release.txt
    """
    from aggregator.cli.reading import STDIN, batches

    if not all(paths):
        raise UsageError("an empty word names no file or folder")
    missing = [p for p in paths if p != STDIN and not Path(p).exists()]
    if missing:
        raise UsageError("; ".join(f"{p}: there is no such file or folder" for p in missing))

    async def work(app: App) -> list[Report]:
        reports = await app.ingest(batches(paths, company))
        _progress(reports)
        return reports

    reports, published = _pass(env, "ingest", work, then_publish=then_publish)
    emit((_record(r) for r in reports), form, lambda _: None)
    _summary(env, reports, published)
    return FAILED if any(r.outcome == "failed" or _refused(r) for r in reports) else 0


@click.command()
@formats
@click.pass_obj
def publish(env: Env, form: str | None) -> int:
    """Rebuild every feed from the store. What would be written as it is stays untouched.

    \b
    aggregator publish          after `rm -r feeds`: the same bytes are back
    """

    async def nothing(_app: App) -> list[Report]:
        return []

    _, report = _pass(env, "publish", nothing, everything=True, order={"do": "publish"})
    record = {"written": list(report.written), "unchanged": report.unchanged, "removed": list(report.removed),
              "problems": [p.detail for p in report.problems]}  # fmt: skip
    emit_one(record, form, lambda _: None)
    say(f"{len(report.written)} files written, {report.unchanged} as they were: {env.feeds}")
    _tell_problems(report)
    return 0


@click.command()
@click.option("--since", default="", help="Only texts of this day or later: YYYY-MM-DD.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@formats
@click.pass_obj
def reprocess(env: Env, since: str, dry_run: bool, form: str | None) -> int:
    """Read what is stored again with today's rules, companies and topics, and publish what changed.

    Says what subscribers will see differently. Ids stay, and nothing is marked as updated.

    \b
    aggregator reprocess --dry-run
    aggregator reprocess --since 2026-01-01
    """
    found: list[Rereading] = []

    async def work(app: App) -> list[Report]:
        found.extend(await app.reprocess(since=since, dry_run=dry_run))
        return []

    def told(said: Mapping[str, Any]) -> None:
        from aggregator.orders import rereading

        found.extend(rereading(r) for r in said["found"])

    order = {"do": "reprocess", "since": day(since, "--since"), "dry_run": dry_run}
    _, published = _pass(env, "reprocess", work, then_publish=not dry_run, order=order, told=told)
    emit((_difference(r) for r in found), form, _differences)
    verb = "would change" if dry_run else "changed"
    say(f"{len(found)} texts {verb}; {len(published.written)} files written to {env.feeds}")
    return 0


def _difference(r: Rereading) -> dict[str, Any]:
    return {"number": r.release, "title": r.title, "parts": list(r.parts),
            "left": sorted({*r.before} - {*r.after}), "joined": sorted({*r.after} - {*r.before})}  # fmt: skip


def _differences(records: list[dict[str, Any]]) -> None:
    for r in records:
        moves = [f"+{label}" for label in r["joined"]] + [f"-{label}" for label in r["left"]]
        click.echo(
            f"{r['number']:>5}  {', '.join(r['parts'])}  {printable(r['title'])[:70]}  {' '.join(moves)}".rstrip()
        )


def day(text: str, option: str) -> str:
    """A day as YYYY-MM-DD, or empty. Raises `UsageError` naming the option."""
    from datetime import date

    try:
        if text:
            date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r}: write a day as YYYY-MM-DD") from None
    return text


def _chosen(env: Env, ids: Iterable[str]) -> list[Source]:
    sources = {s.id: s for s in env.settings.sources}
    unknown = [i for i in ids if i not in sources]
    if unknown:
        known = ", ".join(sources) or "none"
        raise UsageError(
            f"no source {', '.join(map(repr, unknown))} in {env.config}/sources.toml; there are: {known}"
        )
    return [sources[i] for i in ids] if ids else [s for s in sources.values() if not s.paused]


def _pass(
    env: Env,
    command: str,
    work: Any,
    *,
    everything: bool = False,
    then_publish: bool = True,
    order: Order | None = None,
    told: Callable[[Mapping[str, Any]], object] = lambda _: None,
) -> tuple[list[Report], PublishReport]:
    """Do `work` with the opened app under the data folder's lock, then publish.

    Where the service holds it, it carries out the `order`, and `told` gets what it says of it.
    """
    from aggregator import orders
    from aggregator.app import App
    from aggregator.cli import beside
    from aggregator.publish import PublishReport

    settings = env.settings

    async def go() -> tuple[list[Report], PublishReport]:
        async with App.open(env.paths, settings) as app:
            reports = await work(app)
            if app.words_changed():
                say(
                    "companies, topics or kept lines changed: `aggregator reprocess` reads what is stored by them too"
                )
            if not then_publish:
                return reports, PublishReport()
            return reports, await app.in_store(lambda: app.publish(everything=everything))

    def there(said: Mapping[str, Any]) -> tuple[list[Report], PublishReport]:
        told(said)
        return [orders.report(r) for r in said.get("reports", ())], orders.published(said["published"])

    return beside.carried_out(env, command, order, lambda: asyncio.run(go()), there)


def _tell_ordered(said: Mapping[str, Any]) -> None:
    from aggregator import orders

    _progress([orders.report(r) for r in said["reports"]])


def _progress(reports: list[Report]) -> None:
    for report in reports:
        tell(report)


def tell(report: Report) -> None:
    """One line for a poll that had news, one for each of its first problems."""
    new = {k: v for k, v in report.counts.items() if k != "unchanged"}
    if new:
        say(f"{report.source}: " + ", ".join(_counted(n, k) for k, n in new.items()))
    if report.outcome == "failed":
        return  # told together, by `tell_failures`
    for problem in report.problems[:5]:
        say(f"{report.source}: {told(problem, report.source)}")
    if len(report.problems) > 5:
        say(
            f"{report.source}: and {len(report.problems) - 5} more; `aggregator sources show {report.source}`"
        )


def tell_failures(reports: Iterable[Report]) -> None:
    """One line for each failed source; one for all that failed for one reason, as without a network."""
    reasons: dict[str, list[Report]] = {}
    for report in reports:
        if report.outcome == "failed":
            reasons.setdefault(report.problems[0].reason, []).append(report)
    for reason, failed in reasons.items():
        if len(failed) < 3:
            for report in failed:
                say(f"{report.source}: {told(report.problems[0], report.source)}")
        else:
            names = ", ".join(sorted(r.source for r in failed))
            say(f"{len(failed)} sources failed ({reason}): {names}; they are tried again")


def told(problem: Problem, source: str = "") -> str:
    """A problem in one line: its place, unless that is the `source` which the line begins with; the reason;
    what is wrong. All commands tell problems in this form."""
    place = "" if problem.where == source else problem.where
    detail = problem.detail.removeprefix(f"{problem.where}: ") if problem.where else problem.detail
    return ": ".join(p for p in (place, problem.reason, detail if detail != problem.reason else "") if p)


def reasons(refused: Mapping[str, int]) -> str:
    """``10 list, 3 empty``."""
    return ", ".join(f"{n} {reason}" for reason, n in refused.items())


def _counted(number: int, relation: str) -> str:
    plurals = {"copy": "copies", "series": "new in a series", "new": "new", "unchanged": "unchanged",
               "refused": "refused", "remapped": "remapped", "held": "held back"}  # fmt: skip
    singular = {"series": "new in a series", "held": "held back"}
    return count(number, singular.get(relation, relation), plurals.get(relation, ""))


def _refused(report: Report) -> bool:
    return any(p.reason != "repaired" for p in report.problems)


def _summary(env: Env, reports: list[Report], published: PublishReport) -> None:
    new = sum(r.counts.get(k, 0) for r in reports for k in ("new", "update", "series"))
    copies = sum(r.counts.get(k, 0) for r in reports for k in ("copy", "excerpt", "translation"))
    edits = sum(r.counts.get(k, 0) for r in reports for k in ("revision", "correction", "withdrawal"))
    failed = sum(r.outcome == "failed" for r in reports)
    refused = sum(r.counts.get("refused", 0) for r in reports)
    tell_failures(reports)
    lost = "".join(f", {n} {what}" for n, what in ((refused, "refused"), (failed, "failed")) if n)
    say(
        f"{count(len(reports), 'source')} read: {count(new, 'new release')},"
        f" {count(copies, 'further copy', 'further copies')}, {count(edits, 'change')}"
        f"{lost}; {count(len(published.written), 'file')} written to {env.feeds}"
    )
    _tell_problems(published)


def _tell_problems(published: PublishReport) -> None:
    for problem in published.problems:
        say(f"publish: {problem.where}: {problem.detail}")


def _record(report: Report) -> dict[str, Any]:
    return {
        "source": report.source,
        "outcome": report.outcome,
        "counts": dict(report.counts),
        "problems": [{"reason": p.reason, "detail": p.detail, "where": p.where} for p in report.problems],
        "changed": sorted(report.changed),
        "seconds": round(report.seconds, 3),
        "next_due": report.next_due.isoformat(timespec="seconds"),
    }
