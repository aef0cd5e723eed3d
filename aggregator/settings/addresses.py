"""The address of a source: a web address or a path, checked as far as that goes without a network.

What a name resolves to is the business of `fetch`, which looks again at every connection; here only
what can be seen in the text itself is refused, so that a slip is named before anything runs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from aggregator.adapters import wires
from aggregator.errors import FetchError
from aggregator.fetch.imapaddress import is_imap
from aggregator.model import SourceRole
from aggregator.settings.values import WrongError, filled, show

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_USERINFO = re.compile(r"(?<=//)\S*@")
_NO_CREDENTIALS = "take out what stands before the @: addresses are stored and shown, they hold no passwords"
_ACCOUNT = 'write options = { user = "press@example.com", password_env = "NAME_OF_A_VARIABLE" }'
_HOST_LIKE = re.compile(r"www\.[^/]+(?:/.*)?|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/.*")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


def web_address(value: object) -> str:
    """An http(s) address without a user name or password, as it stands; spaces around it dropped.

    Raises `WrongError`. The message never holds the credentials of the address.
    """
    from aggregator.fetch import check_url

    url = filled(value)
    try:
        check_url(url)
    except FetchError as error:
        # The parser may quote what it choked on, and that can be a piece of a password.
        remedy = _NO_CREDENTIALS if "@" in url else error.detail
        raise WrongError(remedy, shown=show(_USERINFO.sub("…@", url))) from None
    return url


def source_address(value: object, folder: Path, *, allow_private: bool) -> str:
    """The address of a source, ready for use: an http(s) or imap(s) address, or an absolute path.

    A relative path starts at the configuration folder; ``~`` is the home folder. Raises `WrongError`.
    """
    url = filled(value)
    if is_path(url):
        return _path(url, folder)
    if is_imap(url):
        _mailbox(url)
    else:
        web_address(url)
    if not allow_private:
        _refuse_private(url)
    return url


def mail_account(options: Mapping[str, str]) -> None:
    """Check the options of a mailbox on a server: who reads it, and where the password is. `WrongError`."""
    if any(key in options for key in ("password", "pass", "passwd")):
        raise WrongError(f"passwords do not belong into configuration; {_ACCOUNT}", shown="…")
    if not options.get("user") or not (options.get("password_env") or options.get("password_file")):
        raise WrongError(_ACCOUNT)


def _mailbox(url: str) -> None:
    from aggregator.fetch import imapaddress

    try:
        imapaddress.parse(url)
    except FetchError as error:
        remedy = f"{_NO_CREDENTIALS}; {_ACCOUNT}" if "@" in url else error.detail
        raise WrongError(remedy, shown=show(_USERINFO.sub("…@", url))) from None


def is_path(url: str) -> bool:
    """Whether the address of a source is a path rather than a web address."""
    return not _SCHEME.match(url) and not url.startswith("//")


def _path(url: str, folder: Path) -> str:
    try:
        start = Path(url).expanduser()
    except RuntimeError:
        raise WrongError("there is no such user; write the whole path") from None
    path = Path(os.path.abspath(folder / start))  # noqa: PTH100 - links stay as they are
    if _HOST_LIKE.fullmatch(url) and not path.exists():
        raise WrongError(f'write "https://{url}" for a web address, "./{url}" for a path')
    return str(path)


def _refuse_private(url: str) -> None:
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    try:
        address = ip_address(host)
        public = (getattr(address, "ipv4_mapped", None) or address).is_global
    except ValueError:
        # A name of one label is found only through the search list of a local network.
        public = "." in host and not host.endswith(_LOCAL_NAMES)
    if not public:
        raise WrongError("this host is in a private network; add allow_private = true if that is meant")


def usual_adapter(url: str) -> str:
    """What reads an address where the source does not say: a wire's own adapter, else the feed reader."""
    if is_path(url):
        return "text"
    return "email" if is_imap(url) else wires.for_address(url) or "feed"


def usual_role(adapter: str) -> SourceRole:
    """The role of a source that states none: a wire's for what a wire's adapter reads."""
    return "wire" if adapter in wires.names() else "mixed"
