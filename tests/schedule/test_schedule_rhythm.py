"""What is learnt of a source, and what follows from it: shape, limits, windows, words."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from aggregator.rhythm import Answer, History, Look, Plan, decode, encode, learn, next_poll
from aggregator.rhythm.history import PRIOR, shape

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
ID = "newsroom"


def weekly(*when: tuple[int, int], weeks: int = 26, size: int = 20) -> History:
    """A source that published at these (weekday, hour) in Berlin for so many weeks, as its first list tells."""
    start = MONDAY.astimezone(BERLIN).replace(hour=0)
    dates = [
        start + timedelta(weeks=-w, days=d, hours=h, minutes=7) for w in range(1, weeks + 1) for d, h in when
    ]
    return learn(None, Look(MONDAY, None, [(d, True) for d in dates], size), BERLIN)


def polls(history: History | None, plan: Plan, start: datetime, length: timedelta) -> list[datetime]:
    """The times of the polls that follow each other when nothing new is found."""
    found, at = [], start
    while (at := next_poll(history, at, plan, id=ID).at) < start + length:
        found.append(at)
    return found


def test_a_source_without_history_has_the_usual_interval() -> None:
    """Less up to a tenth, by which sources are spread."""
    chosen = next_poll(None, MONDAY, Plan(every=3600), id=ID)
    assert 3240 <= (chosen.at - MONDAY).total_seconds() <= 3600
    assert "nothing is known of its rhythm yet: the usual 1 h" in chosen.why


def test_polls_are_dense_when_something_is_likely_and_sparse_when_not() -> None:
    """Tuesdays and Thursdays at nine: several times an hour then, every few hours on Sunday."""
    history = weekly((1, 9), (3, 9))
    busy = polls(history, Plan(), datetime(2026, 11, 3, 8, 0, tzinfo=UTC), timedelta(hours=1))
    idle = polls(history, Plan(), datetime(2026, 11, 8, 0, 0, tzinfo=UTC), timedelta(hours=24))
    assert len(busy) >= 4
    assert 4 <= len(idle) <= 9


def test_a_source_of_the_usual_rate_costs_what_the_usual_interval_costs() -> None:
    """About as many requests a week, elsewhere spent; jitter may cost a tenth."""
    history = weekly((0, 10), (2, 14), (4, 11), weeks=52)
    spent = len(polls(history, Plan(every=3600), MONDAY, timedelta(weeks=1)))
    assert 90 <= spent <= 195


def test_no_source_costs_more_than_twice_the_usual_interval() -> None:
    """However much it publishes, as long as its list does not overrun."""
    history = weekly(*[(d, h) for d in range(7) for h in range(24)], weeks=8, size=1000)
    assert len(polls(history, Plan(every=3600), MONDAY, timedelta(weeks=1))) <= 2 * 168 * 1.12


def test_floor_and_ceiling_hold() -> None:
    """A source of one hour a week is polled at most every ten minutes then, and at least every two hours else."""
    history, plan = weekly(*[(2, 9)] * 40), Plan(every=1800, least=600, most=7200)
    times = polls(history, plan, MONDAY, timedelta(weeks=1))
    gaps = [(b - a).total_seconds() for a, b in pairwise(times)]
    assert 540 <= min(gaps) < 700
    assert 6400 < max(gaps) <= 7200


def test_the_profile_is_in_the_time_of_the_source() -> None:
    """Nine o'clock stays nine o'clock when the clocks have changed."""
    history = weekly(
        *[(d, 9) for d in range(5)], weeks=20
    )  # learnt up to 2 November, most of it in summer time
    hits = {hour for hour, count in enumerate(history.hits) if count > 0.5}
    assert hits == {day * 24 + 9 for day in range(5)}


@pytest.mark.parametrize(("start", "hours"), [("2027-03-27T23:00+00:00", 23), ("2027-10-30T22:00+00:00", 25)])
def test_t06_polling_goes_on_evenly_over_a_change_of_the_clocks(start: str, hours: int) -> None:
    """T-06: a fixed interval is one on the days of 23 and of 25 hours, too; a rhythm keeps its limits."""
    at = datetime.fromisoformat(start)
    times = polls(None, Plan(every=3600, fixed=True), at, timedelta(hours=hours))
    assert len(times) in (hours - 1, hours, hours + 1, hours + 2)
    gaps = [(b - a).total_seconds() for a, b in pairwise(times)]
    assert all(3240 <= gap <= 3600 for gap in gaps)
    learnt = polls(weekly((6, 2), (6, 3)), Plan(), at, timedelta(hours=hours))
    between = [(b - a).total_seconds() for a, b in pairwise(learnt)]
    assert all(270 <= gap <= 21600 for gap in between)


def test_old_evidence_fades() -> None:
    """A year after a source changed its hours, the old ones count a fiftieth of what they did."""
    history = weekly((0, 9), weeks=26)
    later = MONDAY + timedelta(days=365)
    changed = learn(
        history, Look(later, later - timedelta(hours=1), [(later - timedelta(minutes=5), True)], 20), BERLIN
    )
    assert changed.hits[9] < history.hits[9] / 50
    assert max(changed.hits) == pytest.approx(1.0)


def test_t05_a_clock_that_was_put_back_makes_no_source_busy() -> None:
    """T-05: at 1970 every source is polled as usual, neither every minute nor never."""
    for now in (
        datetime(1970, 1, 1, 5, 0, tzinfo=UTC),
        MONDAY - timedelta(days=1),
        MONDAY + timedelta(days=4000),
    ):
        wait = (next_poll(weekly((1, 9), (3, 9)), now, Plan(), id=ID).at - now).total_seconds()
        assert 270 <= wait <= 21600


def test_silence_makes_polls_rare() -> None:
    """A source that died is polled less and less, down to the ceiling."""
    history = weekly((1, 9), (3, 9))
    after = [MONDAY + timedelta(weeks=w) for w in (0, 13, 52)]
    spent = [len(polls(history, Plan(), at, timedelta(weeks=1))) for at in after]
    assert spent[0] > spent[1] > spent[2]
    assert spent[2] < 60


@pytest.mark.parametrize("published", [None, MONDAY + timedelta(hours=3), MONDAY.replace(hour=0)])
def test_what_has_no_trustworthy_time_counts_where_it_was_first_seen(published: datetime | None) -> None:
    """No date, one of the future, midnight: within the gap between two looks, in the hours in which it is likely."""
    before = learn(None, Look(MONDAY - timedelta(hours=4), None, [], 20), BERLIN)
    after = learn(before, Look(MONDAY, MONDAY - timedelta(hours=4), [(published, True)], 20), BERLIN)
    assert sum(after.hits) == pytest.approx(1.0)
    assert {h for h, n in enumerate(after.hits) if n} == {5, 6, 7, 8}
    assert after.hits[8] > 5 * after.hits[5]


def test_old_items_teach_the_hours_and_are_no_arrivals() -> None:
    """A backfill brings the texts of a year: a source is not busy for that."""
    first = learn(None, Look(MONDAY - timedelta(days=9), None, [], 20), BERLIN)
    old = [(MONDAY - timedelta(days=n), True) for n in range(20, 320)]
    after = learn(first, Look(MONDAY, MONDAY - timedelta(hours=1), old, 20), BERLIN)
    assert (after.recent, after.peaks) == ((), ())
    assert shape(after.hits)[9] > PRIOR[9]


# -- windows -------------------------------------------------------------------------------------------


def arrivals(seconds: float, count: int, size: int, end: datetime = MONDAY) -> Look:
    dates = [(end - timedelta(seconds=seconds * n), True) for n in range(count)]
    return Look(end, None, dates[::-1], size)


@pytest.mark.parametrize(("fill", "size"), [(3600, 20), (1200, 10), (7200, 50)])
def test_a_list_is_looked_at_three_times_while_it_is_filled(fill: int, size: int) -> None:
    """Window over peak rate over three, also below the usual floor."""
    history = learn(None, arrivals(fill / (size - 1), size, size), BERLIN)
    chosen = next_poll(history, MONDAY, Plan(), id=ID)
    assert (chosen.at - MONDAY).total_seconds() <= fill / 3
    assert f"list holds {size} items, filled in" in chosen.why
    assert "→ at most" in chosen.why


def test_no_window_is_looked_at_more_than_once_a_minute() -> None:
    """The hard minimum."""
    history = learn(None, arrivals(4, 40, 20), BERLIN)
    wait = (next_poll(history, MONDAY, Plan(), id=ID).at - MONDAY).total_seconds()
    assert 54 <= wait <= 60


def test_one_batch_is_no_rhythm() -> None:
    """A relaunch dates everything to one minute: that is no flow, and nobody polls every minute for it."""
    history = learn(
        None,
        Look(MONDAY, None, [(MONDAY - timedelta(days=2, seconds=n), True) for n in range(20)], 20),
        BERLIN,
    )
    assert history.peaks == ()


def test_one_odd_day_does_not_keep_polls_below_the_floor() -> None:
    """Twenty items within ten minutes, once: three weeks later the floor holds again."""
    history = learn(None, arrivals(30, 20, 20), BERLIN)
    assert (next_poll(history, MONDAY, Plan(), id=ID).at - MONDAY).total_seconds() < 270
    later = MONDAY + timedelta(weeks=3)
    assert (next_poll(history, later, Plan(), id=ID).at - later).total_seconds() >= 270


def test_a_list_of_undated_items_is_known_by_how_many_are_new() -> None:
    """Fifteen of twenty are new after an hour: the next look comes within half an hour."""
    first = learn(None, Look(MONDAY - timedelta(hours=1), None, [(None, False)] * 20, 20), BERLIN)
    after = learn(first, Look(MONDAY, MONDAY - timedelta(hours=1), [(None, False)] * 15, 20), BERLIN)
    assert (next_poll(after, MONDAY, Plan(), id=ID).at - MONDAY).total_seconds() <= 1600


# -- what the operator and the server say ----------------------------------------------------------------


def test_every_fixes_the_interval() -> None:
    """Whatever was learnt."""
    chosen = next_poll(weekly((1, 9)), MONDAY, Plan(every=900, fixed=True), id=ID)
    assert 810 <= (chosen.at - MONDAY).total_seconds() <= 900
    assert chosen.why == "fixed: every 15 min"


def test_cron_takes_the_place_of_all_else() -> None:
    chosen = next_poll(weekly((1, 9)), MONDAY, Plan(cron="0 12 * * *"), id=ID)
    assert chosen.at == datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
    assert "cron 0 12 * * *" in chosen.why


def test_hours_are_kept_and_the_last_poll_is_at_closing_time() -> None:
    """From Friday morning to Monday: closed at 18, open at 7, and nothing in between."""
    friday = datetime(2026, 11, 6, 9, 0, tzinfo=UTC)
    times = polls(weekly((1, 9)), Plan(hours="mon-fri 7-18"), friday, timedelta(days=4))
    local = [t.astimezone(BERLIN) for t in times]
    assert datetime(2026, 11, 6, 17, 0, tzinfo=UTC) in times
    assert all(t.weekday() < 5 and 7 <= t.hour <= 18 for t in local)
    assert any(t.weekday() == 0 and (t.hour, t.minute // 15) == (7, 0) for t in local)


@pytest.mark.parametrize(
    "plan", [Plan(), Plan(fixed=True), Plan(cron="* * * * *"), Plan(hours="0-24"), Plan(hours="9-10")]
)
@pytest.mark.parametrize("failures", [0, 1, 5])
def test_a_server_is_never_asked_sooner_than_it_wants(plan: Plan, failures: int) -> None:
    """Retry-After, to the second, whatever the settings say."""
    for asked in (5000.0, 50_000.0):
        answer = Answer(failures, retry_after=asked)
        assert (
            next_poll(weekly((1, 9)), MONDAY, plan, id=ID, answer=answer).at - MONDAY
        ).total_seconds() >= asked


def test_after_failures_the_wait_doubles_up_to_a_day() -> None:
    """Less the jitter; a source is never given up."""
    waits = [
        (next_poll(None, MONDAY, Plan(), id=ID, answer=Answer(n)).at - MONDAY).total_seconds()
        for n in range(1, 30)
    ]
    assert waits[1] == pytest.approx(2 * waits[0])
    assert waits == sorted(waits)
    assert 0.9 * 86400 <= waits[-1] <= 86400
    assert "failed 3 times in a row" in next_poll(None, MONDAY, Plan(), id=ID, answer=Answer(3)).why


def test_freshness_stretches_the_wait_and_overruns_no_list() -> None:
    """What a server promises is believed, up to the ceiling and to what a window allows."""
    quiet = next_poll(weekly((1, 9)), MONDAY, Plan(), id=ID, answer=Answer(fresh_for=10_000))
    assert (quiet.at - MONDAY).total_seconds() >= 9000
    busy = learn(None, arrivals(180, 20, 20), BERLIN)
    assert (
        next_poll(busy, MONDAY, Plan(), id=ID, answer=Answer(fresh_for=10_000)).at - MONDAY
    ).total_seconds() <= 1200


def test_sources_that_wait_for_the_same_time_are_spread() -> None:
    """T-07: a thousand sources that were polled at once come back over six minutes, the same way every time."""
    times = [next_poll(None, MONDAY, Plan(), id=f"s{n}").at for n in range(1000)]
    assert times == [next_poll(None, MONDAY, Plan(), id=f"s{n}").at for n in range(1000)]
    per_minute = [int((t - MONDAY).total_seconds() // 60) for t in times]
    assert max(per_minute.count(m) for m in set(per_minute)) < 230


def test_the_history_is_stored_and_read_alike() -> None:
    """Rounded, and small."""
    history = learn(weekly((1, 9), (3, 14)), arrivals(60, 100, 20), BERLIN)
    text = encode(history)
    again = decode(text)
    assert encode(again) == text
    assert again.hits == pytest.approx(history.hits, abs=1e-3)
    assert (again.recent, again.peaks, again.size) == (history.recent, history.peaks, history.size)
    assert len(text) < 8000


def test_the_reason_is_told_in_words_and_numbers() -> None:
    """As an editor would put it."""
    history = weekly((1, 8), (1, 10), (2, 8), (2, 10), (3, 8), (3, 10), weeks=40)
    at = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
    chosen = next_poll(history, at, Plan(), id=ID)
    why = chosen.why
    assert why.startswith(
        "publishes about 6 a week, mostly Tue–Thu 8–11; the next hour in which something is likely begins Tue"
    )
    assert why.endswith("; looked at again after about 3.4 h")
    assert 0.9 * 3.4 <= (chosen.at - at).total_seconds() / 3600 <= 3.5
    fresh = next_poll(
        history, datetime(2026, 11, 3, 7, 0, tzinfo=UTC), Plan(), id=ID, answer=Answer(fresh_for=43_200)
    )
    assert fresh.why.endswith("; its server says that the answer stays as it is for 12 h, of which 6 h count")


def test_intervals_as_the_inverse_square_root_wait_least() -> None:
    """The law behind it, by summation: for the same number of requests, no other power of the intensity, nor an
    even interval, makes items wait less."""
    intensity = [0.2 + 3 * math.exp(-(((h % 24) - 9) ** 2) / 6) * (h < 120) for h in range(168)]

    def waiting(density: Callable[[float], float]) -> float:
        weights = [density(i) for i in intensity]
        looks = [w * 168 / sum(weights) for w in weights]
        return sum(i / (2 * r) for i, r in zip(intensity, looks, strict=True))

    best = waiting(math.sqrt)
    assert all(best < waiting(lambda i, p=power: i**p) for power in (0.0, 0.3, 0.7, 1.0))
    assert best < 0.75 * waiting(lambda _: 1.0)
