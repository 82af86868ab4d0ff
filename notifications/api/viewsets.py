"""Endpoints of messages, for administrators; the project's defaults say who may sign in how."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from notifications import listing, resending
from notifications.api.serializers import MessageList, MessageOutput, MessageQuery, MessageRow
from notifications.asking import require_administrator
from notifications.filters import MessageFilter
from notifications.listing import Row
from notifications.models import Message


class MessageViewSet(ViewSet):
    """Tin gửi."""

    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="messages_list", parameters=[MessageQuery], responses=MessageList)
    def list(self, request: Request) -> Response:
        """Tin gửi theo trạng thái, kênh và hồ sơ, mới nhất trước."""
        require_administrator(request.user)
        asked = MessageQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = MessageFilter(request.query_params, queryset=Message.objects.all()).qs
        page = listing.page(found, after=asked.validated_data.get("after"))
        following = str(page.after) if page.after else None
        return Response({"next": following, "results": MessageRow(page.rows, many=True).data})

    @extend_schema(operation_id="messages_retrieve", responses=MessageOutput)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một tin và các diễn biến gửi."""
        require_administrator(request.user)
        return Response(MessageOutput(Row(Message.objects.get(pk=pk))).data)

    @extend_schema(operation_id="messages_resend", request=None, responses=MessageRow)
    @action(detail=True, methods=["post"])
    def resend(self, request: Request, pk: str) -> Response:
        """Gửi lại một tin không gửi được hoặc chưa rõ đã đến."""
        actor = require_administrator(request.user)
        again = resending.resend(message_id=int(pk), actor=actor, at=timezone.now())
        return Response(MessageRow(Row(again)).data)
