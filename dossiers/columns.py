"""What may stand in a column of a list of dossiers, on the page and in a file alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dossiers import telling
from dossiers.models import Dossier
from procedures.statuses import ChannelKind

Value = str | datetime | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """One fact about a dossier: its key in what is kept, its word, and where it comes from."""

    key: str
    label: str
    value: Callable[[Dossier], Value]

    def text(self, dossier: Dossier) -> str:
        """The fact as a page shows it."""
        value = self.value(dossier)
        return telling.moment(value) if isinstance(value, datetime) else value or ""


COLUMNS = (
    Column(key="code", label="Mã hồ sơ", value=lambda dossier: dossier.code),
    Column(key="procedure", label="Thủ tục", value=lambda dossier: dossier.version.name),
    Column(key="applicant", label="Chủ hồ sơ", value=lambda dossier: dossier.applicant_name),
    Column(key="agency", label="Cơ quan giải quyết", value=lambda dossier: dossier.agency.name),
    Column(
        key="channel",
        label="Hình thức nộp",
        value=lambda dossier: str(ChannelKind(dossier.channel).label),
    ),
    Column(key="status", label="Trạng thái", value=lambda dossier: dossier.get_status_display()),
    Column(
        key="assignee",
        label="Người giải quyết",
        value=lambda dossier: dossier.assignee.full_name if dossier.assignee else "",
    ),
    Column(key="accepted_at", label="Tiếp nhận lúc", value=lambda dossier: dossier.accepted_at),
    Column(key="first_due_at", label="Hẹn trả lần đầu", value=lambda dossier: dossier.first_due_at),
    Column(key="due_at", label="Hẹn trả", value=lambda dossier: dossier.due_at),
    Column(key="resolved_at", label="Kết thúc lúc", value=lambda dossier: dossier.resolved_at),
    Column(key="returned_at", label="Trả kết quả lúc", value=lambda dossier: dossier.returned_at),
    Column(key="summary", label="Nội dung yêu cầu", value=lambda dossier: dossier.summary),
)
BY_KEY = {column.key: column for column in COLUMNS}


def chosen(keys: list[str]) -> list[Column]:
    """The columns of these keys in the usual order; keys of another release are passed over."""
    return [column for column in COLUMNS if column.key in keys]
