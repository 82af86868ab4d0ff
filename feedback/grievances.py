"""Dossiers whose people complained: what component 5.4 of QĐ 766/QĐ-TTg leaves out."""

from django.db.models import Exists, OuterRef

from dossiers.querysets import DossierQuerySet
from feedback.models import Petition, Rating


def aggrieved(dossiers: DossierQuerySet) -> DossierQuerySet:
    """Of these dossiers, those with an admissible petition or a dissatisfied rating."""
    petitions = Petition.objects.admissible().filter(dossier=OuterRef("pk"))
    ratings = Rating.objects.dissatisfied().filter(dossier=OuterRef("pk"))
    return dossiers.filter(Exists(petitions) | Exists(ratings))
