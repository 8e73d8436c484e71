# The service in a container: the model is inside, the database is on the volume.
#
#   docker build -t actorgraph .
#   docker run --rm -v actorgraph:/data actorgraph keys create me
#   docker run -d -p 8000:8000 -v actorgraph:/data actorgraph

FROM python:3.11-slim AS build

WORKDIR /src
RUN python -m venv /opt/actorgraph
ENV PATH=/opt/actorgraph/bin:$PATH
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY app ./app
COPY graph ./graph
COPY ingest ./ingest
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && actorgraph --version


FROM python:3.11-slim

RUN useradd --system --uid 10001 --create-home --home-dir /data actorgraph
COPY --from=build /opt/actorgraph /opt/actorgraph
ENV PATH=/opt/actorgraph/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ACTORGRAPH_CACHE=/data/cache \
    ACTORGRAPH_DATABASE_URL=sqlite:////data/actorgraph.db
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
ENTRYPOINT ["actorgraph"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
