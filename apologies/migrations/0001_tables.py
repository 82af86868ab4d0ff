"""Letters of apology, who signs them with which certificate, extensions and the ladder."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("apologies", "0001_letters_of_apology"),
        ("apologies", "0002_extension_requests_and_the_ladder"),
        ("apologies", "0003_posted_letters_by_day"),
        ("apologies", "0004_certificates_proven_and_revoked"),
        ("apologies", "0005_certificates_in_use_are_proven"),
        ("apologies", "0006_only_proven_certificates_sign"),
        ("apologies", "0007_runs_of_a_month"),
    ]
    initial = True
    dependencies = [
        ("dossiers", "0002_functions_and_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="AgencyCertificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("subject", models.CharField(max_length=300, verbose_name="chủ thể")),
                        (
                            "fingerprint",
                            models.CharField(
                                max_length=64, unique=True, verbose_name="dấu vân tay"
                            ),
                        ),
                        ("certificate", models.TextField(verbose_name="chứng thư (PEM)")),
                        (
                            "issuers",
                            models.TextField(
                                blank=True, verbose_name="chuỗi chứng thư phát hành (PEM)"
                            ),
                        ),
                        ("key_name", models.CharField(max_length=100, verbose_name="tên khóa")),
                        ("valid_from", models.DateTimeField(verbose_name="có hiệu lực từ")),
                        ("valid_until", models.DateTimeField(verbose_name="hết hiệu lực lúc")),
                        ("is_active", models.BooleanField(default=False, verbose_name="đang dùng")),
                        ("added_at", models.DateTimeField(verbose_name="thêm lúc")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "proof_failure",
                            models.TextField(blank=True, verbose_name="vì sao thử khóa không đạt"),
                        ),
                        (
                            "proven_at",
                            models.DateTimeField(null=True, verbose_name="thử khóa đạt lúc"),
                        ),
                        (
                            "revocation_reason",
                            models.TextField(blank=True, verbose_name="lý do thu hồi"),
                        ),
                        ("revoked_at", models.DateTimeField(null=True, verbose_name="thu hồi lúc")),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chứng thư số",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_active", True)),
                                fields=("agency",),
                                name="certificate_one_active_for_agency",
                                violation_error_message="Cơ quan đang dùng một chứng thư số khác.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gt", models.F("valid_from"))),
                                name="certificate_ends_after_it_begins",
                                violation_error_message="Chứng thư số phải hết hiệu lực sau khi có hiệu lực.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_active", False),
                                    models.Q(
                                        ("proven_at__isnull", False), ("revoked_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="certificate_active_is_proven_and_not_revoked",
                                violation_error_message="Chỉ dùng được chứng thư số đã thử khóa đạt và chưa bị thu hồi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("revocation_reason", ""),
                                        ("revoked_at__isnull", True),
                                        ("revoked_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("revoked_at__isnull", False),
                                        ("revoked_by__isnull", False),
                                        models.Q(("revocation_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="certificate_revoked_says_why",
                                violation_error_message="Chứng thư số thu hồi phải có người, thời điểm và lý do.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApologyLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("rule_set", models.CharField(max_length=30, verbose_name="bộ quy tắc")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Dự thảo"),
                                    ("signed", "Đã ký"),
                                    ("withdrawn", "Đã thu hồi"),
                                    ("obsolete", "Không còn cần"),
                                ],
                                max_length=10,
                                verbose_name="trạng thái",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="lý do chậm")),
                        (
                            "fault",
                            models.CharField(
                                choices=[
                                    ("agency", "Cơ quan giải quyết"),
                                    ("other_agency", "Cơ quan phối hợp"),
                                    ("applicant", "Người nộp hồ sơ"),
                                    ("system", "Sự cố hệ thống, đường truyền"),
                                ],
                                max_length=14,
                                verbose_name="nguyên nhân thuộc về",
                            ),
                        ),
                        ("promised_at", models.DateTimeField(verbose_name="ngày hẹn trả")),
                        ("new_day", models.DateField(null=True, verbose_name="ngày hẹn lại")),
                        ("drafted_at", models.DateTimeField(verbose_name="dự thảo lúc")),
                        (
                            "revision",
                            models.PositiveIntegerField(default=0, verbose_name="lần sửa"),
                        ),
                        ("number", models.PositiveIntegerField(null=True, verbose_name="số")),
                        ("year", models.PositiveSmallIntegerField(null=True, verbose_name="năm")),
                        (
                            "symbol",
                            models.CharField(blank=True, max_length=30, verbose_name="ký hiệu"),
                        ),
                        ("signed_at", models.DateTimeField(null=True, verbose_name="ký lúc")),
                        (
                            "signer_name",
                            models.CharField(blank=True, max_length=120, verbose_name="người ký"),
                        ),
                        (
                            "signer_title",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="chức vụ người ký"
                            ),
                        ),
                        (
                            "authority",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("head", "Thủ trưởng ký"),
                                    ("deputy", "Ký thay (KT.)"),
                                    ("by_order", "Ký thừa lệnh (TL.)"),
                                    ("delegated", "Ký thừa ủy quyền (TUQ.)"),
                                ],
                                max_length=10,
                                verbose_name="thẩm quyền ký",
                            ),
                        ),
                        (
                            "holder_title",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="ký thay chức vụ"
                            ),
                        ),
                        (
                            "verification_code",
                            models.CharField(
                                max_length=20, null=True, unique=True, verbose_name="mã xác minh"
                            ),
                        ),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="gửi lúc")),
                        (
                            "posted_at",
                            models.DateTimeField(null=True, verbose_name="công khai lúc"),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="thu hồi lúc"),
                        ),
                        (
                            "withdrawal_reason",
                            models.TextField(blank=True, verbose_name="lý do thu hồi"),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="apologies",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "certificate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apologies.agencycertificate",
                                verbose_name="chứng thư",
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="apologies",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="apologies.apologyletter",
                                verbose_name="thay phiếu",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "phiếu xin lỗi và hẹn lại",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "draft")),
                                fields=["agency", "promised_at", "id"],
                                name="letter_drafts_of_agency",
                            ),
                            models.Index(
                                condition=models.Q(("status", "draft")),
                                fields=["new_day"],
                                name="letter_drafts_by_new_day",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.OrderBy(models.F("signed_at"), descending=True),
                                models.F("id"),
                                condition=models.Q(("status__in", ("signed", "withdrawn"))),
                                name="letter_signed_of_agency",
                            ),
                            models.Index(
                                models.OrderBy(models.F("posted_at"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                condition=models.Q(
                                    ("posted_at__isnull", False), ("status", "signed")
                                ),
                                name="letter_posted",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.OrderBy(models.F("posted_at"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                condition=models.Q(
                                    ("posted_at__isnull", False), ("status", "signed")
                                ),
                                name="letter_posted_of_agency",
                            ),
                            models.Index(
                                models.OrderBy(models.F("withdrawn_at"), descending=True),
                                condition=models.Q(("status", "withdrawn")),
                                name="letter_withdrawn",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("draft", "signed"))),
                                fields=("dossier",),
                                name="letter_one_live_for_dossier",
                                violation_error_message="Hồ sơ đã có phiếu xin lỗi: chỉ xin lỗi, hẹn lại một lần.",
                            ),
                            models.UniqueConstraint(
                                fields=("agency", "year", "number"),
                                name="letter_number_unique_in_agency_and_year",
                                violation_error_message="Số phiếu này đã được cấp trong năm.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fault__in", ["agency", "other_agency", "applicant", "system"])
                                ),
                                name="letter_fault_is_known",
                                violation_error_message="Hãy chọn nguyên nhân chậm thuộc về ai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "authority__in",
                                            ["head", "deputy", "by_order", "delegated"],
                                        ),
                                        ("certificate__isnull", False),
                                        ("new_day__isnull", False),
                                        ("number__isnull", False),
                                        ("signed_at__isnull", False),
                                        ("signed_by__isnull", False),
                                        ("status__in", ("signed", "withdrawn")),
                                        ("verification_code__isnull", False),
                                        ("year__isnull", False),
                                        models.Q(
                                            ("reason", ""),
                                            ("signer_name", ""),
                                            ("signer_title", ""),
                                            ("symbol", ""),
                                            _connector="OR",
                                            _negated=True,
                                        ),
                                    ),
                                    models.Q(
                                        ("certificate__isnull", True),
                                        ("number__isnull", True),
                                        ("signed_at__isnull", True),
                                        ("signed_by__isnull", True),
                                        ("status__in", ("draft", "obsolete")),
                                        ("verification_code__isnull", True),
                                        ("year__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="letter_signed_is_whole",
                                violation_error_message="Phiếu đã ký phải có số, người ký, chứng thư, lý do và ngày hẹn lại.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", "withdrawn"),
                                        ("withdrawn_at__gte", models.F("signed_at")),
                                        ("withdrawn_at__isnull", False),
                                        ("withdrawn_by__isnull", False),
                                        models.Q(("withdrawal_reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("status", "withdrawn"), _negated=True),
                                        ("withdrawal_reason", ""),
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="letter_withdrawn_says_why",
                                violation_error_message="Phiếu thu hồi phải có người, thời điểm và lý do thu hồi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("posted_at__isnull", True), ("sent_at__isnull", True)
                                    ),
                                    models.Q(
                                        ("posted_at__isnull", True),
                                        ("sent_at__gte", models.F("signed_at")),
                                        ("sent_at__isnull", False),
                                    ),
                                    models.Q(
                                        ("posted_at__gte", models.F("sent_at")),
                                        ("sent_at__gte", models.F("signed_at")),
                                        ("sent_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="letter_sent_after_signing_posted_after_sending",
                                violation_error_message="Phiếu phải được ký rồi mới gửi, gửi rồi mới công khai.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CentreNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("signed", "Đã xin lỗi và hẹn lại"),
                                    ("withdrawn", "Đã thu hồi phiếu xin lỗi"),
                                ],
                                max_length=10,
                                verbose_name="về việc",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="gửi lúc")),
                        ("read_at", models.DateTimeField(null=True, verbose_name="đã xem lúc")),
                        (
                            "counter",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="apology_notices",
                                to="organizations.servicecounter",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="apologies.apologyletter",
                            ),
                        ),
                        (
                            "read_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thông báo cho bộ phận một cửa",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["counter", "id"],
                                name="notice_unread_at_counter",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("letter", "kind"),
                                name="notice_once_for_letter",
                                violation_error_message="Bộ phận một cửa đã được thông báo về phiếu này.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                                    models.Q(
                                        ("read_at__gte", models.F("sent_at")),
                                        ("read_at__isnull", False),
                                        ("read_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="notice_read_has_person_and_moment",
                                violation_error_message="Thông báo đã xem phải có người và thời điểm xem.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterCounter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                        ("last", models.PositiveIntegerField(verbose_name="số cuối")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bộ đếm số phiếu",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "year"),
                                name="letter_counter_one_for_agency_and_year",
                                violation_error_message="Mỗi cơ quan chỉ có một bộ đếm số phiếu trong một năm.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterPrint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("preview", "Bản xem trước"), ("sealed", "Bản đã ký số")],
                                max_length=8,
                                verbose_name="loại",
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(verbose_name="của lần sửa")),
                        ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                        ("next_try_at", models.DateTimeField(verbose_name="thử từ lúc")),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử"),
                        ),
                        ("failure", models.TextField(blank=True, verbose_name="lỗi")),
                        ("drawn_at", models.DateTimeField(null=True, verbose_name="tạo xong lúc")),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to="letters/%Y/%m/%d", verbose_name="tệp PDF"
                            ),
                        ),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prints",
                                to="apologies.apologyletter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bản vẽ của phiếu",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("drawn_at__isnull", True)),
                                fields=["next_try_at", "id"],
                                name="letter_print_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("drawn_at__isnull", False), ("kind", "sealed")),
                                fields=["sha256"],
                                name="letter_print_by_hash",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("letter", "kind", "revision"),
                                name="letter_print_once_for_revision",
                                violation_error_message="Bản vẽ này của phiếu đã được lập.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "sealed")),
                                fields=("letter",),
                                name="letter_print_sealed_once",
                                violation_error_message="Mỗi phiếu chỉ có một bản đã ký số.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("drawn_at__isnull", True),
                                    models.Q(
                                        ("file", ""), ("sha256", ""), _connector="OR", _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="letter_print_drawn_has_file",
                                violation_error_message="Bản vẽ đã xong phải có tệp và mã băm.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SigningAuthority",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "authority",
                            models.CharField(
                                choices=[
                                    ("head", "Thủ trưởng ký"),
                                    ("deputy", "Ký thay (KT.)"),
                                    ("by_order", "Ký thừa lệnh (TL.)"),
                                    ("delegated", "Ký thừa ủy quyền (TUQ.)"),
                                ],
                                max_length=10,
                                verbose_name="thẩm quyền",
                            ),
                        ),
                        (
                            "signer_title",
                            models.CharField(max_length=120, verbose_name="chức vụ người ký"),
                        ),
                        (
                            "holder_title",
                            models.CharField(
                                blank=True,
                                max_length=120,
                                verbose_name="ký thay, thừa lệnh, thừa ủy quyền của",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="văn bản ủy quyền"
                            ),
                        ),
                        (
                            "valid_until",
                            models.DateField(blank=True, null=True, verbose_name="đến hết ngày"),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signing_authorities",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signing_authorities",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(blank=True, null=True, verbose_name="từ ngày"),
                        ),
                    ],
                    options={
                        "verbose_name": "thẩm quyền ký",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "user"),
                                name="authority_one_for_person_in_agency",
                                violation_error_message="Người này đã có thẩm quyền ký tại cơ quan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("authority", "head"), ("holder_title", "")),
                                    models.Q(
                                        ("authority__in", ("deputy", "by_order", "delegated")),
                                        models.Q(("holder_title", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="authority_names_its_holder",
                                violation_error_message="Hãy ghi chức vụ của người được ký thay hoặc ủy quyền.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("authority", "delegated"), _negated=True),
                                    models.Q(
                                        models.Q(("document", ""), _negated=True),
                                        ("valid_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="authority_delegated_in_writing_for_a_time",
                                violation_error_message="Thừa ủy quyền phải có văn bản ủy quyền và thời hạn (NĐ 30/2020 Đ13).",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from__isnull", True),
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="authority_ends_after_it_begins",
                                violation_error_message="Thẩm quyền ký phải kết thúc sau ngày bắt đầu.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SigningRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("submission_key", models.UUIDField(editable=False, unique=True)),
                        ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                        ("reason", models.TextField(blank=True, verbose_name="lý do chung")),
                        (
                            "fault",
                            models.CharField(
                                choices=[
                                    ("agency", "Cơ quan giải quyết"),
                                    ("other_agency", "Cơ quan phối hợp"),
                                    ("applicant", "Người nộp hồ sơ"),
                                    ("system", "Sự cố hệ thống, đường truyền"),
                                ],
                                max_length=14,
                                verbose_name="nguyên nhân chung",
                            ),
                        ),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "đợt ký",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("finished_at__isnull", True)),
                                fields=["id"],
                                name="run_unfinished",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fault__in", ["agency", "other_agency", "applicant", "system"])
                                ),
                                name="run_fault_is_known",
                                violation_error_message="Hãy chọn nguyên nhân chậm thuộc về ai.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SigningItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(verbose_name="của lần sửa")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("waiting", "Chờ ký"),
                                    ("signed", "Đã ký"),
                                    ("refused", "Không ký được"),
                                ],
                                max_length=8,
                                verbose_name="kết quả",
                            ),
                        ),
                        ("refusal", models.TextField(blank=True, verbose_name="vì sao")),
                        ("done_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apologies.apologyletter",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="apologies.signingrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "phiếu trong đợt ký",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", "waiting")),
                                fields=["run", "id"],
                                name="run_item_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "letter"),
                                name="run_item_once",
                                violation_error_message="Phiếu này đã có trong đợt ký.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("done_at__isnull", True),
                                        ("outcome", "waiting"),
                                        ("refusal", ""),
                                    ),
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("outcome", "signed"),
                                        ("refusal", ""),
                                    ),
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("outcome", "refused"),
                                        models.Q(("refusal", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="run_item_outcome_is_whole",
                                violation_error_message="Phiếu không ký được phải nêu vì sao.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExtensionRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "Chờ lãnh đạo quyết định"),
                                    ("accepted", "Đồng ý gia hạn"),
                                    ("refused", "Không đồng ý gia hạn"),
                                ],
                                max_length=10,
                                verbose_name="trạng thái",
                            ),
                        ),
                        (
                            "reason_kind",
                            models.CharField(
                                choices=[
                                    ("verification", "Phải xác minh thêm thông tin"),
                                    ("opinion", "Chờ ý kiến của cơ quan phối hợp"),
                                    ("appraisal", "Phải thẩm định, kiểm tra thực tế"),
                                    ("workload", "Số lượng hồ sơ tăng đột biến"),
                                    ("system", "Hệ thống thông tin, đường truyền gặp sự cố"),
                                    (
                                        "applicant",
                                        "Người nộp hồ sơ chưa phối hợp được theo lịch hẹn",
                                    ),
                                    ("other", "Lý do khác"),
                                ],
                                max_length=14,
                                verbose_name="lý do",
                            ),
                        ),
                        ("reason_text", models.TextField(blank=True, verbose_name="nói rõ lý do")),
                        (
                            "fault",
                            models.CharField(
                                choices=[
                                    ("agency", "Cơ quan giải quyết"),
                                    ("other_agency", "Cơ quan phối hợp"),
                                    ("applicant", "Người nộp hồ sơ"),
                                    ("system", "Sự cố hệ thống, đường truyền"),
                                ],
                                max_length=14,
                                verbose_name="nguyên nhân thuộc về",
                            ),
                        ),
                        ("promised_at", models.DateTimeField(verbose_name="ngày hẹn trả")),
                        ("new_day", models.DateField(verbose_name="ngày đề nghị hẹn lại")),
                        ("asked_at", models.DateTimeField(verbose_name="đề nghị lúc")),
                        (
                            "granted_day",
                            models.DateField(null=True, verbose_name="ngày được đồng ý"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(null=True, verbose_name="quyết định lúc"),
                        ),
                        (
                            "decision_reason",
                            models.TextField(blank=True, verbose_name="lý do không đồng ý"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extension_requests",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "phiếu đề nghị gia hạn",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "asked")),
                                fields=("dossier",),
                                name="extension_one_open_for_dossier",
                                violation_error_message="Hồ sơ đã có phiếu đề nghị gia hạn chờ quyết định.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "accepted")),
                                fields=("dossier",),
                                name="extension_one_accepted_for_dossier",
                                violation_error_message="Mỗi hồ sơ chỉ được gia hạn một lần.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("asked", "accepted"))),
                                fields=("dossier",),
                                name="extension_asked_once_until_refused",
                                violation_error_message="Hồ sơ đã được đề nghị gia hạn; không đề nghị lần nữa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "fault__in",
                                        ["agency", "other_agency", "applicant", "system"],
                                    ),
                                    (
                                        "reason_kind__in",
                                        [
                                            "verification",
                                            "opinion",
                                            "appraisal",
                                            "workload",
                                            "system",
                                            "applicant",
                                            "other",
                                        ],
                                    ),
                                ),
                                name="extension_reason_and_fault_are_known",
                                violation_error_message="Hãy chọn lý do chậm và nguyên nhân thuộc về ai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reason_kind", "other"), ("reason_text", ""), _negated=True
                                ),
                                name="extension_other_reason_is_told",
                                violation_error_message="Lý do khác phải được nói rõ.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("decision_reason", ""),
                                        ("granted_day__isnull", True),
                                        ("status", "asked"),
                                    ),
                                    models.Q(
                                        ("decided_at__gte", models.F("asked_at")),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("granted_day__isnull", False),
                                        ("status", "accepted"),
                                    ),
                                    models.Q(
                                        ("decided_at__gte", models.F("asked_at")),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("granted_day__isnull", True),
                                        ("status", "refused"),
                                        models.Q(("decision_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="extension_decision_is_whole",
                                violation_error_message="Quyết định gia hạn phải có người, thời điểm và ngày mới hoặc lý do từ chối.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="extension_decided_by_a_second_person",
                                violation_error_message="Người đề nghị không được tự quyết định gia hạn.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExtensionViolation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="lúc")),
                        ("on_day", models.DateField(verbose_name="ngày")),
                        ("reason", models.TextField(verbose_name="lý do nêu ra")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extension_violations",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nhu cầu gia hạn lần hai",
                        "indexes": [
                            models.Index(
                                models.OrderBy(models.F("at"), descending=True),
                                name="extension_violation_by_moment",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "on_day"),
                                name="extension_violation_once_a_day",
                                violation_error_message="Nhu cầu gia hạn lần hai của hồ sơ đã ghi trong ngày.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LadderStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "rung",
                            models.CharField(
                                choices=[
                                    ("officer", "Nhắc công chức giải quyết"),
                                    ("head", "Nhắc lãnh đạo cơ quan, kèm dự thảo phiếu xin lỗi"),
                                    ("centre", "Nhắc người đứng đầu bộ phận một cửa"),
                                    ("due_day", "Đến ngày hẹn trả"),
                                    ("late", "Quá hạn, báo đến Văn phòng UBND tỉnh"),
                                ],
                                max_length=10,
                                verbose_name="bậc",
                            ),
                        ),
                        (
                            "days_before",
                            models.PositiveSmallIntegerField(
                                verbose_name="số ngày làm việc trước ngày hẹn"
                            ),
                        ),
                        ("set_at", models.DateTimeField(verbose_name="đặt lúc")),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ladder_steps",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bậc nhắc việc của cơ quan",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "rung"),
                                name="ladder_step_once_for_agency",
                                violation_error_message="Cơ quan đã có bậc này.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("days_before__range", (1, 30)),
                                    ("rung__in", ("officer", "head", "centre")),
                                ),
                                name="ladder_step_is_one_to_thirty_days_before",
                                violation_error_message="Chỉ đặt được bậc trước ngày hẹn từ 1 đến 30 ngày.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LadderWarning",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("promised_at", models.DateTimeField(verbose_name="ngày hẹn trả")),
                        (
                            "rung",
                            models.CharField(
                                choices=[
                                    ("officer", "Nhắc công chức giải quyết"),
                                    ("head", "Nhắc lãnh đạo cơ quan, kèm dự thảo phiếu xin lỗi"),
                                    ("centre", "Nhắc người đứng đầu bộ phận một cửa"),
                                    ("due_day", "Đến ngày hẹn trả"),
                                    ("late", "Quá hạn, báo đến Văn phòng UBND tỉnh"),
                                ],
                                max_length=10,
                                verbose_name="bậc",
                            ),
                        ),
                        (
                            "place",
                            models.SmallIntegerField(
                                verbose_name="số ngày làm việc so với ngày hẹn"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="nhắc lúc")),
                        ("on_day", models.DateField(verbose_name="ngày nhắc")),
                        (
                            "told_on",
                            models.DateField(null=True, verbose_name="ngày gửi bản tổng hợp"),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ladder_warnings",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lần nhắc việc",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("told_on__isnull", True)),
                                fields=["id"],
                                name="ladder_warning_untold",
                            ),
                            models.Index(
                                condition=models.Q(("told_on__isnull", False)),
                                fields=["told_on"],
                                name="ladder_warning_told_on",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "promised_at", "place"),
                                name="ladder_warning_once_for_promise",
                                violation_error_message="Hồ sơ đã được nhắc ở bậc này.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("place__lt", 0),
                                        ("rung__in", ("officer", "head", "centre")),
                                    ),
                                    models.Q(("place", 0), ("rung", "due_day")),
                                    models.Q(("place__gt", 0), ("rung", "late")),
                                    _connector="OR",
                                ),
                                name="ladder_warning_stands_on_its_rung",
                                violation_error_message="Bậc nhắc việc không khớp số ngày so với ngày hẹn.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftingRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("submission_key", models.UUIDField(editable=False, unique=True)),
                        ("month", models.DateField(verbose_name="tháng")),
                        ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafting_runs",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "đợt lập phiếu",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("finished_at__isnull", True)),
                                fields=["id"],
                                name="drafting_run_unfinished",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)),
                                name="drafting_run_is_of_a_month",
                                violation_error_message="Tháng lập phiếu được ghi bằng ngày đầu tháng.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftingItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("waiting", "Chờ lập"),
                                    ("drafted", "Đã lập"),
                                    ("unneeded", "Không cần lập"),
                                    ("failed", "Không lập được"),
                                ],
                                max_length=8,
                                verbose_name="kết quả",
                            ),
                        ),
                        ("why_not", models.TextField(blank=True, verbose_name="vì sao không lập")),
                        ("done_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apologies.apologyletter",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="apologies.draftingrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hồ sơ trong đợt lập phiếu",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", "waiting")),
                                fields=["run", "id"],
                                name="drafting_item_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "dossier"),
                                name="drafting_item_once",
                                violation_error_message="Hồ sơ này đã có trong đợt lập phiếu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("done_at__isnull", True),
                                        ("letter__isnull", True),
                                        ("outcome", "waiting"),
                                        ("why_not", ""),
                                    ),
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("letter__isnull", False),
                                        ("outcome", "drafted"),
                                        ("why_not", ""),
                                    ),
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("outcome__in", ("unneeded", "failed")),
                                        models.Q(("why_not", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="drafting_item_outcome_is_whole",
                                violation_error_message="Hồ sơ không lập được phiếu phải nêu vì sao.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
