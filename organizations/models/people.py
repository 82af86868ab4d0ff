"""Who works where: the tree of agencies, their counters, and the people with their roles."""

from collections.abc import Hashable
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q

from organizations.postings import postings_of
from organizations.querysets import AgencyQuerySet
from organizations.roles import SEES_AGENCIES_BELOW, Role
from organizations.statuses import AdministrationSubject, AgencyKind
from workdays.models import WorkSchedule

AGENCY_CODE = r"^[A-Y][0-9]{2}(\.[A-Z0-9]+)*$"


class Agency(models.Model):
    """Cơ quan: a node of the tree province → departments → communes.

    The code is the identifier of QĐ 20/2020/QĐ-TTg Đ4 (at most 35 characters, H41.15…);
    it begins the code of each dossier that the agency resolves.
    """

    code = models.CharField("mã định danh", max_length=35, unique=True)
    name = models.CharField("tên cơ quan", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=60)
    sort_key = models.CharField(max_length=500, editable=False)
    kind = models.CharField("loại", max_length=12, choices=AgencyKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    # Ids from the root down, "/1/15/": one prefix names a whole subtree.
    path = models.CharField(max_length=200, unique=True, null=True, editable=False)  # noqa: DJ001
    schedule = models.ForeignKey(WorkSchedule, models.PROTECT, verbose_name="giờ làm việc")
    place = models.CharField("địa danh trên văn bản", max_length=60)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    due_soon_days = models.PositiveSmallIntegerField("nhắc trước hạn (ngày làm việc)", default=1)
    is_active = models.BooleanField("đang hoạt động", default=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=AGENCY_CODE),
                name="agency_code_is_an_identifier",
                violation_error_message="Mã định danh có dạng H41.15: chữ in, số và dấu chấm.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AgencyKind.values),
                name="agency_kind_is_known",
                violation_error_message="Loại cơ quan không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(due_soon_days__range=(1, 30)),
                name="agency_reminds_one_to_thirty_days_before",
                violation_error_message="Số ngày nhắc trước hạn phải từ 1 đến 30.",
            ),
            # With the trigger that moves only agencies without children: no cycle.
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="agency_is_not_below_itself",
                violation_error_message="Cơ quan không thể trực thuộc chính nó.",
            ),
        ]
        indexes = [
            # Serves `within`: a prefix search needs the pattern operators.
            models.Index(OpClass("path", name="varchar_pattern_ops"), name="agency_path_prefix"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceCounter(models.Model):
    """Bộ phận một cửa: where citizens hand in dossiers and fetch results.

    It receives for the agency that keeps it and for all agencies below that one.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="counters")
    name = models.CharField("tên", max_length=200)
    address = models.CharField("địa chỉ", max_length=300)
    phone = models.CharField("điện thoại", max_length=30)
    is_active = models.BooleanField("đang hoạt động", default=True)

    class Meta:
        verbose_name = "bộ phận một cửa"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="counter_name_unique_in_agency",
                violation_error_message="Cơ quan này đã có bộ phận một cửa cùng tên.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds people by their sign-in name."""


class User(AbstractBaseUser):
    """Người dùng: a person who signs in; what they may do is in their memberships."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    title = models.CharField("chức vụ", max_length=120, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("được đăng nhập", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = "người dùng"
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]*$"),
                name="username_is_plain",
                violation_error_message=(
                    "Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm và gạch nối."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """The name as it is printed and signed."""
        return self.full_name

    @cached_property
    def postings(self) -> "list[Membership]":
        """The memberships with `reach`: ids of the agency and of all agencies below it."""
        return postings_of(Membership, self.pk)

    @cached_property
    def authority(self) -> Hashable:
        """All that the roles let this person see and do: what follows from equal ones is equal."""
        return self.pk, tuple(posting.authority for posting in self.postings)

    def has_role(self, *roles: str) -> bool:
        """Does the person hold any of these roles anywhere?"""
        return any(posting.role in roles for posting in self.postings)

    def agency_ids_for(self, *roles: str) -> frozenset[int]:
        """Agencies in which these roles let the person act.

        A counter serves, and a head or supervisor answers for, the agencies below their own;
        an officer works for one agency alone.
        """
        ids: set[int] = set()
        for posting in self.postings:
            if posting.role in roles:
                ids |= posting.agency_ids
        return frozenset(ids)

    @property
    def counter_ids(self) -> frozenset[int]:
        """The counters whose dossiers the person may return: their own and those beside it."""
        return frozenset(pk for posting in self.postings for pk in posting.counter_ids)

    @property
    def stands_in_at(self) -> dict[int, frozenset[int]]:
        """By agency, the colleagues there whose work is this person's today."""
        return {
            posting.agency_id: frozenset(posting.stands_in_for)
            for posting in self.postings
            if posting.stands_in_for
        }

    @property
    def sees_everything(self) -> bool:
        """Does the person answer for the whole tree, so that no list needs narrowing?"""
        return any(
            posting.role in SEES_AGENCIES_BELOW and posting.agency.parent_id is None
            for posting in self.postings
        )

    @property
    def counters(self) -> "list[ServiceCounter]":
        """The counters where the person receives and returns."""
        return [posting.counter for posting in self.postings if posting.counter]

    @property
    def main_posting(self) -> "Membership | None":
        """The posting that the frame shows."""
        return self.postings[0] if self.postings else None


class Membership(models.Model):
    """Vai trò tại cơ quan: one role of one person in one agency."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    role = models.CharField("vai trò", max_length=14, choices=Role)
    counter = models.ForeignKey(
        ServiceCounter, models.PROTECT, null=True, blank=True, related_name="memberships"
    )

    # Filled by `postings_of`.
    reach: list[int]
    counter_ids: list[int]
    stands_in_for: list[int]

    class Meta:
        verbose_name = "vai trò tại cơ quan"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                name="membership_once_per_role",
                violation_error_message="Người này đã có vai trò đó tại cơ quan.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="membership_role_is_known",
                violation_error_message="Vai trò không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(role=Role.COUNTER, counter__isnull=False)
                    | (~Q(role=Role.COUNTER) & Q(counter__isnull=True))
                ),
                name="membership_counter_for_counter_staff_only",
                violation_error_message=(
                    "Cán bộ một cửa phải gắn với một bộ phận một cửa; vai trò khác thì không."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"

    @property
    def authority(self) -> Hashable:
        """The role with all that it reaches today."""
        return (
            self.role,
            self.agency_id,
            self.agency.parent_id,
            tuple(self.reach),
            tuple(self.counter_ids),
            tuple(self.stands_in_for),
        )

    @cached_property
    def agency_ids(self) -> set[int]:
        """Where this posting lets its holder act."""
        if self.role == Role.COUNTER or self.role in SEES_AGENCIES_BELOW:
            return set(self.reach)
        return {self.agency_id}


class AdministrationEntry(models.Model):
    """Nhật ký quản trị: who changed what of the people and agencies, and when.

    Never a password. The database refuses UPDATE and DELETE.
    """

    subject = models.CharField("đối tượng", max_length=7, choices=AdministrationSubject)
    subject_id = models.BigIntegerField("số của đối tượng")
    sentence = models.TextField("nội dung")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "nhật ký quản trị"
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__in=AdministrationSubject.values),
                name="administration_subject_is_known",
                violation_error_message="Đối tượng của nhật ký không có trong danh mục.",
            ),
        ]
        indexes = [
            # Serves the history on the page of one person or agency.
            models.Index(fields=["subject", "subject_id", "id"], name="administration_of_subject"),
        ]

    def __str__(self) -> str:
        return self.sentence
