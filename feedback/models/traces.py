"""What is only ever added to a petition: events, files and votes."""

from django.db import models
from django.db.models import Q

from feedback.models.petition import Petition
from feedback.querysets import PetitionEventQuerySet
from feedback.statuses import PetitionEventKind
from organizations.models import User


class PetitionEvent(models.Model):
    """Sự kiện của phản ánh: one line for each act, written by `holding.record`, never changed."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="events", db_index=False)
    sequence = models.PositiveIntegerField()
    kind = models.CharField("sự kiện", max_length=14, choices=PetitionEventKind)
    at = models.DateTimeField("xảy ra lúc")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # As it was then: a name may change, the ledger may not.
    actor_name = models.CharField("người thực hiện", max_length=200)
    from_status = models.CharField(max_length=12, blank=True)
    to_status = models.CharField(max_length=12)
    reason = models.TextField("nội dung", blank=True)
    data = models.JSONField(default=dict)

    objects = PetitionEventQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện của phản ánh"
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "sequence"],
                name="petition_event_sequence_unique",
                violation_error_message="Phản ánh vừa được người khác cập nhật. Hãy tải lại trang.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PetitionEventKind.values),
                name="petition_event_kind_is_known",
                violation_error_message="Loại sự kiện của phản ánh không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.sequence}"


class PetitionFile(models.Model):
    """Tệp kèm phản ánh; served to those who may see the petition only."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="files")
    file = models.FileField("tệp", upload_to="petitions/%Y/%m/%d")
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField("kích thước (byte)")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField("thêm lúc")

    class Meta:
        verbose_name = "tệp kèm phản ánh"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="petition_file_is_not_empty",
                violation_error_message="Tệp rỗng. Hãy chọn tệp khác rồi gửi lại.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PetitionVote(models.Model):
    """Lượt hài lòng, không hài lòng về câu trả lời: one for each voter, never changed."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="votes", db_index=False)
    # The sender, or a keyed hash that tells public voters apart without knowing them.
    voter = models.CharField(max_length=64, editable=False)
    likes = models.BooleanField("hài lòng")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "lượt bày tỏ về câu trả lời"
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "voter"],
                name="petition_vote_once",
                violation_error_message="Bạn đã bày tỏ ý kiến về câu trả lời này.",
            ),
        ]

    def __str__(self) -> str:
        return "Hài lòng" if self.likes else "Không hài lòng"
