"""What every endpoint of the portal is built on: who may call, what is read, how it is told."""

from collections.abc import Iterable, Sequence

from rest_framework.authentication import BaseAuthentication
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from organizations.api.authentication import HashedToken, PageSession, SignedIn
from organizations.api.parsing import BoundedJSONParser
from organizations.api.schema import PortalSchema


class AlwaysJSON(BaseContentNegotiation):
    """There is one form of answer, whatever the request says it accepts."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        """The parser of the body's own type."""
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The first, which is JSON."""
        first = next(iter(renderers))
        return first, str(first.media_type)


class PortalView(APIView):
    """One address; JSON in and out, for people who have signed in."""

    authentication_classes: Sequence[type[BaseAuthentication]] = (HashedToken, PageSession)
    permission_classes: Sequence[type[BasePermission]] = (SignedIn,)
    parser_classes: Sequence[type[BaseParser]] = (BoundedJSONParser,)
    content_negotiation_class = AlwaysJSON
    schema = PortalSchema()


class PortalViewSet(ViewSetMixin, PortalView):
    """Several acts on one kind of thing."""
