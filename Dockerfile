# The portal for production: the locked libraries, Pango for documents, an ordinary user.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 LANG=C.UTF-8

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --no-create-home --home-dir /portal --shell /usr/sbin/nologin portal

WORKDIR /portal
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt

COPY . .
# Static files are part of the image. The build needs no secret: this key signs nothing.
RUN SECRET_KEY=only-for-collectstatic REDIS_URL=redis://build.invalid:6379/0 \
    DATABASE_URL=postgresql://build@build.invalid/build \
    python manage.py collectstatic --no-input \
    && python -m compileall -q . \
    && mkdir -p var/media var/signing && chmod 700 var/signing \
    && chown -R portal var/media var/signing

USER portal
EXPOSE 8000
CMD ["gunicorn", "tthc_portal.wsgi", "--bind=0.0.0.0:8000", "--workers=4", "--threads=4", "--preload", "--no-control-socket"]
