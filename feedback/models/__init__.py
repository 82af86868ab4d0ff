"""Petitions with their ledger, files and votes; ratings and what moderators said of them."""

from feedback.models.petition import Petition
from feedback.models.ratings import Rating, RatingModeration
from feedback.models.traces import PetitionEvent, PetitionFile, PetitionVote

__all__ = [
    "Petition",
    "PetitionEvent",
    "PetitionFile",
    "PetitionVote",
    "Rating",
    "RatingModeration",
]
