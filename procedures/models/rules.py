"""What waiting for a supplement does to the promised day, decided for one version."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from procedures.models.catalogue import ProcedureVersion
from procedures.statuses import ClockEffect

# The day on the wall calendar here, in terms that a migration can write down.
DECIDED_DATE = Cast(
    Func(
        Value("Asia/Ho_Chi_Minh"),
        F("decided_at"),
        function="timezone",
        output_field=models.DateTimeField(),
    ),
    models.DateField(),
)


class ClockRule(models.Model):
    """Quy tắc tính thời hạn khi bổ sung hồ sơ: from a day on, for one version.

    Without a row the rule set's own effect holds (NĐ 61/2018 Đ19(4): anew from the start).
    The database refuses UPDATE and DELETE: what was decided stays to be read.
    """

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="clock_rules")
    effect = models.CharField("cách tính", max_length=8, choices=ClockEffect)
    in_force_from = models.DateField("áp dụng từ ngày")
    basis = models.CharField("căn cứ", max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("quyết định lúc")

    class Meta:
        verbose_name = "quy tắc tính thời hạn khi bổ sung"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "in_force_from"],
                name="clock_rule_unique_for_day",
                violation_error_message=(
                    "Phiên bản này đã có quy tắc áp dụng từ ngày đó. Hãy chọn ngày khác."
                ),
            ),
            models.CheckConstraint(
                condition=Q(effect__in=ClockEffect.values),
                name="clock_rule_effect_is_known",
                violation_error_message="Cách tính thời hạn không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(basis=""),
                name="clock_rule_has_a_basis",
                violation_error_message="Quy tắc phải có căn cứ pháp lý.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_from__gte=DECIDED_DATE),
                name="clock_rule_never_looks_back",
                violation_error_message="Quy tắc không áp dụng cho ngày trước khi được quyết định.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_effect_display())
