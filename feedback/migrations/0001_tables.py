"""Petitions with their traces, votes, and ratings."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("feedback", "0001_petitions_and_ratings"),
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
                    name="Petition",
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
                            "code",
                            models.CharField(
                                max_length=20, unique=True, verbose_name="mã phản ánh"
                            ),
                        ),
                        ("submission_key", models.UUIDField(editable=False, unique=True)),
                        ("secret_hash", models.CharField(editable=False, max_length=64)),
                        (
                            "dossier_code",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="mã hồ sơ người gửi ghi"
                            ),
                        ),
                        ("sender_name", models.CharField(max_length=200, verbose_name="họ và tên")),
                        (
                            "phone",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="số điện thoại"
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="thư điện tử"
                            ),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=300, verbose_name="địa chỉ"),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("delay", "Chậm giải quyết"),
                                    ("attitude", "Thái độ, gây phiền hà"),
                                    ("papers", "Yêu cầu thêm giấy tờ ngoài quy định"),
                                    ("fee", "Phí, lệ phí"),
                                    ("regulation", "Quy định, thủ tục không phù hợp"),
                                    ("system", "Dịch vụ công trực tuyến"),
                                    ("other", "Nội dung khác"),
                                ],
                                max_length=12,
                                verbose_name="nội dung",
                            ),
                        ),
                        ("subject", models.CharField(max_length=200, verbose_name="tiêu đề")),
                        ("content", models.TextField(verbose_name="nội dung chi tiết")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("sent", "Chờ phân loại"),
                                    ("needs_more", "Chờ người gửi bổ sung"),
                                    ("processing", "Đang xử lý"),
                                    ("answered", "Chờ công khai"),
                                    ("published", "Đã công khai"),
                                    ("refused", "Không tiếp nhận"),
                                ],
                                max_length=12,
                                verbose_name="trạng thái",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="trả lời")),
                        (
                            "public_subject",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="tiêu đề công khai"
                            ),
                        ),
                        (
                            "public_content",
                            models.TextField(blank=True, verbose_name="nội dung công khai"),
                        ),
                        (
                            "likes",
                            models.PositiveIntegerField(
                                default=0, editable=False, verbose_name="hài lòng"
                            ),
                        ),
                        (
                            "dislikes",
                            models.PositiveIntegerField(
                                default=0, editable=False, verbose_name="không hài lòng"
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="gửi lúc")),
                        (
                            "refuse_by",
                            models.DateTimeField(null=True, verbose_name="từ chối trước"),
                        ),
                        ("ask_by", models.DateTimeField(verbose_name="yêu cầu bổ sung trước")),
                        (
                            "supplement_by",
                            models.DateTimeField(null=True, verbose_name="người gửi bổ sung trước"),
                        ),
                        ("answer_by", models.DateTimeField(verbose_name="trả lời trước")),
                        ("answer_near_at", models.DateTimeField(editable=False)),
                        (
                            "publish_by",
                            models.DateTimeField(null=True, verbose_name="công khai trước"),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(null=True, verbose_name="tiếp nhận lúc"),
                        ),
                        ("refused_at", models.DateTimeField(null=True, verbose_name="từ chối lúc")),
                        (
                            "asked_at",
                            models.DateTimeField(null=True, verbose_name="yêu cầu bổ sung lúc"),
                        ),
                        (
                            "supplemented_at",
                            models.DateTimeField(null=True, verbose_name="bổ sung lúc"),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="trả lời lúc"),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="công khai lúc"),
                        ),
                        (
                            "complained_again_at",
                            models.DateTimeField(null=True, verbose_name="phản ánh lại lúc"),
                        ),
                        ("hidden_at", models.DateTimeField(null=True, verbose_name="ẩn lúc")),
                        ("late_since", models.DateTimeField(editable=False, null=True)),
                        (
                            "due_at",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        status__in=("sent", "processing"),
                                        then=models.F("answer_by"),
                                    ),
                                    models.When(status="answered", then=models.F("publish_by")),
                                ),
                                output_field=models.DateTimeField(null=True),
                            ),
                        ),
                        (
                            "near_at",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        status__in=("sent", "processing"),
                                        then=models.F("answer_near_at"),
                                    ),
                                    models.When(status="answered", then=models.F("answered_at")),
                                ),
                                output_field=models.DateTimeField(null=True),
                            ),
                        ),
                        (
                            "act_by",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(status="sent", then=models.F("refuse_by")),
                                    models.When(status="processing", then=models.F("answer_by")),
                                    models.When(status="answered", then=models.F("publish_by")),
                                ),
                                output_field=models.DateTimeField(null=True),
                            ),
                        ),
                        ("event_count", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organizations.agency",
                                verbose_name="cơ quan",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="petitions",
                                to="dossiers.dossier",
                                verbose_name="hồ sơ",
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="petitions",
                                to="procedures.procedure",
                                verbose_name="thủ tục",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "phản ánh, kiến nghị",
                        "indexes": [
                            models.Index(
                                models.F("agency"),
                                models.F("act_by"),
                                models.F("id"),
                                condition=models.Q(
                                    ("status__in", ("sent", "processing", "answered"))
                                ),
                                name="petition_open_of_agency",
                            ),
                            models.Index(
                                models.F("due_at"),
                                models.F("id"),
                                condition=models.Q(
                                    ("status__in", ("sent", "processing", "answered"))
                                ),
                                name="petition_open_by_due",
                            ),
                            models.Index(
                                models.F("act_by"),
                                models.F("id"),
                                condition=models.Q(
                                    ("status__in", ("sent", "processing", "answered"))
                                ),
                                name="petition_open_by_act",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="petition_of_agency",
                            ),
                            models.Index(
                                models.OrderBy(models.F("id"), descending=True),
                                condition=models.Q(
                                    ("hidden_at__isnull", True), ("status", "published")
                                ),
                                name="petition_public",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.F("sent_at"),
                                name="petition_sent_to_agency",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("code__regex", "^PA-[0-9]{6}-[A-HJ-NP-Z2-9]{6}$")
                                ),
                                name="petition_code_has_its_form",
                                violation_error_message="Mã phản ánh phải có dạng PA-261122-K7QF3M.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "sent",
                                            "needs_more",
                                            "processing",
                                            "answered",
                                            "published",
                                            "refused",
                                        ],
                                    )
                                ),
                                name="petition_status_is_known",
                                violation_error_message="Trạng thái phản ánh không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "category__in",
                                        [
                                            "delay",
                                            "attitude",
                                            "papers",
                                            "fee",
                                            "regulation",
                                            "system",
                                            "other",
                                        ],
                                    )
                                ),
                                name="petition_category_is_known",
                                violation_error_message="Loại nội dung phản ánh không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("subject", ""), _negated=True),
                                    models.Q(("content", ""), _negated=True),
                                    models.Q(("sender_name", ""), _negated=True),
                                ),
                                name="petition_says_who_and_what",
                                violation_error_message="Hãy ghi họ tên, tiêu đề và nội dung phản ánh.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("phone", ""), _negated=True),
                                    models.Q(("email", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="petition_sender_can_be_reached",
                                violation_error_message="Hãy ghi số điện thoại hoặc thư điện tử để nhận trả lời.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("refused_at__isnull", False), ("status__in", ("refused",))
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ("refused",)), _negated=True),
                                        ("refused_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="petition_refused_has_moment",
                                violation_error_message="Phản ánh không được tiếp nhận phải có thời điểm từ chối.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("status__in", ("answered", "published")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status__in", ("answered", "published")), _negated=True
                                        ),
                                        ("answered_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="petition_answered_has_moment",
                                violation_error_message="Phản ánh đã trả lời phải có thời điểm trả lời.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("publish_by__isnull", False),
                                        ("status__in", ("answered", "published")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status__in", ("answered", "published")), _negated=True
                                        ),
                                        ("publish_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="petition_answered_has_term_to_publish",
                                violation_error_message="Phản ánh đã trả lời phải có hạn công khai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("published_at__isnull", False),
                                        ("status__in", ("published",)),
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ("published",)), _negated=True),
                                        ("published_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="petition_published_has_moment",
                                violation_error_message="Phản ánh đã công khai phải có thời điểm công khai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ("answered", "published")), _negated=True
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="petition_answered_has_answer",
                                violation_error_message="Phản ánh đã trả lời phải có câu trả lời và người trả lời.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "needs_more"), _negated=True),
                                    models.Q(
                                        ("asked_at__isnull", False),
                                        ("supplement_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="petition_waiting_was_asked",
                                violation_error_message="Phản ánh chờ bổ sung phải có thời điểm yêu cầu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "sent"), _negated=True),
                                    ("refuse_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="petition_sent_has_term_to_refuse",
                                violation_error_message="Phản ánh chờ phân loại phải có hạn từ chối.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer_by__gt", models.F("sent_at")),
                                    ("ask_by__gt", models.F("sent_at")),
                                ),
                                name="petition_terms_follow_the_sending",
                                violation_error_message="Các hạn xử lý phải sau lúc gửi phản ánh.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("hidden_at__isnull", True),
                                    ("status", "published"),
                                    _connector="OR",
                                ),
                                name="petition_hidden_was_published",
                                violation_error_message="Chỉ ẩn được phản ánh đã công khai.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PetitionEvent",
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
                        ("sequence", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sent", "Gửi"),
                                    ("received", "Tiếp nhận, phân loại"),
                                    ("refused", "Từ chối tiếp nhận"),
                                    ("asked", "Yêu cầu bổ sung"),
                                    ("supplemented", "Bổ sung"),
                                    ("answered", "Trả lời"),
                                    ("sent_back", "Trả lại câu trả lời"),
                                    ("published", "Công khai"),
                                    ("reopened", "Phản ánh lại"),
                                    ("hidden", "Ẩn khỏi trang công khai"),
                                    ("shown", "Hiện lại trên trang công khai"),
                                ],
                                max_length=14,
                                verbose_name="sự kiện",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="xảy ra lúc")),
                        (
                            "actor_name",
                            models.CharField(max_length=200, verbose_name="người thực hiện"),
                        ),
                        ("from_status", models.CharField(blank=True, max_length=12)),
                        ("to_status", models.CharField(max_length=12)),
                        ("reason", models.TextField(blank=True, verbose_name="nội dung")),
                        ("data", models.JSONField(default=dict)),
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
                            "petition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="feedback.petition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sự kiện của phản ánh",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("petition", "sequence"),
                                name="petition_event_sequence_unique",
                                violation_error_message="Phản ánh vừa được người khác cập nhật. Hãy tải lại trang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "sent",
                                            "received",
                                            "refused",
                                            "asked",
                                            "supplemented",
                                            "answered",
                                            "sent_back",
                                            "published",
                                            "reopened",
                                            "hidden",
                                            "shown",
                                        ],
                                    )
                                ),
                                name="petition_event_kind_is_known",
                                violation_error_message="Loại sự kiện của phản ánh không có trong danh mục.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PetitionFile",
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
                            "file",
                            models.FileField(upload_to="petitions/%Y/%m/%d", verbose_name="tệp"),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                        ("content_type", models.CharField(max_length=60)),
                        ("size", models.PositiveIntegerField(verbose_name="kích thước (byte)")),
                        ("sha256", models.CharField(max_length=64)),
                        ("added_at", models.DateTimeField(verbose_name="thêm lúc")),
                        (
                            "petition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="feedback.petition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tệp kèm phản ánh",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)),
                                name="petition_file_is_not_empty",
                                violation_error_message="Tệp rỗng. Hãy chọn tệp khác rồi gửi lại.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PetitionVote",
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
                        ("voter", models.CharField(editable=False, max_length=64)),
                        ("likes", models.BooleanField(verbose_name="hài lòng")),
                        ("at", models.DateTimeField(verbose_name="lúc")),
                        (
                            "petition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes",
                                to="feedback.petition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lượt bày tỏ về câu trả lời",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("petition", "voter"),
                                name="petition_vote_once",
                                violation_error_message="Bạn đã bày tỏ ý kiến về câu trả lời này.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
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
                            "satisfaction",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (5, "Rất hài lòng"),
                                    (4, "Hài lòng"),
                                    (3, "Bình thường"),
                                    (2, "Không hài lòng"),
                                    (1, "Rất không hài lòng"),
                                ],
                                verbose_name="mức độ hài lòng chung",
                            ),
                        ),
                        (
                            "attitude",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (5, "Rất hài lòng"),
                                    (4, "Hài lòng"),
                                    (3, "Bình thường"),
                                    (2, "Không hài lòng"),
                                    (1, "Rất không hài lòng"),
                                ],
                                null=True,
                                verbose_name="thái độ phục vụ",
                            ),
                        ),
                        (
                            "timing",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (5, "Rất hài lòng"),
                                    (4, "Hài lòng"),
                                    (3, "Bình thường"),
                                    (2, "Không hài lòng"),
                                    (1, "Rất không hài lòng"),
                                ],
                                null=True,
                                verbose_name="thời gian giải quyết",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, verbose_name="góp ý thêm")),
                        (
                            "source",
                            models.CharField(
                                choices=[("link", "Qua đường dẫn, mã QR"), ("counter", "Tại quầy")],
                                max_length=8,
                                verbose_name="nơi đánh giá",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="đánh giá lúc")),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organizations.agency",
                                verbose_name="cơ quan",
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="dossiers.dossier",
                                verbose_name="hồ sơ",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "đánh giá hài lòng",
                        "indexes": [
                            models.Index(
                                models.F("agency"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="rating_of_agency",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.F("given_at"),
                                name="rating_given_to_agency",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier",),
                                name="rating_once_for_a_dossier",
                                violation_error_message="Hồ sơ này đã được đánh giá. Xin cảm ơn ông/bà.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("satisfaction__range", (1, 5)),
                                    models.Q(
                                        ("attitude__isnull", True),
                                        ("attitude__range", (1, 5)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("timing__isnull", True),
                                        ("timing__range", (1, 5)),
                                        _connector="OR",
                                    ),
                                ),
                                name="rating_answers_from_1_to_5",
                                violation_error_message="Mức độ hài lòng phải từ 1 đến 5.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("source", "link"), ("started_by__isnull", True)),
                                    models.Q(("source", "counter"), ("started_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="rating_at_the_counter_was_started_by_staff",
                                violation_error_message="Đánh giá tại quầy phải do cán bộ một cửa mở màn hình.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingModeration",
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
                        ("hides", models.BooleanField(verbose_name="ẩn góp ý")),
                        ("reason", models.TextField(verbose_name="lý do")),
                        ("at", models.DateTimeField(verbose_name="lúc")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moderations",
                                to="feedback.rating",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kiểm duyệt góp ý",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="moderation_has_a_reason",
                                violation_error_message="Hãy ghi rõ lý do ẩn hoặc hiện góp ý.",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
