"""Every error this program raises on purpose.

    AggregatorError                 one line that names the thing, the place and the remedy
    ├── UsageError                  wrong use or wrong configuration; nothing was changed (exit 2)
    │   └── ConfigError             a mistake in config/*.toml: file, line, key, remedy
    ├── FetchError                  a document could not be had: url, reason code, detail
    ├── ReadError                   a document could not be read: reason code, detail
    ├── StoreError                  the database cannot be used: path, remedy
    │   └── BusyError                   another process holds the lock: pid, host, since
    └── PublishError                a feed could not be written: path, remedy

Expected failures of one source travel as values in a poll's report (`model.Problem`); only what
makes the whole command impossible is raised up to the command line, which prints ``str(error)`` and
leaves with ``error.exit_code``. Anything that is not an `AggregatorError` is a bug and keeps its
traceback.
"""

from __future__ import annotations

from typing import ClassVar


class AggregatorError(Exception):
    """Base of all expected errors. ``str(error)`` is one line fit for an operator."""

    exit_code: ClassVar[int] = 1


class UsageError(AggregatorError):
    """The command was used wrongly; nothing was changed."""

    exit_code: ClassVar[int] = 2


class ConfigError(UsageError):
    """A mistake in the configuration. ``problems`` holds one line for each mistake found."""

    def __init__(self, problems: list[str] | str) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


class FetchError(AggregatorError):
    """A document could not be fetched.

    ``reason`` is a stable code: ``blocked_address``, ``bad_url``, ``dns``, ``connect``, ``tls``,
    ``timeout``, ``redirects``, ``encoding``, ``too_large``, ``truncated``, ``protocol``; by what the server
    answers ``not_found``, ``gone``, ``rate_limited``, ``walled``, ``server_error``, ``http_status`` (any other
    status); where it was not asked ``robots``, ``robots_unreachable``, ``circuit_open``; of files
    ``missing``, ``unreadable``; of a mailbox ``login``.

    ``status`` is the HTTP status where there was one, ``retry_after`` the seconds the server asked
    for (already clamped), or after which a host that is left alone is asked again; None where there are none.
    ``hops`` is how many redirects were followed before it failed.
    """

    def __init__(
        self,
        url: str,
        reason: str,
        detail: str = "",
        *,
        status: int | None = None,
        retry_after: float | None = None,
        hops: int = 0,
    ) -> None:
        self.url, self.reason, self.detail = url, reason, detail
        self.status, self.retry_after, self.hops = status, retry_after, hops
        super().__init__(f"{url}: {detail or reason}")


class ReadError(AggregatorError):
    """A document is not what its adapter reads.

    ``reason`` is a stable code: ``empty``, ``not_a_feed``, ``binary``, ``too_large``,
    ``parse_limit``, ``parser_died``, ``timeout``, ``unknown_reader``, ``broken``, ``no_workers``,
    ``truncated``, ``not_a_mail``, ``not_a_pdf``, ``not_a_warc``, ``encrypted``, ``no_text``, ``missing_extra``,
    ``not_a_page``, ``moved``, ``not_a_sitemap``, ``no_releases``, ``not_a_list``, ``no_items`` (a list shows
    nothing where its recipe looks).
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(detail or reason)

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        # Crosses process boundaries: the default would call the class with one argument.
        return type(self), (self.reason, self.detail)


class StoreError(AggregatorError):
    """The database cannot be used as it is; the message names the path and the remedy."""


class BusyError(StoreError):
    """Another process works on the same data folder."""


class PublishError(AggregatorError):
    """A feed could not be written; the file that was there before is untouched."""
