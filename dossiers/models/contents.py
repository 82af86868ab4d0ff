"""What hangs on a dossier: papers, files, fees, internal steps, its result, printed forms."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from dossiers.models.dossier import Dossier
from dossiers.statuses import AttachmentKind, FormKind, PaymentMethod, ReturnMethod
from organizations.models import Agency, User
from procedures.models import RequiredPaper
from procedures.statuses import StepRole


class DossierPaper(models.Model):
    """Giấy tờ nộp: one line of the checklist on the receipt."""

    # Found by the index of its position; nothing looks for the papers of a required paper.
    dossier = models.ForeignKey(Dossier, models.CASCADE, db_index=False, related_name="papers")
    required_paper = models.ForeignKey(
        RequiredPaper, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    position = models.PositiveSmallIntegerField()
    name = models.TextField("tên giấy tờ")
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    copies = models.PositiveSmallIntegerField("bản sao", default=0)
    is_digitised = models.BooleanField("đã số hóa", default=False)
    is_reused = models.BooleanField("tái sử dụng", default=False)
    is_from_store = models.BooleanField("lấy từ kho dữ liệu cá nhân", default=False)

    class Meta:
        verbose_name = "giấy tờ nộp"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "position"],
                name="paper_position_unique_in_dossier",
                violation_error_message="Hai giấy tờ của hồ sơ không thể cùng số thứ tự.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """Tệp: a scan, a draft or a result; the file is served through a permission check only."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="attachments")
    paper = models.ForeignKey(DossierPaper, models.PROTECT, null=True, related_name="attachments")
    kind = models.CharField("loại tệp", max_length=10, choices=AttachmentKind)
    file = models.FileField("tệp", upload_to="attachments/%Y/%m/%d")
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField("kích thước (byte)")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField("thêm lúc")

    class Meta:
        verbose_name = "tệp"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="attachment_is_not_empty",
                violation_error_message="Tệp rỗng. Hãy quét lại rồi tải lên lần nữa.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Fee(models.Model):
    """Phí, lệ phí of a dossier and how it was paid."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="fees")
    name = models.CharField("tên", max_length=200)
    amount = models.DecimalField("số tiền (đồng)", max_digits=14, decimal_places=0)
    method = models.CharField("hình thức", max_length=16, choices=PaymentMethod, blank=True)
    paid_at = models.DateTimeField("thu lúc", null=True)
    # Numbered from 1 for each agency and year when it is settled after acceptance.
    receipt_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    receipt_year = models.PositiveSmallIntegerField("năm của biên lai", null=True)
    receipt_number = models.PositiveIntegerField("số biên lai", null=True)

    class Meta:
        verbose_name = "phí, lệ phí"
        constraints = [
            models.UniqueConstraint(
                fields=["receipt_agency", "receipt_year", "receipt_number"],
                name="fee_receipt_number_unique",
                violation_error_message="Số biên lai này đã dùng trong năm. Hãy thu lại lần nữa.",
            ),
            models.CheckConstraint(
                condition=Q(
                    receipt_agency__isnull=True,
                    receipt_year__isnull=True,
                    receipt_number__isnull=True,
                )
                | Q(
                    receipt_agency__isnull=False,
                    receipt_year__isnull=False,
                    receipt_number__gte=1,
                    paid_at__isnull=False,
                ),
                name="fee_receipt_is_whole",
                violation_error_message="Biên lai phải có cơ quan, năm, số và thời điểm thu.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="fee_is_not_negative",
                violation_error_message="Phí, lệ phí không thể âm.",
            ),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True) | ~Q(method=""),
                name="fee_paid_has_method",
                violation_error_message="Hãy chọn hình thức thanh toán.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def receipt(self) -> str:
        """`12/2026`; empty for a fee that was paid on acceptance or is not paid."""
        return f"{self.receipt_number}/{self.receipt_year}" if self.receipt_number else ""


class ReceiptCounter(models.Model):
    """Bộ đếm biên lai: the last number given by an agency in a year."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối")

    class Meta:
        verbose_name = "bộ đếm biên lai"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="receipt_counter_one_for_agency_and_year",
                violation_error_message="Mỗi cơ quan chỉ có một bộ đếm biên lai trong một năm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}: {self.last}"


