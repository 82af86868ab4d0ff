"""Apologies in public: a page for the province and for each agency, with RSS and JSON."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apologies import board
from apologies.board import Posted
from dossiers import limiting
from dossiers.paging import CursorRefused
from dossiers.telling import day
from organizations.models import Agency

_TITLE = "Xin lỗi vì chậm trả kết quả thủ tục hành chính"


@login_not_required
@require_safe
@limiting.limited
def board_page(request: HttpRequest, agency_code: str = "") -> HttpResponse:
    """Phiếu xin lỗi đã gửi, and the agencies that have not apologised."""
    agency = _agency(agency_code)
    try:
        found = board.board(agency=agency, at=timezone.now(), after=request.GET.get("after", ""))
    except CursorRefused:
        return redirect("apologies:board")
    context = {
        "board": found,
        "agency": agency,
        "agencies": Agency.objects.active().in_order(),
        "rss_url": _address(agency, "_rss"),
        "json_url": _address(agency, "_json"),
        "next_url": f"?after={found.after}" if found.after else "",
        "first_url": _address(agency) if request.GET.get("after") else "",
    }
    return render(request, "apologies/board.html", context)


@login_not_required
@require_safe
@limiting.limited
def json_feed(request: HttpRequest, agency_code: str = "") -> JsonResponse:
    """The same for an agency's own website, as JSON Feed 1.1."""
    agency, at = _agency(agency_code), timezone.now()
    home = f"{settings.PUBLIC_URL}{_address(agency)}"
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(agency),
        "home_page_url": home,
        "feed_url": f"{settings.PUBLIC_URL}{_address(agency, '_json')}",
        "language": "vi",
        "items": [_item(letter) for letter in board.latest(agency=agency, at=at)],
        "_agencies_without_apology": board.board(agency=agency, at=at).owing,
    }
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    # Anybody's page may read what is public.
    response["Access-Control-Allow-Origin"] = "*"
    return response


class ApologyFeed(Feed):  # type: ignore[type-arg]
    """The same as RSS."""

    language = "vi"

    def get_object(self, request: HttpRequest, agency_code: str = "") -> Agency | None:
        """Of one agency, or of all."""
        return _agency(agency_code)

    def title(self, agency: Agency | None) -> str:
        """Whose apologies."""
        return _title(agency)

    def link(self, agency: Agency | None) -> str:
        """The page of the same."""
        return f"{settings.PUBLIC_URL}{_address(agency)}"

    def description(self, agency: Agency | None) -> str:
        """What this is."""
        return "Phiếu xin lỗi và hẹn lại ngày trả kết quả đã gửi người dân."

    def items(self, agency: Agency | None) -> list[Posted]:
        """The newest first."""
        return board.latest(agency=agency, at=timezone.now())

    def item_title(self, item: Posted) -> str:
        """Which dossier."""
        return _heading(item)

    def item_description(self, item: Posted) -> str:
        """What was promised, what is promised now, and why."""
        return _text(item)

    def item_link(self, item: Posted) -> str:
        """Its place on the agency's page."""
        return _link(item)

    def item_pubdate(self, item: Posted) -> datetime:
        """When it was posted."""
        return item["posted_at"]


rss = login_not_required(require_safe(limiting.limited(ApologyFeed())))


def _agency(code: str) -> Agency | None:
    if not code:
        return None
    return get_object_or_404(Agency, code=code)


def _address(agency: Agency | None, suffix: str = "") -> str:
    if agency is None:
        return reverse(f"apologies:board{suffix}")
    return reverse(f"apologies:board_agency{suffix}", args=[agency.code])


def _title(agency: Agency | None) -> str:
    return f"{_TITLE}: {agency.name}" if agency else _TITLE


def _item(letter: Posted) -> dict[str, object]:
    return {
        "id": _link(letter),
        "url": _link(letter),
        "title": _heading(letter),
        "content_text": _text(letter),
        "date_published": letter["posted_at"].isoformat(),
        "_apology": letter,
    }


def _heading(letter: Posted) -> str:
    return f"Phiếu số {letter['number']}: hồ sơ {letter['code']}"


def _text(letter: Posted) -> str:
    return (
        f"{letter['agency']} xin lỗi {letter['applicant']} vì chậm trả kết quả “"
        f"{letter['procedure']}”. Hẹn trả {day(letter['promised_on'])}, hẹn lại "
        f"{day(letter['new_day'])}. Lý do: {letter['reason'].rstrip(' .')}."
    )


def _link(letter: Posted) -> str:
    page = reverse("apologies:board_agency", args=[letter["agency_code"]])
    return f"{settings.PUBLIC_URL}{page}#{letter['code']}"
