# Two stages: the first has pip and builds, the second has Python and what was installed.
# Debian's own python3 (3.11 in bookworm), so the image can be made again from Debian alone.

FROM debian:bookworm-slim AS build
# Versions come from the Debian release; its security updates are wanted.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# The lock alone first: this layer stays as it is until the lock changes.
COPY requirements.lock ./
RUN python3 -m venv /opt/aggregator \
 && /opt/aggregator/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY aggregator ./aggregator
RUN /opt/aggregator/bin/pip install --no-cache-dir --no-deps .

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/aggregator /opt/aggregator
# The starter configuration, for a start without a mounted one.
COPY config /srv/config
# New named volumes take over these owners, so that the unprivileged user may write into them.
RUN install -d -o 10001 -g 10001 /srv/data /srv/feeds
ENV PATH=/opt/aggregator/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    AGGREGATOR_CONFIG=/srv/config \
    AGGREGATOR_DATA=/srv/data \
    AGGREGATOR_FEEDS=/srv/feeds
WORKDIR /srv
# A number, so that an orchestrator can see that it is not root without a user list.
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["aggregator"]
CMD ["run", "--host", "0.0.0.0"]
