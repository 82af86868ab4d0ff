"""Makes .venv and installs what it needs: `python3 setup/prepare.py [--browser]`.

Uses only the standard library, because nothing else is there yet. Installs missing system
libraries when it may, and otherwise says in one sentence what to install.
"""
# ruff: noqa: S603, T201 (a script that runs fixed programs and talks to a person)

import ast
import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements" / "dev.txt"
MARK = VENV / "installed.sha256"
# What WeasyPrint loads, and Debian's package for each.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever starts it may have an older one)
        sys.exit("Cần Python 3.11 trở lên. Hãy cài rồi chạy lại với `make PYTHON=python3.11 …`.")
    install_system(missing_system(browser="--browser" in sys.argv[1:]))
    if not is_current():
        if not (PYTHON.exists() and tries(str(PYTHON), "-c", "import pip")):
            make_venv()
        install_libraries()


def missing_system(*, browser: bool) -> list[str]:
    """Debian packages without which documents (and the browser tests) cannot run."""
    missing = [package for name, package in LIBRARIES.items() if not loads(name)]
    if not PYTHON.exists() and not has_venv() and not shutil.which("uv"):
        missing.append("python3-venv")
    if browser and not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    return missing


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_venv() -> bool:
    """Debian keeps `ensurepip`, which a virtual environment needs, in a package of its own."""
    try:
        import ensurepip  # noqa: F401, PLC0415 (its absence is the question)
        import venv  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True


def install_system(packages: list[str]) -> None:
    if not packages:
        return
    names = " ".join(packages)
    apt = apt_command()
    if apt is None:
        sys.exit(f"Thiếu thư viện. Hãy cài bằng `sudo apt-get install {names}` rồi chạy lại.")
    say(f"Cài thư viện hệ thống: {names}")
    run(*apt, "update", "-q")
    run(*apt, "install", "-q", "-y", "--no-install-recommends", *packages)


def apt_command() -> list[str] | None:
    """apt-get, with sudo when that asks for no password; None when we may not install."""
    apt = shutil.which("apt-get")
    if apt is None:
        return None
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", apt]
    if os.geteuid() == 0:
        return quiet
    sudo = shutil.which("sudo")
    if (
        sudo
        and not subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode
    ):
        return [sudo, "-n", *quiet]
    return None


def is_current() -> bool:
    return PYTHON.exists() and MARK.exists() and MARK.read_text() == wanted()


def wanted() -> str:
    return hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()


def make_venv() -> None:
    say("Tạo môi trường Python .venv")
    uv = shutil.which("uv")
    if uv and not has_venv():
        run(uv, "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, str(VENV))
    else:
        run(sys.executable, "-m", "venv", "--clear", str(VENV))


def install_libraries() -> None:
    """Exactly what the lock file names. uv takes seconds where pip takes a minute."""
    say("Cài các thư viện đã khóa phiên bản")
    what = ("--require-hashes", "-r", str(LOCK))
    # Compiled now: a shell that lets Python write no bytecode would compile it at every start.
    install = ("pip", "install", "-q", "--compile-bytecode", "--python", str(PYTHON))
    uv = locked_uv()
    if not (uv and tries(uv, *install, *sources(), *what)):
        say("uv không cài được, dùng pip")
        pip_install(*what)
    MARK.write_text(wanted())


def locked_uv() -> str | None:
    """The uv that the lock file names, put into .venv before everything else."""
    found = re.search(r"^uv==(?:.*\\\n)*.*\n", LOCK.read_text(), re.MULTILINE)
    if found is None:
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as alone:
        alone.write(found.group())
        alone.flush()
        pip_install("--require-hashes", "-r", alone.name)
    return str(VENV / "bin" / "uv")


def pip_install(*what: str) -> None:
    quiet = ("-qq", "--disable-pip-version-check", "--no-input")
    run(str(PYTHON), "-m", "pip", "install", *quiet, *what)


def sources() -> list[str]:
    """Where pip was told to look, in uv's words; the hashes say which of the finds is right."""
    options = ["--index-strategy", "unsafe-best-match", "--system-certs"]
    told = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    for line in told.stdout.splitlines():
        name, _, value = line.partition("=")
        option = name.rpartition(".")[2]
        if option in {"index-url", "extra-index-url", "find-links"}:
            for place in ast.literal_eval(value).split():
                options += [f"--{option}", place]
    return options


def tries(*command: str) -> bool:
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def run(*command: str) -> None:
    if not tries(*command):
        sys.exit(f"Lệnh `{' '.join(command)}` hỏng. Hãy xem thông báo ở trên rồi chạy lại.")


def say(sentence: str) -> None:
    print(f"{sentence}…", flush=True)


if __name__ == "__main__":
    main()
