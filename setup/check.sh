#!/usr/bin/env bash
# Every check in order, stopping at the first that fails: setup/check.sh [--browser]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/.venv/bin:$PATH"
# The checks look at this checkout, not at a database that the shell happens to name.
unset DATABASE_URL DATABASE_URL_FILE REDIS_URL REDIS_URL_FILE DJANGO_SETTINGS_MODULE

scratch=$(mktemp -d)
was_running=$(python -c 'from tthc_portal import embedded; print(embedded.is_running())')
step="chuẩn bị"

finish() {
    status=$?
    rm -rf "$scratch"
    # Whoever had the servers running (a demonstration) keeps them; a clone of CI keeps nothing.
    if [ "$was_running" = False ]; then
        if [ "${CI:-}" = true ]; then act=remove; else act=stop; fi
        python -c "from tthc_portal import embedded; embedded.$act()"
    fi
    if [ "$status" -ne 0 ]; then echo "✗ Bước «$step» không đạt. Hãy sửa lỗi ở trên rồi chạy lại." >&2; fi
    exit "$status"
}
trap finish EXIT

run() {
    step=$1
    shift
    echo "── $step"
    "$@"
}

templates() {
    find templates -name '*.html' -print0 | xargs -0 -r djhtml --check
    find templates -name '*.html' -print0 | xargs -0 -r djade --target-version 5.2 --check
}

production() {
    # The settings as production would see them; nothing connects to these servers.
    SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(64))') \
    DATABASE_URL="postgresql://tthc:$(python -c 'import secrets; print(secrets.token_urlsafe(24))')@database.invalid/tthc" \
    REDIS_URL=redis://broker.invalid:6379/0 \
    ALLOWED_HOSTS=motcua.example.vn PUBLIC_URL=https://motcua.example.vn \
        python manage.py check --deploy --fail-level WARNING
}

schema() {
    python manage.py spectacular --validate --fail-on-warn --file "$scratch/openapi.yaml"
    diff -u docs/openapi.yaml "$scratch/openapi.yaml" || {
        echo "Hãy chạy \`python manage.py spectacular --file docs/openapi.yaml\` rồi xem lại thay đổi." >&2
        return 1
    }
}

run "ruff check" ruff check .
run "ruff format" ruff format --check .
run "mypy" mypy .
run "import-linter" lint-imports
run "templates" templates
run "makemigrations" python manage.py makemigrations --check --dry-run
run "check --deploy" production
run "OpenAPI" schema
if [ "${1:-}" = --browser ]; then
    run "pytest" pytest -n 2 --slow
else
    run "pytest" pytest -n 2 -m "not browser"
fi
echo "✓ Mọi kiểm tra đều đạt."
