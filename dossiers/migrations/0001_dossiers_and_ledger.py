"""Dossiers, their ledger, and what hangs on them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0003_agency_path"),
        ("procedures", "0003_shares_make_a_hundred"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="ngày")),
                ("event_count", models.PositiveIntegerField(verbose_name="số sự kiện")),
                ("previous_digest", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField(verbose_name="niêm phong lúc")),
            ],
            options={
                "verbose_name": "niêm phong ngày",
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="mã hồ sơ")),
                ("submission_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("rule_set", models.CharField(max_length=30, verbose_name="bộ quy tắc")),
                (
                    "applicant_kind",
                    models.CharField(
                        choices=[("person", "Cá nhân"), ("organisation", "Tổ chức, doanh nghiệp")],
                        max_length=12,
                        verbose_name="loại chủ hồ sơ",
                    ),
                ),
                ("applicant_name", models.CharField(max_length=200, verbose_name="chủ hồ sơ")),
                (
                    "applicant_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("applicant_name"), function="vn_key"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "identity_number",
                    models.CharField(blank=True, max_length=20, verbose_name="số định danh"),
                ),
                (
                    "tax_code",
                    models.CharField(blank=True, max_length=14, verbose_name="mã số thuế"),
                ),
                (
                    "phone",
                    models.CharField(blank=True, max_length=20, verbose_name="số điện thoại"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử"),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="địa chỉ")),
                (
                    "delegate_name",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="người được ủy quyền"
                    ),
                ),
                (
                    "delegate_identity_number",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="số định danh người được ủy quyền"
                    ),
                ),
                (
                    "delegate_phone",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="điện thoại người được ủy quyền"
                    ),
                ),
                (
                    "summary",
                    models.CharField(max_length=500, verbose_name="nội dung yêu cầu giải quyết"),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("direct", "Trực tiếp"),
                            ("online", "Trực tuyến"),
                            ("postal", "Dịch vụ bưu chính"),
                        ],
                        max_length=10,
                        verbose_name="hình thức nộp",
                    ),
                ),
                ("sets", models.PositiveSmallIntegerField(default=1, verbose_name="số bộ hồ sơ")),
                (
                    "return_method",
                    models.CharField(
                        choices=[
                            ("counter", "Tại bộ phận một cửa"),
                            ("post", "Qua dịch vụ bưu chính"),
                            ("online", "Trực tuyến"),
                        ],
                        max_length=10,
                        verbose_name="nhận kết quả",
                    ),
                ),
                (
                    "return_address",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="địa chỉ nhận kết quả"
                    ),
                ),
                (
                    "time_limit",
                    models.DecimalField(
                        decimal_places=3, max_digits=9, null=True, verbose_name="thời hạn"
                    ),
                ),
                (
                    "time_unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("working_day", "ngày làm việc"),
                            ("calendar_day", "ngày"),
                            ("working_hour", "giờ làm việc"),
                            ("month", "tháng"),
                        ],
                        max_length=15,
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "Mới đăng ký"),
                            ("accepted", "Đã tiếp nhận"),
                            ("not_accepted", "Không được tiếp nhận"),
                            ("processing", "Đang giải quyết"),
                            ("awaiting_approval", "Chờ phê duyệt"),
                            ("resolved", "Đã có kết quả"),
                            ("returned", "Đã trả kết quả"),
                        ],
                        max_length=20,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(null=True, verbose_name="nộp trực tuyến lúc"),
                ),
                ("accept_by", models.DateTimeField(null=True, verbose_name="phải tiếp nhận trước")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="tiếp nhận lúc")),
                ("transfer_by", models.DateTimeField(null=True, verbose_name="phải chuyển trước")),
                ("transferred_at", models.DateTimeField(null=True, verbose_name="chuyển lúc")),
                ("first_due_at", models.DateTimeField(null=True, verbose_name="hẹn trả lần đầu")),
                ("due_at", models.DateTimeField(null=True, verbose_name="hẹn trả")),
                ("remind_at", models.DateTimeField(null=True, verbose_name="nhắc từ")),
                ("resolved_at", models.DateTimeField(null=True, verbose_name="có kết quả lúc")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="trả kết quả lúc")),
                ("refused_at", models.DateTimeField(null=True, verbose_name="từ chối lúc")),
                ("due_soon_noted", models.BooleanField(default=False, editable=False)),
                ("overdue_noted", models.BooleanField(default=False, editable=False)),
                ("not_transferred_noted", models.BooleanField(default=False, editable=False)),
                ("not_accepted_noted", models.BooleanField(default=False, editable=False)),
                ("event_count", models.PositiveIntegerField(default=0, editable=False)),
                ("last_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("changed_at", models.DateTimeField(editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organizations.agency",
                        verbose_name="cơ quan giải quyết",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người giải quyết",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="procedures.channel",
                        verbose_name="trường hợp",
                    ),
                ),
                (
                    "counter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organizations.servicecounter",
                        verbose_name="bộ phận một cửa",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="procedures.procedureversion",
                        verbose_name="thủ tục",
                    ),
                ),
            ],
            options={
                "verbose_name": "hồ sơ",
            },
        ),
        migrations.CreateModel(
            name="DossierEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Nộp trực tuyến"),
                            ("accepted", "Tiếp nhận"),
                            ("refused", "Từ chối tiếp nhận"),
                            ("transferred", "Chuyển cơ quan giải quyết"),
                            ("assigned", "Phân công"),
                            ("proposed", "Trình phê duyệt"),
                            ("sent_back", "Trả lại để xử lý tiếp"),
                            ("approved", "Phê duyệt kết quả"),
                            ("returned", "Trả kết quả"),
                            ("file_added", "Bổ sung tệp"),
                            ("due_moved", "Ngày hẹn đổi theo lịch làm việc"),
                            ("due_soon", "Sắp đến hạn"),
                            ("overdue", "Quá hạn"),
                            ("not_transferred", "Chưa chuyển đúng thời hạn"),
                            ("not_accepted_in_time", "Chưa tiếp nhận đúng thời hạn"),
                        ],
                        max_length=24,
                        verbose_name="sự kiện",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="xảy ra lúc")),
                ("recorded_at", models.DateTimeField(verbose_name="ghi lúc")),
                ("actor_name", models.CharField(max_length=120, verbose_name="người thực hiện")),
                ("from_status", models.CharField(blank=True, max_length=20)),
                ("to_status", models.CharField(max_length=20)),
                ("reason", models.TextField(blank=True, verbose_name="lý do")),
                ("data", models.JSONField(default=dict)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "actor",
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
                        related_name="events",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "sự kiện",
            },
        ),
        migrations.CreateModel(
            name="DossierPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.TextField(verbose_name="tên giấy tờ")),
                (
                    "originals",
                    models.PositiveSmallIntegerField(default=0, verbose_name="bản chính"),
                ),
                ("copies", models.PositiveSmallIntegerField(default=0, verbose_name="bản sao")),
                ("is_digitised", models.BooleanField(default=False, verbose_name="đã số hóa")),
                ("is_reused", models.BooleanField(default=False, verbose_name="tái sử dụng")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "required_paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.requiredpaper",
                    ),
                ),
            ],
            options={
                "verbose_name": "giấy tờ nộp",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                            ("paper", "Giấy tờ nộp"),
                            ("draft", "Dự thảo kết quả"),
                            ("result", "Kết quả giải quyết"),
                        ],
                        max_length=10,
                        verbose_name="loại tệp",
                    ),
                ),
                ("file", models.FileField(upload_to="attachments/%Y/%m/%d", verbose_name="tệp")),
                ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                ("content_type", models.CharField(max_length=60)),
                ("size", models.PositiveIntegerField(verbose_name="kích thước (byte)")),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField(verbose_name="thêm lúc")),
                (
                    "added_by",
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
                        related_name="attachments",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="dossiers.dossierpaper",
                    ),
                ),
            ],
            options={
                "verbose_name": "tệp",
            },
        ),
        migrations.CreateModel(
            name="DossierStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="bước")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("counter", "Cán bộ một cửa"),
                            ("officer", "Công chức giải quyết"),
                            ("head", "Lãnh đạo cơ quan"),
                        ],
                        max_length=14,
                        verbose_name="vai trò",
                    ),
                ),
                ("due_at", models.DateTimeField(null=True, verbose_name="phải xong trước")),
                ("started_at", models.DateTimeField(null=True, verbose_name="bắt đầu lúc")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bước nội bộ",
            },
        ),
        migrations.CreateModel(
            name="Fee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=0, max_digits=14, verbose_name="số tiền (đồng)"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cash", "Tiền mặt"),
                            ("transfer", "Chuyển khoản"),
                            ("national_portal", "Trực tuyến qua Cổng Dịch vụ công quốc gia"),
                            ("local_gateway", "Trực tuyến qua cổng thanh toán của tỉnh"),
                        ],
                        max_length=16,
                        verbose_name="hình thức",
                    ),
                ),
                ("paid_at", models.DateTimeField(null=True, verbose_name="thu lúc")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fees",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "phí, lệ phí",
            },
        ),
        migrations.CreateModel(
            name="PrintedForm",
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
                            ("receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
                            ("refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
                        ],
                        max_length=12,
                        verbose_name="mẫu",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                ("rendered_at", models.DateTimeField(null=True, verbose_name="tạo xong lúc")),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to="forms/%Y/%m/%d", verbose_name="tệp PDF"
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử"),
                ),
                ("failure", models.TextField(blank=True, verbose_name="lỗi")),
                (
                    "asked_by",
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
                        related_name="forms",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "mẫu in",
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="số, ký hiệu")),
                ("issued_date", models.DateField(verbose_name="ngày ban hành")),
                ("signer_name", models.CharField(max_length=120, verbose_name="người ký")),
                ("signer_title", models.CharField(max_length=120, verbose_name="chức vụ người ký")),
                (
                    "recipient_name",
                    models.CharField(blank=True, max_length=200, verbose_name="người nhận"),
                ),
                (
                    "recipient_identity_number",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="số định danh người nhận"
                    ),
                ),
                (
                    "return_method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("counter", "Tại bộ phận một cửa"),
                            ("post", "Qua dịch vụ bưu chính"),
                            ("online", "Trực tuyến"),
                        ],
                        max_length=10,
                        verbose_name="cách trả",
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.attachment",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "kết quả giải quyết",
            },
        ),
        migrations.CreateModel(
            name="CodeCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("last", models.PositiveIntegerField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.agency"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "day"),
                        name="code_counter_unique_for_agency_and_day",
                        violation_error_message="Mỗi cơ quan chỉ có một bộ đếm mã hồ sơ trong một ngày.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("agency"),
                models.OrderBy(models.F("due_at"), nulls_last=True),
                models.F("id"),
                condition=models.Q(("status__in", ("accepted", "processing", "awaiting_approval"))),
                name="dossier_open_of_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.OrderBy(models.F("due_at"), nulls_last=True),
                models.F("id"),
                condition=models.Q(("status__in", ("accepted", "processing", "awaiting_approval"))),
                name="dossier_open_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("assignee"),
                models.F("due_at"),
                models.F("id"),
                condition=models.Q(("status__in", ("accepted", "processing", "awaiting_approval"))),
                name="dossier_open_of_officer",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(
                    ("status__in", ("accepted", "processing", "awaiting_approval")),
                    ("overdue_noted", False),
                ),
                name="dossier_overdue_unnoted",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("remind_at"),
                condition=models.Q(
                    ("status__in", ("accepted", "processing", "awaiting_approval")),
                    ("due_soon_noted", False),
                ),
                name="dossier_due_soon_unnoted",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("transfer_by"),
                condition=models.Q(("not_transferred_noted", False), ("status", "accepted")),
                name="dossier_to_transfer",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("accept_by"),
                condition=models.Q(("not_accepted_noted", False), ("status", "submitted")),
                name="dossier_to_accept",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("agency"),
                models.OrderBy(models.F("id"), descending=True),
                name="dossier_of_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("counter"), models.F("status"), models.F("id"), name="dossier_of_counter"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("status"), models.F("agency"), models.F("id"), name="dossier_in_state"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("code", name="varchar_pattern_ops"),
                name="dossier_code_prefix",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(
                    models.F("applicant_key"), config="simple"
                ),
                name="dossier_applicant_words",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("identity_number"),
                condition=models.Q(("identity_number", ""), _negated=True),
                name="dossier_identity",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("phone"),
                condition=models.Q(("phone", ""), _negated=True),
                name="dossier_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("tax_code"),
                condition=models.Q(("tax_code", ""), _negated=True),
                name="dossier_tax_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code__regex", "^[A-Z0-9]+(\\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,7}$")
                ),
                name="dossier_code_has_the_lawful_form",
                violation_error_message="Mã hồ sơ phải có dạng H41.15-261122-0001.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "submitted",
                            "accepted",
                            "not_accepted",
                            "processing",
                            "awaiting_approval",
                            "resolved",
                            "returned",
                        ],
                    )
                ),
                name="dossier_status_is_known",
                violation_error_message="Trạng thái hồ sơ không có trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("submitted", "not_accepted")),
                    ("accepted_at__isnull", False),
                    _connector="OR",
                ),
                name="dossier_accepted_has_moment",
                violation_error_message="Hồ sơ đã tiếp nhận phải có thời điểm tiếp nhận.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refused_at__isnull", False), ("status__in", ("not_accepted",))),
                    models.Q(
                        models.Q(("status__in", ("not_accepted",)), _negated=True),
                        ("refused_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="dossier_refused_has_moment",
                violation_error_message="Hồ sơ bị từ chối phải có thời điểm từ chối.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("resolved_at__isnull", False), ("status__in", ("resolved", "returned"))
                    ),
                    models.Q(
                        models.Q(("status__in", ("resolved", "returned")), _negated=True),
                        ("resolved_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="dossier_resolved_has_moment",
                violation_error_message="Hồ sơ đã có kết quả phải có thời điểm có kết quả.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at__isnull", False), ("status__in", ("returned",))),
                    models.Q(
                        models.Q(("status__in", ("returned",)), _negated=True),
                        ("returned_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="dossier_returned_has_moment",
                violation_error_message="Hồ sơ đã trả kết quả phải có thời điểm trả.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("submitted", "not_accepted", "accepted")),
                    ("transferred_at__isnull", False),
                    _connector="OR",
                ),
                name="dossier_in_hand_was_transferred",
                violation_error_message="Hồ sơ đang giải quyết phải có thời điểm chuyển.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__isnull", True),
                    ("due_at__gt", models.F("accepted_at")),
                    _connector="OR",
                ),
                name="dossier_due_after_acceptance",
                violation_error_message="Ngày hẹn trả phải sau lúc tiếp nhận.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted_at__isnull", True),
                        ("due_at__isnull", True),
                        ("first_due_at__isnull", True),
                    ),
                    models.Q(
                        ("due_at__isnull", True),
                        ("first_due_at__isnull", True),
                        ("time_limit__isnull", True),
                    ),
                    models.Q(
                        ("accepted_at__isnull", False),
                        ("due_at__isnull", False),
                        ("first_due_at__isnull", False),
                        ("time_limit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="dossier_promises_when_a_limit_is_set",
                violation_error_message="Có thời hạn thì có ngày hẹn trả; không thì không hẹn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("time_limit__isnull", True), ("time_unit", "")),
                    models.Q(
                        ("time_limit__gt", 0),
                        ("time_unit__in", ["working_day", "calendar_day", "working_hour", "month"]),
                    ),
                    _connector="OR",
                ),
                name="dossier_limit_has_unit",
                violation_error_message="Thời hạn phải lớn hơn 0 và có đơn vị tính.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="dossier_approved_by_a_second_person",
                violation_error_message="Người phê duyệt phải khác người trình.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("applicant_name", ""), _negated=True),
                name="dossier_has_applicant",
                violation_error_message="Hãy nhập họ tên hoặc tên tổ chức của chủ hồ sơ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("sets__range", (1, 99))),
                name="dossier_sets_between_1_and_99",
                violation_error_message="Số bộ hồ sơ phải từ 1 đến 99.",
            ),
        ),
        migrations.AddIndex(
            model_name="dossierevent",
            index=models.Index(models.F("recorded_at"), models.F("id"), name="event_recorded"),
        ),
        migrations.AddConstraint(
            model_name="dossierevent",
            constraint=models.UniqueConstraint(
                fields=("dossier", "sequence"),
                name="event_sequence_unique_in_dossier",
                violation_error_message="Hồ sơ vừa được người khác cập nhật. Hãy tải lại trang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "submitted",
                            "accepted",
                            "refused",
                            "transferred",
                            "assigned",
                            "proposed",
                            "sent_back",
                            "approved",
                            "returned",
                            "file_added",
                            "due_moved",
                            "due_soon",
                            "overdue",
                            "not_transferred",
                            "not_accepted_in_time",
                        ],
                    )
                ),
                name="event_kind_is_known",
                violation_error_message="Loại sự kiện không có trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_at__gte", models.F("at"))),
                name="event_recorded_after_it_happened",
                violation_error_message="Sự kiện không thể được ghi trước khi xảy ra.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierpaper",
            constraint=models.UniqueConstraint(
                fields=("dossier", "position"),
                name="paper_position_unique_in_dossier",
                violation_error_message="Hai giấy tờ của hồ sơ không thể cùng số thứ tự.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0)),
                name="attachment_is_not_empty",
                violation_error_message="Tệp rỗng. Hãy quét lại rồi tải lên lần nữa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.UniqueConstraint(
                fields=("dossier", "position"),
                name="step_position_unique_in_dossier",
                violation_error_message="Hai bước của hồ sơ không thể cùng số thứ tự.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at__isnull", True), ("started_at__isnull", False), _connector="OR"
                ),
                name="step_finished_was_started",
                violation_error_message="Bước chưa bắt đầu thì chưa thể xong.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fee",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)),
                name="fee_is_not_negative",
                violation_error_message="Phí, lệ phí không thể âm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paid_at__isnull", True),
                    models.Q(("method", ""), _negated=True),
                    _connector="OR",
                ),
                name="fee_paid_has_method",
                violation_error_message="Hãy chọn hình thức thanh toán.",
            ),
        ),
        migrations.AddIndex(
            model_name="printedform",
            index=models.Index(
                models.F("asked_at"),
                condition=models.Q(("rendered_at__isnull", True)),
                name="form_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="printedform",
            constraint=models.UniqueConstraint(
                fields=("dossier", "kind"),
                name="form_once_for_dossier",
                violation_error_message="Mẫu này của hồ sơ đã được lập.",
            ),
        ),
        migrations.AddConstraint(
            model_name="printedform",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rendered_at__isnull", True),
                    models.Q(("file", ""), _negated=True),
                    _connector="OR",
                ),
                name="form_rendered_has_file",
                violation_error_message="Mẫu đã tạo xong phải có tệp.",
            ),
        ),
    ]