class DossierStep(models.Model):
    """Bước nội bộ: one desk's share of the time; made when the dossier is transferred."""

    # Found by the index of its position.
    dossier = models.ForeignKey(Dossier, models.CASCADE, db_index=False, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("bước", max_length=200)
    role = models.CharField("vai trò", max_length=14, choices=StepRole)
    # Percent of the promised time that has run when this step ends: its due moment can be
    # computed again when the promise moves.
    share_until = models.DecimalField("đến hết phần trăm", max_digits=5, decimal_places=2)
    due_at = models.DateTimeField("phải xong trước", null=True)
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    finished_at = models.DateTimeField("xong lúc", null=True)
    # Found by the index below.
    finished_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = "bước nội bộ"
        indexes = [
            # What was finished in a period, by one person or, skipping, by everybody.
            models.Index(fields=["finished_by", "finished_at"], name="step_by_finisher"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "position"],
                name="step_position_unique_in_dossier",
                violation_error_message="Hai bước của hồ sơ không thể cùng số thứ tự.",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(started_at__isnull=False),
                name="step_finished_was_started",
                violation_error_message="Bước chưa bắt đầu thì chưa thể xong.",
            ),
            models.CheckConstraint(
                condition=Q(share_until__gte=0, share_until__lte=100),
                name="step_share_until_is_a_share",
                violation_error_message="Phần thời gian của bước phải từ 0 đến 100 phần trăm.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Result(models.Model):
    """Kết quả giải quyết: number, date, signer and file, and into whose hand it went."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="result")
    number = models.CharField("số, ký hiệu", max_length=60)
    issued_date = models.DateField("ngày ban hành")
    signer_name = models.CharField("người ký", max_length=120)
    signer_title = models.CharField("chức vụ người ký", max_length=120)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    recipient_name = models.CharField("người nhận", max_length=200, blank=True)
    recipient_identity_number = models.CharField(
        "số định danh người nhận", max_length=20, blank=True
    )
    return_method = models.CharField("cách trả", max_length=10, choices=ReturnMethod, blank=True)
    tracking_number = models.CharField("số hiệu bưu gửi", max_length=40, blank=True)

    class Meta:
        verbose_name = "kết quả giải quyết"

    def __str__(self) -> str:
        return self.number


class PrintedForm(models.Model):
    """Mẫu in: asked for in the act's transaction, drawn as a PDF by a worker after it."""

    # Found by the index of its number.
    dossier = models.ForeignKey(Dossier, models.PROTECT, db_index=False, related_name="forms")
    kind = models.CharField("mẫu", max_length=16, choices=FormKind)
    number = models.PositiveSmallIntegerField("lần", default=1)
    asked_at = models.DateTimeField("yêu cầu lúc")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")
    rendered_at = models.DateTimeField("tạo xong lúc", null=True)
    file = models.FileField("tệp PDF", upload_to="forms/%Y/%m/%d", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    failure = models.TextField("lỗi", blank=True)

    class Meta:
        verbose_name = "mẫu in"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind", "number"],
                name="form_number_unique_in_dossier",
                violation_error_message="Lần in này của mẫu đã được lập. Hãy tải lại trang.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="form_numbered_from_one",
                violation_error_message="Các lần in một mẫu được đánh số từ 1.",
            ),
            models.CheckConstraint(
                condition=Q(rendered_at__isnull=True) | ~Q(file=""),
                name="form_rendered_has_file",
                violation_error_message="Mẫu đã tạo xong phải có tệp.",
            ),
        ]
        indexes = [
            # tasks.render_waiting_forms
            models.Index("asked_at", name="form_waiting", condition=Q(rendered_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.dossier_id}"

    def get_absolute_url(self) -> str:
        """The page that waits for the PDF and shows it."""
        return self._address("dossiers:form")

    @property
    def title(self) -> str:
        """What it is called, and which print of it this is when there are several."""
        again = f" (in lần {self.number})" if self.number > 1 else ""
        return f"{self.get_kind_display()}{again}"

    def get_pdf_url(self) -> str:
        """The PDF itself."""
        return self._address("dossiers:form_pdf")

    def get_again_url(self) -> str:
        """Where another try is asked for, by POST."""
        return self._address("dossiers:form_again")

    def _address(self, name: str) -> str:
        page = reverse(name, args=[self.dossier.code, self.kind])
        return f"{page}?lan={self.number}" if self.number > 1 else page
