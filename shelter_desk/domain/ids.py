"""Ids as types, so that a bed cannot be passed for a resident."""

from typing import NewType

UserId = NewType("UserId", int)
RoomId = NewType("RoomId", int)
BedId = NewType("BedId", int)
BedStateId = NewType("BedStateId", int)
PersonId = NewType("PersonId", int)
StayId = NewType("StayId", int)
PlacementId = NewType("PlacementId", int)
AbsenceId = NewType("AbsenceId", int)
VictimStatusId = NewType("VictimStatusId", int)
ServiceId = NewType("ServiceId", int)
ActivityId = NewType("ActivityId", int)
PartnerId = NewType("PartnerId", int)
ConsentId = NewType("ConsentId", int)
ReferralId = NewType("ReferralId", int)
