"""Forms of the office's acts on a petition, and of moderating a remark: shape only."""

from datetime import datetime
from typing import Any

from django import forms

from dossiers import telling
from feedback.access import Act
from feedback.models import Petition
from feedback.statuses import Category
from organizations.models import Agency, User
from organizations.roles import Role

_RELOAD = "Biểu mẫu không đầy đủ. Hãy tải lại trang rồi thực hiện lại."


def _words(label: str, asked: str, *, rows: int = 3, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": asked},
    )


class ActForm(forms.Form):
    """What every act sends: the version of the petition that the person was looking at."""

    version = forms.IntegerField(
        min_value=0,
        max_value=2_000_000_000,
        error_messages={"required": _RELOAD, "invalid": _RELOAD},
    )

    def __init__(self, data: Any = None, *, petition: Petition, actor: User, at: datetime) -> None:
        self.petition, self.actor, self.at = petition, actor, at
        super().__init__(data, auto_id=f"id_{type(self).__name__.lower()}_%s")
        self.initial = self.suggested()

    def suggested(self) -> dict[str, Any]:
        """What is most likely to be entered."""
        return {}

    @property
    def consequence(self) -> str:
        """What follows from the act, in one sentence above its button."""
        return ""

    @property
    def questions(self) -> list[forms.BoundField]:
        """What the person is asked; the version travels unseen."""
        return [field for field in self if field.name != "version"]

    def _warning(self, by: datetime | None, what: str) -> str:
        """Says that the act is late, before it is done."""
        if by is None or self.at <= by:
            return ""
        return (
            f"Hạn {what} là {telling.moment(by)}, đã qua: vẫn ghi được, "
            "nhưng phản ánh này tính là xử lý không đúng hạn."
        )


class ReceiveForm(ActForm):
    """Tiếp nhận, phân loại."""

    category = forms.ChoiceField(label="Nội dung", choices=Category.choices)
    agency = forms.ModelChoiceField(
        label="Cơ quan trả lời",
        queryset=Agency.objects.none(),
        to_field_name="code",
        error_messages={
            "required": "Hãy chọn cơ quan trả lời.",
            "invalid_choice": "Bạn không được chuyển phản ánh đến cơ quan này. Hãy chọn lại.",
        },
    )
    dossier_code = forms.CharField(
        label="Mã hồ sơ liên quan",
        help_text="Ghi khi đúng là phản ánh về hồ sơ này; để trống nếu không.",
        required=False,
        max_length=60,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells mypy what it is)
        served = self.actor.agency_ids_for(Role.COUNTER, Role.SUPERVISOR)
        field.queryset = Agency.objects.active().filter(pk__in=served).in_order()

    def suggested(self) -> dict[str, Any]:
        """As the sender wrote it."""
        return {
            "category": self.petition.category,
            "agency": self.petition.agency.code,
            "dossier_code": self.petition.dossier_code,
        }

    @property
    def consequence(self) -> str:
        """The term runs from the sending."""
        return f"Cơ quan phải trả lời trước {telling.moment(self.petition.answer_by)}."


class RefuseForm(ActForm):
    """Từ chối tiếp nhận."""

    reason = _words(
        "Lý do từ chối",
        "Hãy ghi rõ lý do từ chối tiếp nhận.",
        help_text="Người gửi đọc được lý do này.",
    )

    @property
    def consequence(self) -> str:
        """A refused petition does not come back."""
        return self._warning(self.petition.refuse_by, "từ chối") or (
            "Phản ánh bị từ chối không mở lại được; người gửi có thể gửi phản ánh mới."
        )


class AskForm(ActForm):
    """Yêu cầu bổ sung."""

    wanted = _words(
        "Cần bổ sung gì",
        "Hãy ghi rõ cần người gửi bổ sung gì.",
        help_text="Ghi đủ và rõ: chỉ được yêu cầu một lần.",
    )

    @property
    def consequence(self) -> str:
        """Whose term runs then."""
        return self._warning(self.petition.ask_by, "yêu cầu bổ sung") or (
            "Người gửi có 15 ngày làm việc để bổ sung; các hạn xử lý tính lại từ lúc bổ sung."
        )


class AnswerForm(ActForm):
    """Trả lời."""

    answer = _words(
        "Câu trả lời",
        "Hãy ghi câu trả lời cho người gửi.",
        rows=7,
        help_text="Câu trả lời được công khai: không ghi thông tin riêng của người dân.",
    )

    def suggested(self) -> dict[str, Any]:
        """The answer that was sent back or complained of, to be mended."""
        return {"answer": self.petition.answer}

    @property
    def consequence(self) -> str:
        """What the head does next."""
        return self._warning(self.petition.answer_by, "trả lời") or (
            "Lãnh đạo cơ quan duyệt và công khai trong 2 ngày làm việc."
        )


class SendBackForm(ActForm):
    """Trả lại để trả lời lại."""

    reason = _words("Cần sửa gì", "Hãy ghi rõ câu trả lời cần sửa gì.")

    @property
    def consequence(self) -> str:
        """The term does not stop."""
        return f"Hạn trả lời vẫn là {telling.moment(self.petition.answer_by)}."


class PublishForm(ActForm):
    """Duyệt và công khai."""

    subject = forms.CharField(
        label="Tiêu đề công khai",
        max_length=200,
        error_messages={"required": "Hãy ghi tiêu đề công khai."},
    )
    content = _words(
        "Nội dung công khai",
        "Hãy ghi nội dung công khai.",
        rows=5,
        help_text="Bỏ tên, số điện thoại, địa chỉ và mọi thông tin riêng trong lời người gửi.",
    )

    def suggested(self) -> dict[str, Any]:
        """What was public before, or as the sender wrote it."""
        petition = self.petition
        return {
            "subject": petition.public_subject or petition.subject,
            "content": petition.public_content or petition.content,
        }

    @property
    def consequence(self) -> str:
        """Who will read it."""
        return self._warning(self.petition.publish_by, "công khai") or (
            "Nội dung và câu trả lời hiện trên trang công khai; tên người gửi được che."
        )


class HideForm(ActForm):
    """Ẩn khỏi trang công khai."""

    reason = _words("Lý do ẩn", "Hãy ghi rõ lý do ẩn.")

    @property
    def consequence(self) -> str:
        """What remains."""
        return "Nội dung và lý do ẩn vẫn được lưu để kiểm tra; cách tính chỉ số không đổi."


class ShowForm(ActForm):
    """Hiện lại trên trang công khai."""

    reason = _words("Lý do hiện lại", "Hãy ghi rõ lý do hiện lại.")


FORMS: dict[Act, type[ActForm]] = {
    Act.RECEIVE: ReceiveForm,
    Act.REFUSE: RefuseForm,
    Act.ASK: AskForm,
    Act.ANSWER: AnswerForm,
    Act.SEND_BACK: SendBackForm,
    Act.PUBLISH: PublishForm,
    Act.HIDE: HideForm,
    Act.SHOW: ShowForm,
}


class ModerationForm(forms.Form):
    """Ẩn, hiện góp ý."""

    hides = forms.TypedChoiceField(
        choices=[("1", "Ẩn"), ("0", "Hiện lại")], coerce=lambda value: value == "1"
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        error_messages={"required": "Hãy ghi rõ lý do ẩn hoặc hiện góp ý."},
    )
