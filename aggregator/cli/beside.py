"""Commands beside a running service: what they want is left with it, it carries it out, and they tell what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from aggregator.cli import Env
from aggregator.cli.output import say
from aggregator.errors import AggregatorError, BusyError, UsageError

if TYPE_CHECKING:
    from aggregator.orders import Order

T = TypeVar("T")

LOOK = 0.2
"""Seconds between two looks at what came of an order."""
PATIENCE = 3.0
"""Seconds after which it is said that the service is at it."""


def carried_out(
    env: Env,
    command: str,
    order: Order | None,
    here: Callable[[], T],
    there: Callable[[Mapping[str, Any]], T],
) -> T:
    """What `here` gives under the data folder's lock; where the service holds it, what `there` makes of what the service
    says of the order. Raises `BusyError` where something else is at work, or there is no order for it."""
    from aggregator.app import clock
    from aggregator.store import lock

    try:
        with lock.hold(env.data, command, clock()):
            return here()
    except BusyError:
        if order is None or lock.command(env.data) != "run" or (said := _asked(env, order)) is None:
            raise
        return there(said)


def _asked(env: Env, order: Order) -> dict[str, Any] | None:
    """What the running service says of an order; None where it takes none."""
    from aggregator.app import clock
    from aggregator.store import orders

    number = orders.place(env.data, order, clock())
    if number is None:
        return None
    try:
        said = _awaited(env, number)
    except KeyboardInterrupt:
        say("the running service goes on with it")
        raise
    if error := said.get("error"):
        raise (UsageError if said.get("code") == UsageError.exit_code else AggregatorError)(error)
    say("the running service did it")
    return said


def _awaited(env: Env, number: int) -> dict[str, Any]:
    from aggregator.store import lock, orders

    began, told = time.monotonic(), False
    while (said := orders.outcome(env.data, number)) is None:
        if lock.command(env.data) != "run":
            if (said := orders.outcome(env.data, number)) is not None:
                return said
            orders.withdraw(env.data, number)
            raise AggregatorError("the service ended before it was done; run the command again")
        if not told and time.monotonic() - began > PATIENCE:
            say("the running service is at it; Ctrl-C leaves it to go on")
            told = True
        time.sleep(LOOK)
    return said
