"""What the pages say of findings: what is suspicious, and what sets it right."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from dossiers.models import Dossier
from dossiers.telling import day, moment
from organizations.models import User
from reporting.models import Finding
from reporting.quality import handling
from reporting.querysets import QualityFindingQuerySet
from reporting.statuses import OPEN_FINDINGS, FindingKind, FindingStatus

# What to do about each kind, as the page of a finding says it.
ADVICE: Mapping[FindingKind, str] = {
    FindingKind.IDLE: (
        "Nếu thực tế đã giải quyết xong: hãy làm các bước còn thiếu trên hồ sơ (trình, phê duyệt, "
        "trả kết quả), rồi đề nghị đính chính mốc thực tế kèm chứng cứ. Nếu chưa xong: hãy giải "
        "quyết ngay và xin lỗi người nộp."
    ),
    FindingKind.ISSUED_EARLIER: (
        "Kết quả được ký trong hạn nhưng hệ thống ghi kết thúc sau hạn. Nếu đúng là đã xong từ "
        "ngày ký: hãy đề nghị đính chính mốc kết thúc giải quyết kèm chứng cứ."
    ),
    FindingKind.NOT_RETURNED: (
        "Nếu người nộp đã nhận kết quả: hãy ghi nhận việc trả trên hồ sơ, rồi đề nghị đính chính "
        "mốc trả kết quả. Nếu chưa nhận: hãy báo người nộp đến nhận."
    ),
    FindingKind.WITHOUT_RESULT: (
        "Hồ sơ đã kết thúc nhưng không có số, ngày kết quả. Hãy kiểm tra kết quả đã cấp và giải "
        "trình; số liệu kết quả của hồ sơ nhập từ hệ thống cũ bổ sung theo hướng dẫn quản trị."
    ),
    FindingKind.RECEIVED_TWICE: (
        "Cùng người, cùng thủ tục, cùng nội dung trong vài ngày. Nếu là một hồ sơ ghi hai lần: "
        "hãy ghi nhận rút hoặc dừng hồ sơ thừa. Nếu là hai hồ sơ thật: hãy giải trình."
    ),
    FindingKind.OUT_OF_ORDER: (
        "Một mốc của hồ sơ đứng trước mốc phải có trước nó. Hãy đề nghị đính chính mốc sai kèm "
        "chứng cứ."
    ),
    FindingKind.IMPORTED_LEFTOVER: (
        "Hồ sơ nhập từ hệ thống cũ, đến nay chưa xong. Hãy kiểm tra hồ sơ giấy: đã xong thì làm "
        "các bước còn thiếu và đề nghị đính chính mốc thực tế; chưa xong thì giải quyết tiếp."
    ),
    FindingKind.NEVER_TRANSFERS: (
        "Bộ phận một cửa tiếp nhận hồ sơ nhưng không ghi nhận chuyển đi. Hãy chuyển các hồ sơ "
        "đang chờ trên hệ thống ngay khi bàn giao giấy tờ (Điều 18 Nghị định 61/2018/NĐ-CP)."
    ),
}

OPEN_TAB = "can-xu-ly"
TABS: Mapping[str, tuple[str, tuple[FindingStatus, ...]]] = {
    OPEN_TAB: ("Cần xem xét", OPEN_FINDINGS),
    "da-giai-trinh": ("Đã giải trình", (FindingStatus.EXPLAINED,)),
    "da-dinh-chinh": ("Đã đính chính", (FindingStatus.FIXED,)),
    "het-dau-hieu": ("Không còn dấu hiệu", (FindingStatus.GONE,)),
}


def sentence(finding: Finding) -> str:
    """What makes the record suspicious, with its days."""
    return _SENTENCES[FindingKind(finding.kind)](finding)


def _of_counter(finding: Finding) -> str:
    return f"Có hồ sơ phải chuyển từ {moment(finding.since)} mà 30 ngày qua không chuyển hồ sơ nào."


def _twice(finding: Finding) -> str:
    other = finding.other.code if finding.other else ""
    return f"Tiếp nhận {moment(finding.since)}, giống hồ sơ {other} tiếp nhận trước đó vài ngày."


_SENTENCES = {
    FindingKind.IDLE: lambda finding: (
        f"Quá hạn từ {day(finding.since)}; 30 ngày qua không ai làm gì trên hồ sơ."
    ),
    FindingKind.ISSUED_EARLIER: lambda finding: (
        f"Hẹn trả {day(finding.since)}; kết quả ký trong hạn nhưng ghi nhận kết thúc sau hạn."
    ),
    FindingKind.NOT_RETURNED: lambda finding: (
        f"Có kết quả từ {day(finding.since)}, đến nay chưa ghi nhận trả."
    ),
    FindingKind.WITHOUT_RESULT: lambda finding: (
        f"Kết thúc giải quyết {day(finding.since)} nhưng không có số kết quả."
    ),
    FindingKind.RECEIVED_TWICE: _twice,
    FindingKind.OUT_OF_ORDER: lambda finding: (
        f"Tiếp nhận {day(finding.since)}; các mốc sau đó không theo thứ tự."
    ),
    FindingKind.IMPORTED_LEFTOVER: lambda finding: (
        f"Nhập từ hệ thống cũ {day(finding.since)}, đến nay chưa xong."
    ),
    FindingKind.NEVER_TRANSFERS: _of_counter,
}


def counts_by_kind(findings: QualityFindingQuerySet) -> dict[str, int]:
    """How many there are of each kind."""
    rows: Any = findings.order_by().values("kind").annotate(number=Count("pk"))
    return {row["kind"]: row["number"] for row in rows}


def page(finding: Finding, *, viewer: User) -> dict[str, Any]:
    """Everything that the page of one finding shows this person."""
    may_handle = not handling.objection_to_handle(viewer, finding)
    is_open = finding.status in OPEN_FINDINGS
    dossier: Dossier | None = finding.dossier
    return {
        "finding": finding,
        "dossier": dossier,
        "sentence": sentence(finding),
        "advice": ADVICE[FindingKind(finding.kind)],
        "steps": finding.steps.select_related("actor").order_by("-id"),
        "may_take": may_handle and finding.status == FindingStatus.OPEN,
        "may_explain": may_handle and is_open,
        "may_reopen": finding.status == FindingStatus.EXPLAINED
        and not handling.objection_to_reopen(viewer, finding),
        "may_correct": may_handle and is_open and dossier is not None,
    }


def waiting(user: User) -> QualityFindingQuerySet:
    """What stands open of what the person's own agencies and counters answer for."""
    found: QualityFindingQuerySet = Finding.objects.all().visible_to(user).open()
    return found
