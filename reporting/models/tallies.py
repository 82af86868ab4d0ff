"""What the dashboards add up. `rebuild_tallies` can make every row anew from the facts.

Nobody writes here but `reporting.tallies`; the queue is filled by triggers of the database.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dossiers.models import Dossier
from organizations.models import Agency
from procedures.models import Procedure
from reporting.querysets import OfferedServiceQuerySet
from reporting.statuses import Grain


class WaitingDossier(models.Model):
    """Hồ sơ chờ cộng: something was recorded of this dossier that the tallies do not know yet.

    One row for each event, never one for each dossier: an event that commits while its
    dossier is being counted must leave a row of its own.
    """

    dossier_id = models.BigIntegerField("hồ sơ")
    since = models.DateTimeField("từ lúc", db_default=Now())

    class Meta:
        verbose_name = "hồ sơ chờ cộng số liệu"

    def __str__(self) -> str:
        return str(self.dossier_id)


class TalliedDossier(models.Model):
    """Hồ sơ đã cộng: the facts of one dossier as the tallies hold them, each with its moment.

    Advancing compares them with the facts of now and adds the difference.
    """

    # The dossier is kept for ever and checks these itself: it would only cost the rebuild.
    dossier = models.OneToOneField(
        Dossier, models.PROTECT, primary_key=True, db_constraint=False, related_name="+"
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    accepted_at = models.DateTimeField("tiếp nhận lúc")
    is_online = models.BooleanField("nộp trực tuyến")
    bears_fee = models.BooleanField("có phí, lệ phí")
    is_reused = models.BooleanField("tái sử dụng dữ liệu số hóa")
    is_from_store = models.BooleanField("lấy từ kho dữ liệu cá nhân")
    uses_population_data = models.BooleanField("dùng dữ liệu dân cư")
    paid_online_at = models.DateTimeField("thanh toán trực tuyến lúc", null=True)
    result_file_at = models.DateTimeField("có tệp kết quả lúc", null=True)
    digitised_at = models.DateTimeField("số hóa đủ lúc", null=True)
    synced_at = models.DateTimeField("đồng bộ lúc", null=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True)
    # The first moment at which it counts as overdue (law: 2.1), by the first promise; and, of
    # a dossier that was put off once, by the new day.
    overdue_from = models.DateTimeField("quá hạn từ", null=True)
    rescheduled_at = models.DateTimeField("hẹn lại lúc", null=True)
    overdue_again_from = models.DateTimeField("quá hạn hẹn lại từ", null=True)
    complained_at = models.DateTimeField("bị phản ánh, không hài lòng từ", null=True)

    class Meta:
        verbose_name = "hồ sơ đã cộng số liệu"

    def __str__(self) -> str:
        return str(self.dossier_id)


class Tally(models.Model):
    """Số cộng dồn of one agency: what belongs to a half month and counts from a moment on.

    Every period is made of half months (1–14, 15–end). A figure of a period as it was known at
    a moment is the sum over its half months of the rows that count from before that moment.
    Rows of the coarse grain repeat those of the fine one, summed over a half month.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    grain = models.CharField("mức gộp", max_length=10, choices=Grain)
    half_month = models.DateField("nửa tháng")
    counts_from = models.DateTimeField("tính từ lúc")
    # Of dossiers received in the half month.
    received = models.IntegerField("tiếp nhận", default=0)
    online = models.IntegerField("nộp trực tuyến", default=0)
    fee_bearing = models.IntegerField("có phí, lệ phí", default=0)
    reused = models.IntegerField("tái sử dụng", default=0)
    from_store = models.IntegerField("từ kho dữ liệu", default=0)
    population = models.IntegerField("dùng dữ liệu dân cư", default=0)
    paid_online = models.IntegerField("thanh toán trực tuyến", default=0)
    result_files = models.IntegerField("có tệp kết quả", default=0)
    digitised = models.IntegerField("số hóa đủ", default=0)
    synced = models.IntegerField("đã đồng bộ", default=0)
    # Of dossiers that passed a limit in the half month while in hand; less than 0 where a new
    # day gave them time again.
    turned = models.IntegerField("chuyển quá hạn", default=0)
    turned_extended = models.IntegerField("chuyển quá hạn sau hẹn lại", default=0)
    turned_bad = models.IntegerField("chuyển không hài lòng", default=0)
    # Of dossiers whose clock ended in the half month.
    ended = models.IntegerField("kết thúc", default=0)
    ended_late = models.IntegerField("kết thúc quá hạn", default=0)
    ended_late_extended = models.IntegerField("kết thúc quá hạn sau hẹn lại", default=0)
    ended_bad = models.IntegerField("kết thúc không hài lòng", default=0)
    complained_after = models.IntegerField("phản ánh sau khi kết thúc", default=0)

    class Meta:
        verbose_name = "số cộng dồn"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "grain", "half_month", "counts_from"],
                name="tally_once_for_its_key",
                violation_error_message="Mỗi cơ quan chỉ có một dòng cộng dồn cho một mốc.",
            ),
            models.CheckConstraint(
                condition=Q(grain__in=Grain.values),
                name="tally_grain_is_known",
                violation_error_message="Mức gộp của số cộng dồn không có trong danh mục.",
            ),
        ]
        indexes = [
            # The whole province as of a moment.
            models.Index(fields=["grain", "counts_from"], name="tally_as_of"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}, {self.half_month}, {self.counts_from}"


class TallyChange(models.Model):
    """Thay đổi của số cộng dồn: the one row is another one whenever the tallies were written.

    A trigger replaces it; its number comes only once, even of what was rolled back.
    """

    at = models.DateTimeField("thay đổi lúc", db_default=Now())

    class Meta:
        verbose_name = "thay đổi của số cộng dồn"

    def __str__(self) -> str:
        return f"{self.at}"


class TallyRebuild(models.Model):
    """Lần cộng lại: all tallies were made anew; `differences` were rows that had to be replaced."""

    at = models.DateTimeField("cộng lại lúc", db_default=Now())
    dossiers = models.PositiveIntegerField("số hồ sơ")
    differences = models.PositiveIntegerField("số dòng khác")

    class Meta:
        verbose_name = "lần cộng lại số liệu"

    def __str__(self) -> str:
        return f"{self.at}"


class ProcedureUse(models.Model):
    """Thủ tục phát sinh hồ sơ: since when an agency has one of a half month, of each kind.

    Distinct procedures of a period cannot be added up from days; they can be counted here.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    half_month = models.DateField("nửa tháng")
    online_from = models.DateTimeField("có hồ sơ trực tuyến từ", null=True)
    paid_from = models.DateTimeField("có thanh toán trực tuyến từ", null=True)
    population_from = models.DateTimeField("dùng dữ liệu dân cư từ", null=True)

    class Meta:
        verbose_name = "thủ tục phát sinh hồ sơ"
        constraints = [
            models.UniqueConstraint(
                fields=["half_month", "agency", "procedure"],
                name="procedure_use_once_for_its_key",
                violation_error_message="Mỗi thủ tục chỉ có một dòng cho một cơ quan, nửa tháng.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}, {self.procedure_id}, {self.half_month}"


class ServiceChange(models.Model):
    """Thay đổi của thủ tục: something is not as it was of what agencies offer, or of its use.

    Rows are only added, so that writers never wait for each other; triggers add them. Whoever
    counts the uses of procedures puts one row in place of all that they see.
    """

    at = models.DateTimeField("thay đổi lúc", db_default=Now())

    class Meta:
        verbose_name = "thay đổi của thủ tục"

    def __str__(self) -> str:
        return f"{self.at}"


class OfferedService(models.Model):
    """Thủ tục thuộc thẩm quyền: what an agency offered from a moment until just before another.

    A trigger writes it from the assignments, which keep only their latest state.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, db_index=False, related_name="+")
    is_online = models.BooleanField("có dịch vụ công trực tuyến")
    since = models.DateTimeField("từ lúc")
    until = models.DateTimeField("đến lúc", null=True)

    objects = OfferedServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "thủ tục thuộc thẩm quyền"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "procedure"],
                condition=Q(until__isnull=True),
                name="offered_service_one_is_current",
                violation_error_message="Mỗi thủ tục tại một cơ quan chỉ có một trạng thái.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}, {self.procedure_id}"
