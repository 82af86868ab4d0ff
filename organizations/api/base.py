"""What every endpoint of the portal is built on: who may call, what is read, how it is told."""

from collections.abc import Sequence

from rest_framework.authentication import BaseAuthentication
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from organizations.api.authentication import HashedToken, PageSession, SignedIn
from organizations.api.negotiation import AlwaysJSON
from organizations.api.parsing import BoundedJSONParser
from organizations.api.schema import PortalSchema


class PortalView(APIView):
    """One address; JSON in and out, for people who have signed in."""

    authentication_classes: Sequence[type[BaseAuthentication]] = (HashedToken, PageSession)
    permission_classes: Sequence[type[BasePermission]] = (SignedIn,)
    parser_classes: Sequence[type[BaseParser]] = (BoundedJSONParser,)
    content_negotiation_class = AlwaysJSON
    schema = PortalSchema()


class PortalViewSet(ViewSetMixin, PortalView):
    """Several acts on one kind of thing."""
