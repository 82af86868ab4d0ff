"""How the OpenAPI document tells of refusals: one component, at every status it may have."""

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from rest_framework import serializers


class Refusal(serializers.Serializer[Any]):
    """Mọi lời từ chối có cùng một dạng."""

    code = serializers.CharField(help_text="Hằng số tiếng Anh cho chương trình.")
    message = serializers.CharField(help_text="Câu tiếng Việt cho người dùng.")
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Các câu theo từng trường, ví dụ applicant.name.",
    )


class PortalSchema(AutoSchema):
    """Adds the refusals that an endpoint can answer with to the answers it declares."""

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for status in self._refusal_statuses():
            if status not in bodies:
                bodies[status] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                    Refusal, status
                )
        return dict(sorted(bodies.items()))

    def _refusal_statuses(self) -> list[str]:
        reads = self.method in {"GET", "HEAD"}
        changes = [] if reads else ["409", "413", "415"]
        return ["400", "401", "403", "404", *changes, "429"]


class HashedTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Authorization: Token …"""

    target_class = "organizations.api.authentication.HashedToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Any:
        """A token in the header."""
        return build_bearer_security_scheme_object(
            header_name="Authorization",
            token_prefix="Token",  # noqa: S106 (a word, no secret)
        )


class PageSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The cookie of the pages."""

    target_class = "organizations.api.authentication.PageSession"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> Any:
        """A session cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
