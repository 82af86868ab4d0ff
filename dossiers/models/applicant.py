"""Who filed a dossier, who came in their place, and how they wish to be told."""

from django.db import models
from django.db.models import F, Func

from dossiers.statuses import ApplicantKind
from notifications.statuses import ChannelPreference


class Applicant(models.Model):
    """Chủ hồ sơ and người được ủy quyền: columns of the dossier itself."""

    applicant_kind = models.CharField("loại chủ hồ sơ", max_length=12, choices=ApplicantKind)
    applicant_name = models.CharField("chủ hồ sơ", max_length=200)
    applicant_key = models.GeneratedField(
        expression=Func(F("applicant_name"), function="vn_key"),
        output_field=models.TextField(),
        db_persist=True,
    )
    identity_number = models.CharField("số định danh", max_length=20, blank=True)
    tax_code = models.CharField("mã số thuế", max_length=14, blank=True)
    phone = models.CharField("số điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    contact_preference = models.CharField(
        "cách nhận thông báo", max_length=5, choices=ChannelPreference, default="any"
    )
    delegate_name = models.CharField("người được ủy quyền", max_length=200, blank=True)
    delegate_identity_number = models.CharField(
        "số định danh người được ủy quyền", max_length=20, blank=True
    )
    delegate_phone = models.CharField("điện thoại người được ủy quyền", max_length=20, blank=True)
    is_identity_verified = models.BooleanField("danh tính đã xác thực", default=False)
    uses_population_data = models.BooleanField("dùng dữ liệu dân cư", default=False)

    class Meta:
        abstract = True
