"""The embedded servers of a checkout: started once, found again, mended after a crash."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
import redis

from tthc_portal import embedded, embedded_place, processes


@contextmanager
def at(var):
    """Work as a checkout whose var/ is there; undone here, whatever else patches the variables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAR_DIR", str(var))
        embedded_place._programs.cache_clear()
        yield var
    embedded_place._programs.cache_clear()


def deep(folder):
    """A path that is longer than a socket's may be, with spaces and marks."""
    return folder / "một thư mục rất dài" / ("sâu " * 20).strip() / "var"


@pytest.fixture
def checkout(tmp_path):
    """A checkout where nothing has run yet, cleared away afterwards."""
    with at(deep(tmp_path)) as var:
        yield var
        embedded.remove()


@pytest.fixture(scope="module")
def shared_checkout(tmp_path_factory):
    var = deep(tmp_path_factory.mktemp("shared"))
    yield var
    with at(var):
        embedded.remove()


@pytest.fixture
def running(shared_checkout):
    """Servers that answer; one pair for all, because making a cluster takes a second."""
    with at(shared_checkout):
        embedded.ensure_running()
        ask("drop table if exists kept; select 1")
        yield embedded_place.current()


def ask(question):
    connection = psycopg2.connect(embedded.database_url())
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def broker():
    return redis.Redis.from_url(embedded.redis_url(), socket_timeout=5)


def python(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        cwd=Path(embedded.__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_addresses_are_known_before_anything_runs(checkout):
    assert embedded.database_url() == embedded.database_url()
    assert embedded.redis_url() == embedded.redis_url()
    assert not embedded.is_running()


def test_the_secret_key_is_made_once_and_is_private(checkout):
    key = embedded.secret_key()

    assert len(key) >= 50
    assert embedded.secret_key() == key
    assert stat.S_IMODE((checkout / "secret_key").stat().st_mode) == 0o600


def test_two_first_uses_at_once_agree(checkout):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: embedded.secret_key(), range(8)))

    assert len(keys) == 1


def test_the_engines_are_set_up_as_the_portal_needs_them(running):
    for name in ("unaccent", "pg_trgm"):
        ask(f"create extension if not exists {name}; select 1")

    assert ask("select lower('ĐẮK LẮK')") == "đắk lắk"
    assert ask("show server_encoding") == "UTF8"
    assert ask("show fsync") == "on"
    assert ask("show max_connections") == "200"
    assert ask("show shared_buffers") == "256MB"
    assert broker().ping()


def test_nobody_else_gets_in(running):
    assert ask("show listen_addresses") == ""
    assert stat.S_IMODE(Path(running.sockets).stat().st_mode) == 0o700
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=running.valkey_port, socket_timeout=5).ping()


def test_postgresql_never_runs_as_root(running):
    pid = embedded._postgres_pid(running)

    assert Path(f"/proc/{pid}").stat().st_uid != 0


def test_servers_outlive_the_command_that_started_them(checkout):
    done = python("from tthc_portal import embedded; embedded.ensure_running()")

    assert done.returncode == 0, done.stderr
    assert embedded.is_running()


def test_commands_at_the_same_moment_share_one_pair_of_servers(checkout):
    code = (
        "from tthc_portal import embedded, embedded_place; embedded.ensure_running();"
        "place = embedded_place.current();"
        "print(embedded._postgres_pid(place), embedded._valkey_pid(place), embedded.redis_url())"
    )
    with ThreadPoolExecutor(3) as pool:
        outputs = {done.stdout for done in pool.map(python, [code] * 3)}

    assert len(outputs) == 1
    assert "None" not in outputs.pop()


def test_a_killed_postgresql_is_started_again_with_its_rows(running):
    ask("create table kept (n int); insert into kept values (7); select 1")
    os.kill(embedded._postgres_pid(running), signal.SIGKILL)
    assert processes.within(10, lambda: not embedded.is_running())

    embedded.ensure_running()

    assert ask("select n from kept") == 7


def test_a_killed_valkey_is_started_again(running):
    os.kill(embedded._valkey_pid(running), signal.SIGKILL)
    assert processes.within(10, lambda: not embedded.is_running())

    embedded.ensure_running()

    assert broker().ping()


def test_the_number_of_a_stranger_in_a_stale_pid_file_is_left_alone(running):
    embedded.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        lines = f"{stranger.pid}\n{running.data}\n1\n5432\n{running.sockets}\n\n1 1\nready\n"
        (running.data / "postmaster.pid").write_text(lines)
        (running.valkey / "valkey.pid").write_text(str(stranger.pid))

        embedded.ensure_running()

        assert stranger.poll() is None
        assert ask("select 1") == 1
    finally:
        stranger.kill()
        stranger.wait()


def test_valkey_moves_when_its_port_is_taken(running):
    embedded.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", running.valkey_port))
        other.listen()

        embedded.ensure_running()

        assert embedded_place.current().valkey_port != running.valkey_port
        assert broker().ping()


def test_lost_sockets_do_not_strand_the_server(running):
    (Path(running.sockets) / ".s.PGSQL.5432").unlink()

    embedded.ensure_running()

    assert ask("select 1") == 1


def test_a_stopped_pair_is_gone_and_comes_back_with_its_rows(running):
    ask("create table kept (n int); insert into kept values (7); select 1")
    pids = embedded._postgres_pid(running), embedded._valkey_pid(running)

    embedded.stop()

    assert not embedded.is_running()
    assert not processes.works_in(pids[0], running.data)
    assert not processes.works_in(pids[1], running.valkey)

    embedded.ensure_running()

    assert ask("select n from kept") == 7


def test_a_copied_checkout_gets_servers_of_its_own(checkout, tmp_path):
    original = embedded_place.current()
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "embedded.json").write_text((checkout / "embedded.json").read_text())

    with at(copy):
        other = embedded_place.current()

    assert other.var == str(copy)
    assert other.sockets != original.sockets
    assert other.valkey_password != original.valkey_password


def test_a_socket_directory_of_somebody_else_is_refused(checkout):
    place = embedded_place.current()
    Path(place.sockets).mkdir(parents=True, mode=0o777)
    Path(place.sockets).chmod(0o777)

    with pytest.raises(embedded.EmbeddedServerError, match="thuộc về người khác"):
        embedded.ensure_running()


def test_a_named_database_leaves_the_embedded_servers_alone(checkout, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://tthc@database.invalid/tthc")

    embedded.ensure_running()

    assert not embedded.is_running()


def test_a_socket_path_fits_whatever_the_depth_of_the_checkout(checkout):
    place = json.loads(embedded_place._new())

    assert len(str(checkout)) > 107
    assert len(f"{place['sockets']}/.s.PGSQL.5432.lock") < 107
