"""Keys on a token: a real PKCS#11 library (SoftHSM) keeps the key and signs a real letter."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from apologies import drawing, key_files, keys, proving, tokens
from apologies.demo_authority import DemoAuthority
from apologies.keys import KeyMissing
from apologies.models import AgencyCertificate, LetterPrint
from apologies.verifying import Verdict, judge
from tests.apologies.writing import THURSDAY, bytes_of, drafted, endangered, sealed, signed
from tests.conftest import NOW, Desk

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN, LABEL = "246810", "tthc-thu"

needs_softhsm = pytest.mark.skipif(
    not LIBRARY.exists() or shutil.which("softhsm2-util") is None,
    reason="apt-get install softhsm2",
)


@pytest.fixture(autouse=True)
def _on_token(settings):
    settings.SIGNING_KEYS = "apologies.tokens.TokenKeys"
    keys.holder.cache_clear()
    yield
    keys.holder.cache_clear()
    tokens.forget_session()


def run(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)


# The library is loaded once in a process and reads its settings then: one folder for all tests.
@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("softhsm")


@pytest.fixture
def token(settings, monkeypatch, folder: Path) -> str:
    """A token with the label LABEL, without keys."""
    configuration, store = folder / "softhsm2.conf", folder / "tokens"
    store.mkdir(exist_ok=True)
    configuration.write_text(f"directories.tokendir = {store}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(configuration))
    if not any(store.iterdir()):
        run("--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "135791")
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = str(LIBRARY), LABEL
    settings.PKCS11_PIN = PIN
    return LABEL


@pytest.fixture
def certificate(desk: Desk, token: str, tmp_path) -> AgencyCertificate:
    """The department's certificate; its key is on the token and nowhere else."""
    made = DemoAuthority(at=NOW - timedelta(days=365), life=timedelta(days=1000)).certify(
        agency=desk.agency, at=NOW
    )
    path = key_files.path_of(made.key_name)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    plain = tmp_path / "key.pem"
    plain.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    path.unlink()
    AgencyCertificate.objects.filter(pk=made.pk).update(key_name=f"stp-{made.pk}")
    made.refresh_from_db()
    run("--import", str(plain), "--token", token, "--label", made.key_name,
        "--id", f"{made.pk:04x}", "--pin", PIN)  # fmt: skip
    return made


@needs_softhsm
def test_a_letter_is_sealed_by_the_token(desk: Desk, certificate):
    order = sealed(signed(drafted(endangered(desk)), desk.head))

    assert order.drawn_at, order.failure
    assert judge(bytes_of(order)).verdict == Verdict.VALID


# The library's own objects complain of the session when they are forgotten.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@needs_softhsm
def test_a_lost_session_is_opened_anew(desk: Desk, certificate):
    keys.holder().signer(certificate)
    tokens._session().close()

    assert sealed(signed(drafted(endangered(desk)), desk.head)).drawn_at


@needs_softhsm
def test_the_proof_needs_the_right_key(desk: Desk, certificate):
    assert proving.objection(certificate, at=THURSDAY) == ""
    certificate.key_name = "khong-co"
    assert "Không tìm thấy khóa “khong-co”" in proving.objection(certificate, at=THURSDAY)


@needs_softhsm
def test_a_wrong_pin_is_said_and_not_tried_again(desk: Desk, certificate, settings, monkeypatch):
    settings.PKCS11_PIN, opened = "000000", []
    real = tokens.open_pkcs11_session
    monkeypatch.setattr(
        tokens, "open_pkcs11_session", lambda *a, **k: opened.append(1) or real(*a, **k)
    )

    for _ in range(3):
        with pytest.raises(KeyMissing, match="không nhận mã PIN") as refusal:
            keys.holder().signer(certificate)
    assert len(opened) == 1
    assert "000000" not in str(refusal.value)


@needs_softhsm
def test_a_token_that_is_not_there_leaves_the_letter_to_be_sealed_later(
    desk: Desk, certificate, settings
):
    letter = signed(drafted(endangered(desk)), desk.head)
    settings.PKCS11_TOKEN = "token-khac"
    order = sealed(letter)
    assert (order.drawn_at, order.failure[:10]) == (None, "KeyMissing")

    settings.PKCS11_TOKEN = LABEL
    assert drawing.draw_waiting(at=THURSDAY + timedelta(minutes=2)) == 1
    assert LetterPrint.objects.get(pk=order.pk).drawn_at


@pytest.mark.parametrize(
    ("module", "label", "said"),
    [("", "a", "Chưa khai báo thiết bị ký số"), ("/khong/co.so", "a", "Không mở được thiết bị")],
)
def test_settings_that_lead_nowhere_are_said(db, settings, module, label, said):
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = module, label

    with pytest.raises(KeyMissing, match=said):
        keys.holder().signer(AgencyCertificate(key_name="a"))
