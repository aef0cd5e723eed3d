"""Certificates that nobody vouches for, made with the openssl command."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

OPENSSL = shutil.which("openssl")


def certificate(folder: Path, *names: str, days: int = 30) -> ssl.SSLContext:
    """A server context with a fresh self-signed certificate for these names."""
    key, asked, cert = folder / "key.pem", folder / "asked.pem", folder / "cert.pem"
    alternatives = ",".join(f"{'IP' if name[0].isdigit() else 'DNS'}:{name}" for name in names)
    request = f"req -newkey rsa:2048 -nodes -keyout {key} -out {asked} -subj /CN={names[0]}"
    request += f" -addext subjectAltName={alternatives}"
    # A negative number of days, for an expired one, is taken only by the second of the two commands.
    signed = f"x509 -req -in {asked} -signkey {key} -days {days} -copy_extensions copy -out {cert}"
    for command in (request, signed):
        subprocess.run([str(OPENSSL), *command.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context
