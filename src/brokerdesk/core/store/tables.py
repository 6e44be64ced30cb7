"""The tables of the desk: one per noun, and those of the register, the device, locations and positions."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, Table, Text

from brokerdesk.core.domain.agreement_details import AgreementDetails
from brokerdesk.core.domain.approval_records import ApprovalSignature, ExecutiveDecision, PanelRecord
from brokerdesk.core.domain.approval_scheme import ApprovalScheme, PostHolder
from brokerdesk.core.domain.award import Approval, Award, ExclusionCheck, FiledLetter
from brokerdesk.core.domain.capacity_ledger import Reservation
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.choice_record import OptionRefusal
from brokerdesk.core.domain.conflict import ConflictDeclaration
from brokerdesk.core.domain.directory import LocationFacts
from brokerdesk.core.domain.evaluation import AgreedScore, QualityScore
from brokerdesk.core.domain.evidence_file import EvidenceFile
from brokerdesk.core.domain.framework import Framework, Member, RateLine, Suspension
from brokerdesk.core.domain.imported_file import ImportedFile
from brokerdesk.core.domain.letter_form import LetterForm
from brokerdesk.core.domain.letter_return import LetterRevision
from brokerdesk.core.domain.letter_template import Letterhead, LetterTemplate
from brokerdesk.core.domain.low_price import PriceQuery
from brokerdesk.core.domain.notice_due import Claim, GateOverride, NoticeDue
from brokerdesk.core.domain.officer import ApprovalLimit, Authority, Officer
from brokerdesk.core.domain.package import Draft, Package, StepTime
from brokerdesk.core.domain.preference import RefusedPreference
from brokerdesk.core.domain.register import RegisterEntry
from brokerdesk.core.domain.release import ReleaseCheck
from brokerdesk.core.domain.requirement_edition import Clarification, RequirementEdition
from brokerdesk.core.domain.returned_file import ReturnedFile
from brokerdesk.core.domain.revocation import RevocationList, RevokedCertificate
from brokerdesk.core.domain.round_snapshot import RoundSnapshot
from brokerdesk.core.domain.route_decision import RouteDecision
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import Decline, Invitation, Offer, Round, Shortlist
from brokerdesk.core.store.columns import columns_of

NOUNS: tuple[type, ...] = (
    Officer, Authority, ApprovalLimit, Framework, Member, RateLine, Suspension, Package, StepTime, Draft,
    Shortlist, Round, Invitation, Offer, Decline, Choice, Approval, ExclusionCheck, Award, FiledLetter,
    ImportedFile, LetterRevision, RevokedCertificate, RevocationList,
    NoticeDue, Claim, GateOverride,
    ApprovalScheme, PostHolder, ApprovalSignature, PanelRecord, ExecutiveDecision,
    ConflictDeclaration,
    Reservation,
    QualityScore,
    AgreedScore,
    PriceQuery,
    RouteDecision,
    OptionRefusal,
    RefusedPreference,
    ReturnedFile,
    Seal,
    ReleaseCheck,
    RequirementEdition,
    Clarification,
    RoundSnapshot,
    LetterForm,
    LetterTemplate,
    Letterhead,
    AgreementDetails,
    EvidenceFile,
)
"""Every noun that has a shelf."""

metadata = MetaData()


def table_name(noun: type) -> str:
    """Name of a noun's table, which is also its name among what an act changed: `rate_line`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", noun.__name__).lower()


def _field_columns(noun: type, *, key: str | None = None) -> list[Column[Any]]:
    return [
        Column(
            column.name, column.sql_type, primary_key=column.name == key, nullable=column.is_optional,
            unique=column.name == "id" or None,
        )
        for column in columns_of(noun)
    ]


def _noun_table(noun: type) -> Table:
    name = table_name(noun)
    # `order` counts up as values are added: ids are random, so it is the only order there is.
    table = Table(name, metadata, Column("order", Integer, primary_key=True), *_field_columns(noun))
    for column in table.columns:
        if column.name.endswith("_id") or column.name == "reference":
            Index(f"ix_{name}_{column.name}", column)
    return table


TABLES: dict[type, Table] = {noun: _noun_table(noun) for noun in NOUNS}
"""Table of each noun: one row per value; every column's type and meaning is the field's."""

DEVICE = Table(
    "device", metadata,
    Column("code", Text, primary_key=True),
    Column("next_number", BigInteger, nullable=False),
)
"""One row: the three letters of this laptop and the number of its next reference."""

REGISTER = Table(
    "register_entry", metadata, *_field_columns(RegisterEntry, key="number"),
)
"""One row per act in order; never changed and never removed."""

DETAILS = Table(
    "register_details", metadata,
    Column("number", BigInteger, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("content", Text, nullable=False),
)
"""One row per act whose details were not erased: salt and canonical JSON."""

LOCATION = Table(
    "location", metadata,
    *_field_columns(LocationFacts, key="location_id"),
    Column("origins", Text, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
)
"""One row per location of the regulator; `origins` says which source stated which facts."""
Index("ix_location_provider_id", LOCATION.c.provider_id)
Index("ix_location_postcode", LOCATION.c.postcode)

FACT_SOURCE = Table(
    "fact_source", metadata,
    Column("number", Integer, primary_key=True),
    Column("file_sha256", Text, nullable=False),
    Column("dated_on", Text, nullable=False),
)
"""One row per file that stated facts; locations name it by number."""

POSITION = Table(
    "position", metadata,
    Column("postcode", Text, primary_key=True),
    Column("outcode", Text, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
)
"""One row per postcode or outcode: degrees, WGS 84."""
Index("ix_position_outcode", POSITION.c.outcode)
