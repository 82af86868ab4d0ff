"""The words of messages: templates in Vietnamese, filled with plain values.

Each template is two files, `sms/<name>.txt` (short, one paid part or two) and
`email/<name>.txt` (whole sentences in paragraphs); the page of a mail is drawn from its text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.template.loader import render_to_string

from notifications import sms
from notifications.statuses import MessageChannel


@dataclass(frozen=True, kw_only=True)
class Text:
    """What one message says; title and page are for mail alone."""

    body: str
    title: str = ""
    html: str = ""


@dataclass(frozen=True)
class Template:
    """A kind of message: its name for people, the title of its mail, and what it must be told."""

    label: str
    title: str
    needs: frozenset[str]


def _template(label: str, title: str, *needs: str) -> Template:
    return Template(label, title, frozenset({"name", "code", "link", *needs}))


# `*_date` and `*_at` are days or moments, `amount` is in đồng, `link` the page that tells more.
TEMPLATES: Mapping[str, Template] = {
    "accepted": _template(
        "Đã tiếp nhận", "Đã tiếp nhận hồ sơ {code}", "procedure", "agency", "due_at"
    ),
    "refused": _template("Từ chối tiếp nhận", "Hồ sơ {code} chưa được tiếp nhận", "reason"),
    "supplement": _template(
        "Yêu cầu bổ sung", "Hồ sơ {code} cần bổ sung giấy tờ", "content", "answer_by"
    ),
    "fee": _template("Nộp phí", "Hồ sơ {code} cần nộp phí, lệ phí", "amount", "pay_by"),
    "apology": _template(
        "Xin lỗi và hẹn lại",
        "Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}",
        *("agency", "first_due_at", "new_due_at", "reason"),
    ),
    "due_moved": _template("Đổi ngày hẹn", "Hồ sơ {code} có ngày hẹn mới", "due_at", "reason"),
    "ready": _template("Có kết quả", "Hồ sơ {code} đã có kết quả", "place"),
    "declined": _template(
        "Từ chối giải quyết", "Hồ sơ {code} không được giải quyết", "agency", "reason"
    ),
    "petition_received": _template(
        "Đã tiếp nhận phản ánh", "Đã tiếp nhận phản ánh {code}", "agency", "answer_by"
    ),
    "petition_asked": _template(
        "Bổ sung phản ánh", "Phản ánh {code} cần bổ sung", "content", "answer_by"
    ),
    "petition_refused": _template(
        "Không tiếp nhận phản ánh", "Phản ánh {code} không được tiếp nhận", "reason"
    ),
    "petition_answered": _template(
        "Đã trả lời phản ánh", "Phản ánh {code} đã được trả lời", "agency", "content"
    ),
    "rate": _template("Mời đánh giá", "Mời đánh giá việc giải quyết hồ sơ {code}", "agency"),
    "stopped": _template("Dừng giải quyết", "Hồ sơ {code} dừng giải quyết", "agency", "reason"),
}


def write(template: str, channel: MessageChannel, values: Mapping[str, Any]) -> Text:
    """The words for one channel. Raises KeyError for a template or a value that is not there."""
    kind = TEMPLATES[template]
    told = {name: values[name] for name in kind.needs}
    if channel == MessageChannel.SMS:
        text = _fill(f"notifications/sms/{template}.txt", told)
        short = " ".join(text.split())
        return Text(body=short if settings.SMS_WITH_MARKS else sms.plain(short))
    body = _fill(f"notifications/email/{template}.txt", told)
    title = kind.title.format(code=told["code"])
    return Text(title=title, body=body, html=_page(title, body, told["link"]))


def _fill(path: str, values: Mapping[str, Any]) -> str:
    """Plain text: nothing in it is escaped."""
    template = engines["django"].engine.get_template(path)  # type: ignore[attr-defined]
    return str(template.render(Context(dict(values), autoescape=False))).strip() + "\n"


def _page(title: str, body: str, link: str) -> str:
    paragraphs = [" ".join(part.split()) for part in body.split("\n\n")]
    facts = {"title": title, "paragraphs": paragraphs, "link": link}
    return render_to_string("notifications/email/page.html", facts)
