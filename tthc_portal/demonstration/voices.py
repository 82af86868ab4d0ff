"""Petitions and ratings of the demonstration, by the portal's own acts at past moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from feedback import handling, rating, sending
from feedback.handling import Classification, Publication
from feedback.holding import Target
from feedback.models import Petition
from feedback.rating import Answers
from feedback.sending import PetitionRequest
from feedback.statuses import Category, Satisfaction
from tthc_portal.demonstration.histories import Office
from tthc_portal.demonstration.people import believable_name

# Of a hundred returned dossiers, so many are rated.
RATED = 0.4
_LEVELS = (5, 5, 4, 4, 4, 3, 2, 1)
_REMARKS = ("", "", "", "Cán bộ hướng dẫn rõ ràng.", "Phải đi lại nhiều lần.", "Trả trước hẹn.")
_LONGEST_AGO = 35


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What people say, and what the agency answers."""

    category: Category
    subject: str
    content: str
    answer: str


VOICES = (
    Voice(
        category=Category.DELAY,
        subject="Hồ sơ chậm trả kết quả",
        content="Đã quá ngày hẹn trên giấy tiếp nhận mà chưa có kết quả, gọi không ai trả lời.",
        answer="Cơ quan đã kiểm tra, trả kết quả và xin lỗi ông/bà vì sự chậm trễ.",
    ),
    Voice(
        category=Category.PAPERS,
        subject="Yêu cầu nộp thêm giấy xác nhận cư trú",
        content="Thông tin cư trú đã có trên cơ sở dữ liệu nhưng vẫn bị yêu cầu nộp giấy xác nhận.",
        answer="Giấy xác nhận cư trú không có trong thành phần hồ sơ. Cơ quan đã nhắc nhở cán bộ.",
    ),
    Voice(
        category=Category.FEE,
        subject="Lệ phí thu khác mức niêm yết",
        content="Mức niêm yết và số tiền thu tại quầy không giống nhau.",
        answer="Cơ quan đã hoàn lại phần thu thừa và niêm yết lại mức lệ phí hiện hành.",
    ),
    Voice(
        category=Category.SYSTEM,
        subject="Không tải được tệp lên khi nộp trực tuyến",
        content="Tệp PDF 5 MB tải lên bị báo lỗi, thử nhiều lần không được.",
        answer="Lỗi đã được khắc phục; tệp đến 20 MB tải lên được. Mong ông/bà thử lại.",
    ),
)


def rate_some(*, until: datetime, random: Random) -> int:
    """Some of those who fetched their result say how content they are; how many did."""
    returned = Dossier.objects.filter(status=DossierStatus.RETURNED, returned_at__lt=until)
    given = 0
    for dossier in returned.order_by("pk"):
        if random.random() < RATED and dossier.returned_at is not None:
            later = dossier.returned_at + timedelta(hours=random.randrange(1, 48))
            answers = Answers(
                satisfaction=Satisfaction(random.choice(_LEVELS)), remark=random.choice(_REMARKS)
            )
            token = rating.token_for(dossier)
            rating.give_by_link(token=token, answers=answers, at=min(later, until))
            given += 1
    return given


def complain_some(
    *, offices: Sequence[Office], count: int, until: datetime, random: Random
) -> None:
    """Petitions at every stage: answered, under way, late, and just come in."""
    for _ in range(count):
        office, voice = random.choice(offices), random.choice(VOICES)
        sent_at = until - timedelta(hours=random.randrange(2, _LONGEST_AGO * 24))
        petition = _send(office, voice, sent_at, random)
        _handle(petition, office, voice, until, random)


def _send(office: Office, voice: Voice, at: datetime, random: Random) -> Petition:
    request = PetitionRequest(
        agency=office.agency,
        sender_name=believable_name(random),
        phone=f"0900{random.randrange(10**6):06d}",
        category=voice.category,
        subject=voice.subject,
        content=voice.content,
        submission_key=UUID(int=random.getrandbits(128), version=4),
    )
    return sending.send(request=request, at=at).petition


def _handle(
    petition: Petition, office: Office, voice: Voice, until: datetime, random: Random
) -> None:
    """As far as the time allows; some wait longer than they may."""
    target = Target(code=petition.code)
    clerk, officer, head = office.clerks[0], office.officers[0], office.heads[0]
    at = petition.sent_at + timedelta(hours=random.randrange(1, 60))
    if at > until:
        return
    classification = Classification(category=voice.category, agency=office.agency)
    handling.receive(target=target, classification=classification, actor=clerk, at=at)
    at += timedelta(days=random.randrange(1, 30))
    if at > until:
        return
    handling.answer(target=target, text=voice.answer, actor=officer, at=at)
    at += timedelta(hours=random.randrange(2, 90))
    if at <= until:
        publication = Publication(subject=voice.subject, content=voice.content)
        handling.publish(target=target, publication=publication, actor=head, at=at)
