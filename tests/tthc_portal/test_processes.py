"""Processes are started, watched and ended in order, and a stranger is never hit."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tthc_portal import processes

STUBBORN = "trap '' TERM; echo ready; while true; do sleep 0.1; done"


@pytest.fixture
def children(tmp_path):
    family = processes.Children(logs=tmp_path / "log", directory=tmp_path, environment=os.environ)
    yield family
    family.stop(0.1)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_process_that_ignores_the_polite_signal_is_killed(tmp_path):
    stubborn = subprocess.Popen(
        ["/bin/sh", "-c", STUBBORN], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    assert stubborn.stdout.readline() == "ready\n"

    steps = ((signal.SIGTERM, 0.2), (signal.SIGKILL, 5.0))

    assert processes.end(stubborn.pid, tmp_path, steps)
    assert stubborn.wait() == -signal.SIGKILL
    stubborn.stdout.close()


def test_a_process_of_another_directory_is_never_signalled(tmp_path):
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        assert processes.end(stranger.pid, tmp_path, ((signal.SIGKILL, 0.1),))
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_child_writes_its_own_log_and_its_end_is_noticed(children):
    children.start("talker", "/bin/sh", "-c", "echo xin chào; echo lỗi >&2")

    assert processes.within(5, lambda: children.dead() == "talker")
    assert children.log("talker").read_text() == "xin chào\nlỗi\n"


def test_a_child_that_ends_by_itself_is_seen_out_and_not_taken_for_a_dead_one(children):
    children.start("well", "true")
    children.start("badly", "false")

    assert children.see_out("well")
    assert not children.see_out("badly")
    assert children.dead() is None


def test_stopping_is_polite_first_and_reaches_grandchildren(children):
    children.start(
        "polite", "/bin/sh", "-c", "trap 'echo bye; exit 0' TERM; while true; do sleep 0.1; done"
    )
    children.start("stubborn", "/bin/sh", "-c", f"sleep 60 & echo $!; {STUBBORN}")
    stubborn_log = children.log("stubborn")
    assert processes.within(5, lambda: "ready" in stubborn_log.read_text())
    grandchild = int(stubborn_log.read_text().split()[0])

    children.stop(1)

    assert children.log("polite").read_text() == "bye\n"
    assert processes.within(5, lambda: not is_alive(grandchild))


def test_children_do_not_outlive_a_parent_that_was_killed(tmp_path):
    code = """
        import os, signal, sys, time
        from pathlib import Path
        from tthc_portal.processes import Children
        here = Path(sys.argv[1])
        family = Children(logs=here, directory=here, environment=os.environ)
        family.start("child", "/bin/sh", "-c", "echo $$; exec sleep 60")
        while not family.log("child").read_text():
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    checkout = Path(processes.__file__).parent.parent
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)], cwd=checkout, timeout=60
    )

    child = int((tmp_path / "child.log").read_text())

    assert processes.within(5, lambda: not is_alive(child))
