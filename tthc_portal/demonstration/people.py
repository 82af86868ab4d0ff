"""Staff of the demonstration: three counters, the agencies behind them, and who watches."""

from dataclasses import dataclass
from functools import cache
from random import Random

from django.contrib.auth.hashers import make_password

from organizations.models import Agency, ServiceCounter, User
from organizations.roles import Role
from organizations.structure import create_user, post

# Known to everybody: the demonstration listens on this machine only.
PASSWORD = "Mot-cua-2026"  # noqa: S105

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phan", "Hồ", "Hoàng", "Đặng", "Cao", "Võ", "Bùi", "Vi", "Lô")
MIDDLE = ("Thị", "Văn", "Thanh", "Hữu", "Ngọc", "Minh", "Thu", "Đức", "Quỳnh", "Hồng", "Bá", "Mỹ")
GIVEN = (
    "An", "Ánh", "Bảo", "Bình", "Châu", "Dũng", "Đào", "Đức", "Giang", "Hà", "Hải", "Hạnh",
    "Hiền", "Hòa", "Huệ", "Khánh", "Lan", "Linh", "Mai", "Nam", "Nga", "Ngọc", "Oanh", "Phúc",
    "Quang", "Sơn", "Tâm", "Thảo", "Trang", "Tú", "Uyên", "Vân", "Vinh", "Xuân", "Yến",
)  # fmt: skip

# The departments whose procedures the shipped catalogue holds.
STAFFED_DEPARTMENTS = (
    "Sở Tư pháp",
    "Sở Xây dựng",
    "Sở Tài chính",
    "Sở Nông nghiệp và Môi trường",
)


def believable_name(random: Random) -> str:
    """A Vietnamese full name made of common parts."""
    draw = random.random
    surname = SURNAMES[int(draw() * len(SURNAMES))]
    middle = MIDDLE[int(draw() * len(MIDDLE))]
    return f"{surname} {middle} {GIVEN[int(draw() * len(GIVEN))]}"


@dataclass(frozen=True)
class Post:
    """One person to be posted, by sign-in name."""

    username: str
    full_name: str
    title: str
    role: Role


CENTRE_CLERKS = (
    Post("binh", "Trần Thị Bình", "Chuyên viên Trung tâm", Role.COUNTER),
    Post("dung", "Hồ Đức Dũng", "Chuyên viên Trung tâm", Role.COUNTER),
    Post("mai", "Phan Quỳnh Mai", "Chuyên viên Trung tâm", Role.COUNTER),
)
WATCHERS = (
    Post("van", "Bùi Thanh Vân", "Chuyên viên Phòng Kiểm soát TTHC", Role.SUPERVISOR),
    Post("quan", "Đinh Minh Quân", "Quản trị hệ thống", Role.ADMINISTRATOR),
)
DEPARTMENT_POSTS = (
    ("cv1", "Chuyên viên", Role.OFFICER),
    ("cv2", "Chuyên viên chính", Role.OFFICER),
    ("ld1", "Giám đốc", Role.HEAD),
    ("ld2", "Phó Giám đốc", Role.HEAD),
)
COMMUNE_POSTS = (
    ("mc", "Công chức một cửa", Role.COUNTER),
    ("cv", "Công chức tư pháp – hộ tịch", Role.OFFICER),
    ("ld", "Phó Chủ tịch", Role.HEAD),
)

# One sign-in for each role, printed when the demonstration is ready.
SIGN_INS = [
    ("Cán bộ một cửa (Trung tâm tỉnh)", "binh", PASSWORD),
    ("Công chức giải quyết (Sở Tư pháp)", "tuphap.cv1", PASSWORD),
    ("Lãnh đạo cơ quan (Sở Tư pháp)", "tuphap.ld1", PASSWORD),
    ("Văn phòng UBND tỉnh (kiểm soát TTHC)", "van", PASSWORD),
    ("Quản trị hệ thống", "quan", PASSWORD),
]

_PREFIXES = {
    "Sở Tư pháp": "tuphap",
    "Sở Xây dựng": "xaydung",
    "Sở Tài chính": "taichinh",
    "Sở Nông nghiệp và Môi trường": "nnmt",
}


# Hashed once for all: made to be slow, and the same password for everybody here.
@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def seed_people(*, province: Agency, counters: list[ServiceCounter], random: Random) -> None:
    """Post staff to the counters, to four departments and to two communes."""
    centre, *communes = counters
    for person in CENTRE_CLERKS:
        _post(person, province, centre)
    for person in WATCHERS:
        _post(person, province)
    for agency in Agency.objects.filter(parent=province, short_name__in=STAFFED_DEPARTMENTS):
        prefix = _PREFIXES[agency.short_name]
        for suffix, title, role in DEPARTMENT_POSTS:
            _post(Post(f"{prefix}.{suffix}", believable_name(random), title, role), agency)
    for prefix, counter in zip(("truongvinh", "kimlien"), communes, strict=True):
        for suffix, title, role in COMMUNE_POSTS:
            person = Post(f"{prefix}.{suffix}", believable_name(random), title, role)
            _post(person, counter.agency, counter)


def _post(person: Post, agency: Agency, counter: ServiceCounter | None = None) -> User:
    user = create_user(
        username=person.username,
        full_name=person.full_name,
        title=person.title,
        password=None,
        must_change_password=False,
    )
    user.password = _hashed()
    user.save(update_fields=["password"])
    own_counter = counter if person.role == Role.COUNTER else None
    post(user=user, agency=agency, role=person.role, counter=own_counter)
    return user
