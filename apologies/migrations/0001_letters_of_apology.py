"""Letters of apology, their drawings and numbers, and who signs with which certificate."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0010_facts_for_the_indicators"),
        ("organizations", "0004_agency_not_below_itself"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=300, verbose_name="chủ thể")),
                (
                    "fingerprint",
                    models.CharField(max_length=64, unique=True, verbose_name="dấu vân tay"),
                ),
                ("certificate", models.TextField(verbose_name="chứng thư (PEM)")),
                (
                    "issuers",
                    models.TextField(blank=True, verbose_name="chuỗi chứng thư phát hành (PEM)"),
                ),
                ("key_name", models.CharField(max_length=100, verbose_name="tên khóa")),
                ("valid_from", models.DateTimeField(verbose_name="có hiệu lực từ")),
                ("valid_until", models.DateTimeField(verbose_name="hết hiệu lực lúc")),
                ("is_active", models.BooleanField(default=True, verbose_name="đang dùng")),
                ("added_at", models.DateTimeField(verbose_name="thêm lúc")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="organizations.agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "chứng thư số",
            },
        ),
        migrations.CreateModel(
            name="ApologyLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("revision", models.PositiveIntegerField(default=0, verbose_name="lần sửa")),
                ("number", models.PositiveIntegerField(null=True, verbose_name="số")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="năm")),
                ("symbol", models.CharField(blank=True, max_length=30, verbose_name="ký hiệu")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="ký lúc")),
                (
                    "signer_name",
                    models.CharField(blank=True, max_length=120, verbose_name="người ký"),
                ),
                (
                    "signer_title",
                    models.CharField(blank=True, max_length=120, verbose_name="chức vụ người ký"),
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
                    models.CharField(blank=True, max_length=120, verbose_name="ký thay chức vụ"),
                ),
                (
                    "verification_code",
                    models.CharField(
                        max_length=20, null=True, unique=True, verbose_name="mã xác minh"
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True, verbose_name="gửi lúc")),
                ("posted_at", models.DateTimeField(null=True, verbose_name="công khai lúc")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="thu hồi lúc")),
                ("withdrawal_reason", models.TextField(blank=True, verbose_name="lý do thu hồi")),
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
            },
        ),
        migrations.CreateModel(
            name="CentreNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.CreateModel(
            name="LetterCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.CreateModel(
            name="LetterPrint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.CreateModel(
            name="SigningAuthority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("signer_title", models.CharField(max_length=120, verbose_name="chức vụ người ký")),
                (
                    "holder_title",
                    models.CharField(
                        max_length=120, verbose_name="ký thay, thừa lệnh, thừa ủy quyền của"
                    ),
                ),
                (
                    "document",
                    models.CharField(blank=True, max_length=100, verbose_name="văn bản ủy quyền"),
                ),
                ("valid_until", models.DateField(null=True, verbose_name="đến hết ngày")),
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
            ],
            options={
                "verbose_name": "thẩm quyền ký",
            },
        ),
        migrations.CreateModel(
            name="SigningRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.CreateModel(
            name="SigningItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.AddConstraint(
            model_name="agencycertificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)),
                fields=("agency",),
                name="certificate_one_active_for_agency",
                violation_error_message="Cơ quan đang dùng một chứng thư số khác.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencycertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gt", models.F("valid_from"))),
                name="certificate_ends_after_it_begins",
                violation_error_message="Chứng thư số phải hết hiệu lực sau khi có hiệu lực.",
            ),
        ),
        migrations.AddIndex(
            model_name="apologyletter",
            index=models.Index(
                condition=models.Q(("status", "draft")),
                fields=["agency", "promised_at", "id"],
                name="letter_drafts_of_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="apologyletter",
            index=models.Index(
                condition=models.Q(("status", "draft")),
                fields=["new_day"],
                name="letter_drafts_by_new_day",
            ),
        ),
        migrations.AddIndex(
            model_name="apologyletter",
            index=models.Index(
                models.F("agency"),
                models.OrderBy(models.F("signed_at"), descending=True),
                models.F("id"),
                condition=models.Q(("status__in", ("signed", "withdrawn"))),
                name="letter_signed_of_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="apologyletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("draft", "signed"))),
                fields=("dossier",),
                name="letter_one_live_for_dossier",
                violation_error_message="Hồ sơ đã có phiếu xin lỗi: chỉ xin lỗi, hẹn lại một lần.",
            ),
        ),
        migrations.AddConstraint(
            model_name="apologyletter",
            constraint=models.UniqueConstraint(
                fields=("agency", "year", "number"),
                name="letter_number_unique_in_agency_and_year",
                violation_error_message="Số phiếu này đã được cấp trong năm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="apologyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fault__in", ["agency", "other_agency", "applicant", "system"])
                ),
                name="letter_fault_is_known",
                violation_error_message="Hãy chọn nguyên nhân chậm thuộc về ai.",
            ),
        ),
        migrations.AddConstraint(
            model_name="apologyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("authority__in", ["head", "deputy", "by_order", "delegated"]),
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
        ),
        migrations.AddConstraint(
            model_name="apologyletter",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="apologyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("posted_at__isnull", True), ("sent_at__isnull", True)),
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
        ),
        migrations.AddIndex(
            model_name="centrenotice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["counter", "id"],
                name="notice_unread_at_counter",
            ),
        ),
        migrations.AddConstraint(
            model_name="centrenotice",
            constraint=models.UniqueConstraint(
                fields=("letter", "kind"),
                name="notice_once_for_letter",
                violation_error_message="Bộ phận một cửa đã được thông báo về phiếu này.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centrenotice",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="lettercounter",
            constraint=models.UniqueConstraint(
                fields=("agency", "year"),
                name="letter_counter_one_for_agency_and_year",
                violation_error_message="Mỗi cơ quan chỉ có một bộ đếm số phiếu trong một năm.",
            ),
        ),
        migrations.AddIndex(
            model_name="letterprint",
            index=models.Index(
                condition=models.Q(("drawn_at__isnull", True)),
                fields=["next_try_at", "id"],
                name="letter_print_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="letterprint",
            index=models.Index(
                condition=models.Q(("drawn_at__isnull", False), ("kind", "sealed")),
                fields=["sha256"],
                name="letter_print_by_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterprint",
            constraint=models.UniqueConstraint(
                fields=("letter", "kind", "revision"),
                name="letter_print_once_for_revision",
                violation_error_message="Bản vẽ này của phiếu đã được lập.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterprint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "sealed")),
                fields=("letter",),
                name="letter_print_sealed_once",
                violation_error_message="Mỗi phiếu chỉ có một bản đã ký số.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterprint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("drawn_at__isnull", True),
                    models.Q(("file", ""), ("sha256", ""), _connector="OR", _negated=True),
                    _connector="OR",
                ),
                name="letter_print_drawn_has_file",
                violation_error_message="Bản vẽ đã xong phải có tệp và mã băm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingauthority",
            constraint=models.UniqueConstraint(
                fields=("agency", "user"),
                name="authority_one_for_person_in_agency",
                violation_error_message="Người này đã có thẩm quyền ký tại cơ quan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingauthority",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="signingauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("authority", "delegated"), _negated=True),
                    models.Q(
                        models.Q(("document", ""), _negated=True), ("valid_until__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="authority_delegated_in_writing_for_a_time",
                violation_error_message="Thừa ủy quyền phải có văn bản ủy quyền và thời hạn (NĐ 30/2020 Đ13).",
            ),
        ),
        migrations.AddIndex(
            model_name="signingrun",
            index=models.Index(
                condition=models.Q(("finished_at__isnull", True)),
                fields=["id"],
                name="run_unfinished",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fault__in", ["agency", "other_agency", "applicant", "system"])
                ),
                name="run_fault_is_known",
                violation_error_message="Hãy chọn nguyên nhân chậm thuộc về ai.",
            ),
        ),
        migrations.AddIndex(
            model_name="signingitem",
            index=models.Index(
                condition=models.Q(("outcome", "waiting")),
                fields=["run", "id"],
                name="run_item_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingitem",
            constraint=models.UniqueConstraint(
                fields=("run", "letter"),
                name="run_item_once",
                violation_error_message="Phiếu này đã có trong đợt ký.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("outcome", "waiting"), ("refusal", "")),
                    models.Q(("done_at__isnull", False), ("outcome", "signed"), ("refusal", "")),
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
        ),
    ]
