"""Who may sign for an agency and in whose stead, with which certificate, under which number."""

from django.db import models
from django.db.models import F, Q

from apologies.statuses import Authority
from organizations.models import Agency, User


class AgencyCertificate(models.Model):
    """Chứng thư số của cơ quan: the public half; the key stays in a file or on a token."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="certificates")
    subject = models.CharField("chủ thể", max_length=300)
    # SHA-256 of the certificate: how a signature is traced back to its agency.
    fingerprint = models.CharField("dấu vân tay", max_length=64, unique=True)
    certificate = models.TextField("chứng thư (PEM)")
    issuers = models.TextField("chuỗi chứng thư phát hành (PEM)", blank=True)
    # The file's name in SIGNING_DIR without its ending, or the label on the token.
    key_name = models.CharField("tên khóa", max_length=100)
    valid_from = models.DateTimeField("có hiệu lực từ")
    valid_until = models.DateTimeField("hết hiệu lực lúc")
    is_active = models.BooleanField("đang dùng", default=False)
    added_at = models.DateTimeField("thêm lúc")
    # A page was signed with the key and the signature held; or why it could not be.
    proven_at = models.DateTimeField("thử khóa đạt lúc", null=True)
    proof_failure = models.TextField("vì sao thử khóa không đạt", blank=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revocation_reason = models.TextField("lý do thu hồi", blank=True)

    class Meta:
        verbose_name = "chứng thư số"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(proven_at__isnull=False, revoked_at__isnull=True),
                name="certificate_active_is_proven_and_not_revoked",
                violation_error_message=(
                    "Chỉ dùng được chứng thư số đã thử khóa đạt và chưa bị thu hồi."
                ),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revocation_reason="")
                | (
                    Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revocation_reason="")
                ),
                name="certificate_revoked_says_why",
                violation_error_message=("Chứng thư số thu hồi phải có người, thời điểm và lý do."),
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(is_active=True),
                name="certificate_one_active_for_agency",
                violation_error_message="Cơ quan đang dùng một chứng thư số khác.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")),
                name="certificate_ends_after_it_begins",
                violation_error_message="Chứng thư số phải hết hiệu lực sau khi có hiệu lực.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class SigningAuthority(models.Model):
    """Thẩm quyền ký của một người: in whose stead they sign (NĐ 30/2020 Đ13), and until when.

    Nobody needs a row to sign as head, or as a deputy whose title says so.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="signing_authorities")
    user = models.ForeignKey(User, models.PROTECT, related_name="signing_authorities")
    authority = models.CharField("thẩm quyền", max_length=10, choices=Authority)
    signer_title = models.CharField("chức vụ người ký", max_length=120)
    holder_title = models.CharField(
        "ký thay, thừa lệnh, thừa ủy quyền của", max_length=120, blank=True
    )
    document = models.CharField("văn bản ủy quyền", max_length=100, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_until = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thẩm quyền ký"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "user"],
                name="authority_one_for_person_in_agency",
                violation_error_message="Người này đã có thẩm quyền ký tại cơ quan.",
            ),
            models.CheckConstraint(
                condition=Q(authority=Authority.HEAD, holder_title="")
                | (
                    Q(authority__in=(Authority.DEPUTY, Authority.BY_ORDER, Authority.DELEGATED))
                    & ~Q(holder_title="")
                ),
                name="authority_names_its_holder",
                violation_error_message="Hãy ghi chức vụ của người được ký thay hoặc ủy quyền.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="authority_ends_after_it_begins",
                violation_error_message="Thẩm quyền ký phải kết thúc sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=~Q(authority=Authority.DELEGATED)
                | (~Q(document="") & Q(valid_until__isnull=False)),
                name="authority_delegated_in_writing_for_a_time",
                violation_error_message=(
                    "Thừa ủy quyền phải có văn bản ủy quyền và thời hạn (NĐ 30/2020 Đ13)."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_authority_display()} {self.holder_title}".strip()


class LetterCounter(models.Model):
    """Bộ đếm số phiếu: the last number given by an agency in a year (NĐ 30/2020 Đ15)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối")

    class Meta:
        verbose_name = "bộ đếm số phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="letter_counter_one_for_agency_and_year",
                violation_error_message="Mỗi cơ quan chỉ có một bộ đếm số phiếu trong một năm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}: {self.last}"
