"""Sends mail by SMTP, one step at a time, so that each failure is known for what it is.

Until the first byte of the message goes out nothing can have arrived; after it only an answer
of the server tells. A stable Message-ID lets the reader's side recognise a repetition, but no
server promises to look at it (RFC 5321 4.5.3.2.6), so an unheard answer stays unclear.
"""

import re
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WITH_CRLF
from email.utils import formatdate, parseaddr

from django.conf import settings

from notifications.channels import NotSent, Parcel, Unclear

_AWAY = (OSError, smtplib.SMTPServerDisconnected)
_AWAY_NOW = "Không kết nối được máy chủ thư; hệ thống sẽ gửi lại."
_BUSY = "Máy chủ thư đang từ chối nhận ({code}); hệ thống sẽ gửi lại."
_REFUSED = "Máy chủ thư từ chối {what} ({code}). Hãy kiểm tra địa chỉ nhận và cấu hình thư."


class SmtpTransport:
    """The mail server of SMTP_HOST."""

    knows_keys = False

    def send(self, parcel: Parcel) -> str:
        """The Message-ID, once the server has taken the message."""
        message = written(parcel)
        try:
            server = _greeted()
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code, "kết nối", is_final=False) from error
        except smtplib.SMTPException as error:
            raise NotSent("Máy chủ thư không hiểu lời chào hoặc không có bảo mật.") from error
        except OSError as error:
            raise NotSent(_AWAY_NOW, is_away=True) from error
        try:
            _ask_to_take(server, parcel)
            parcel.hand_over()
            _hand_over(server, message)
        finally:
            server.close()
        return str(message["Message-ID"])


def written(parcel: Parcel) -> EmailMessage:
    """The mail: its text, and the same as a simple page."""
    name, sender = parseaddr(settings.EMAIL_FROM)
    message = EmailMessage(policy=WITH_CRLF)
    message["From"] = Address(display_name=name, addr_spec=sender)
    message["To"] = Address(addr_spec=parcel.recipient)
    message["Subject"] = parcel.title
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = f"<{parcel.key}@{sender.rpartition('@')[2]}>"
    # Answering machines must not answer (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parcel.body)
    if parcel.html:
        message.add_alternative(parcel.html, subtype="html")
    return message


def _greeted() -> smtplib.SMTP:
    """A connection that may be used; closed again if greeting fails."""
    server = _connected()
    try:
        server.ehlo_or_helo_if_needed()
        if settings.SMTP_SECURITY == "starttls":
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if settings.SMTP_USER:
            server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server


def _connected() -> smtplib.SMTP:
    place = (settings.SMTP_HOST, settings.SMTP_PORT)
    seconds = settings.MESSAGE_TIMEOUT_SECONDS
    if settings.SMTP_SECURITY == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(*place, timeout=seconds, context=context)
    return smtplib.SMTP(*place, timeout=seconds)


def _ask_to_take(server: smtplib.SMTP, parcel: Parcel) -> None:
    sender = parseaddr(settings.EMAIL_FROM)[1]
    try:
        _require(250, *server.mail(sender), what="địa chỉ gửi")
        _require(250, *server.rcpt(parcel.recipient), what="địa chỉ nhận")
        _require(354, *server.docmd("DATA"), what="nội dung thư")
    except _AWAY as error:
        raise NotSent("Máy chủ thư ngắt kết nối trước khi nhận thư; sẽ gửi lại.") from error


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    lines = re.sub(rb"(?m)^\.", b"..", message.as_bytes())
    try:
        server.send(lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        code, answer = server.getreply()
    except _AWAY as error:
        raise Unclear("Máy chủ thư ngắt kết nối trước khi báo đã nhận thư.") from error
    _require(250, code, answer, what="nội dung thư")


def _require(wanted: int, code: int, answer: bytes, *, what: str) -> None:
    """The server's own words are left out: they often repeat the address."""
    # 251: the server knows where the address has moved to.
    if code not in {wanted, 251}:
        raise _answered(code, what, is_final=500 <= code < 600)


def _answered(code: int, what: str, *, is_final: bool) -> NotSent:
    sentence = _REFUSED if is_final else _BUSY
    return NotSent(sentence.format(code=code, what=what), is_final=is_final)
