"""The first schema: every table of the journey from need to signed letter."""

from __future__ import annotations

from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _column(
    kind: type[Any], name: str, *, key: bool = False, unique: bool = False, blank: bool = False
) -> sa.Column[Any]:
    return sa.Column(name, kind(), primary_key=key, unique=unique or None, nullable=blank)


_text = partial(_column, sa.Text)
_whole = partial(_column, sa.BigInteger)
_count = partial(_column, sa.Integer)
_flag = partial(_column, sa.Boolean)
_number = partial(_column, sa.Float)
_bytes = partial(_column, sa.LargeBinary)


def upgrade() -> None:
    """Make every table and index."""
    op.create_table(
        "approval", _count("order", key=True), _text("id", unique=True), _text("package_id"),
        _text("choice_id"), _text("decision"), _text("approver_name"),
        _text("approver_id", blank=True), _text("recorded_by", blank=True), _text("evidence"),
        _text("decided_on"), _whole("annual_cost"), _whole("limit", blank=True), _text("comment"),
        _text("made_at"), _flag("is_current"), _whole("version"),
    )
    op.create_index("ix_approval_approver_id", "approval", ["approver_id"])
    op.create_index("ix_approval_choice_id", "approval", ["choice_id"])
    op.create_index("ix_approval_package_id", "approval", ["package_id"])
    op.create_table(
        "approval_limit", _count("order", key=True), _text("id", unique=True), _text("officer_id"),
        _text("officer_name"), _text("from_on"), _whole("limit", blank=True), _whole("version"),
    )
    op.create_index("ix_approval_limit_officer_id", "approval_limit", ["officer_id"])
    op.create_table(
        "authority", _count("order", key=True), _text("id", unique=True), _text("name"),
        _text("address"), _text("contact"), _flag("is_demo"), _whole("version"),
    )
    op.create_table(
        "award", _count("order", key=True), _text("id", unique=True), _text("package_id"),
        _text("round_id"), _text("offer_id"), _text("choice_id"), _text("approval_id"),
        _text("location_id"), _text("provider_id"), _text("provider"), _text("cohort"),
        _text("framework_id"), _text("framework_reference"), _text("lot"), _text("method"),
        _whole("tier", blank=True), _text("facts"), _text("gate"), _whole("weekly_cost"),
        _whole("annual_cost"), _text("starts_on"), _text("ends_on", blank=True),
        _text("exclusion_checked_on"), _text("activity"), _text("rating", blank=True),
        _text("directory_dated_on", blank=True), _text("made_at"), _text("made_by"),
        _text("withdrawn_at", blank=True), _text("withdrawn_reason"), _whole("version"),
    )
    op.create_index("ix_award_approval_id", "award", ["approval_id"])
    op.create_index("ix_award_choice_id", "award", ["choice_id"])
    op.create_index("ix_award_framework_id", "award", ["framework_id"])
    op.create_index("ix_award_location_id", "award", ["location_id"])
    op.create_index("ix_award_offer_id", "award", ["offer_id"])
    op.create_index("ix_award_package_id", "award", ["package_id"])
    op.create_index("ix_award_provider_id", "award", ["provider_id"])
    op.create_index("ix_award_round_id", "award", ["round_id"])
    op.create_table(
        "choice", _count("order", key=True), _text("id", unique=True), _text("package_id"),
        _text("round_id"), _text("offer_id"), _text("location_id"), _text("provider"), _text("by"),
        _text("authority"), _text("reason"), _text("options"), _text("single_option_reason"),
        _text("top_up", blank=True), _text("made_at"), _text("officer_id"), _flag("is_current"),
        _whole("version"),
    )
    op.create_index("ix_choice_location_id", "choice", ["location_id"])
    op.create_index("ix_choice_offer_id", "choice", ["offer_id"])
    op.create_index("ix_choice_officer_id", "choice", ["officer_id"])
    op.create_index("ix_choice_package_id", "choice", ["package_id"])
    op.create_index("ix_choice_round_id", "choice", ["round_id"])
    op.create_table(
        "decline", _count("order", key=True), _text("id", unique=True), _text("round_id"),
        _text("invitation_id"), _text("package_id"), _text("location_id"), _text("provider"),
        _text("received_at"), _flag("is_late"), _text("code"), _text("note"), _whole("version"),
    )
    op.create_index("ix_decline_invitation_id", "decline", ["invitation_id"])
    op.create_index("ix_decline_location_id", "decline", ["location_id"])
    op.create_index("ix_decline_package_id", "decline", ["package_id"])
    op.create_index("ix_decline_round_id", "decline", ["round_id"])
    op.create_table(
        "device", _text("code", key=True), _whole("next_number"),
    )
    op.create_table(
        "draft", _count("order", key=True), _text("id", unique=True), _text("officer_id"),
        _text("saved_at"), _text("content"), _whole("version"),
    )
    op.create_index("ix_draft_officer_id", "draft", ["officer_id"])
    op.create_table(
        "exclusion_check", _count("order", key=True), _text("id", unique=True), _text("package_id"),
        _text("location_id"), _text("checked_on"), _text("outcome"), _text("note"),
        _text("officer_id"), _whole("version"),
    )
    op.create_index("ix_exclusion_check_location_id", "exclusion_check", ["location_id"])
    op.create_index("ix_exclusion_check_officer_id", "exclusion_check", ["officer_id"])
    op.create_index("ix_exclusion_check_package_id", "exclusion_check", ["package_id"])
    op.create_table(
        "fact_source", _count("number", key=True), _text("file_sha256"), _text("dated_on"),
    )
    op.create_table(
        "filed_letter", _count("order", key=True), _text("id", unique=True), _text("package_id"),
        _text("award_id"), _whole("number"), _text("kind"), _text("location_id"),
        _text("addressee"), _text("status"), _text("letter"), _text("prepared_at"),
        _text("issued_at", blank=True), _text("issued_by"), _text("sha256"), _text("short_code"),
        _bytes("pdf"), _whole("version"),
    )
    op.create_index("ix_filed_letter_award_id", "filed_letter", ["award_id"])
    op.create_index("ix_filed_letter_location_id", "filed_letter", ["location_id"])
    op.create_index("ix_filed_letter_package_id", "filed_letter", ["package_id"])
    op.create_table(
        "framework", _count("order", key=True), _text("id", unique=True), _text("reference"),
        _whole("edition"), _text("name"), _text("kind"), _text("regime"), _text("first_trigger_on"),
        _text("starts_on"), _text("ends_on"), _text("extension_ends_on", blank=True),
        _flag("extension_taken"), _text("rounding"), _whole("response_hours_standard", blank=True),
        _whole("response_hours_urgent", blank=True), _text("weights"), _text("lots"),
        _text("zones"), _text("terms"), _whole("version"),
    )
    op.create_index("ix_framework_reference", "framework", ["reference"])
    op.create_table(
        "imported_file", _count("order", key=True), _text("id", unique=True), _text("kind"),
        _text("name"), _text("layout"), _text("dated_on"), _text("imported_at"),
        _text("officer_id"), _whole("new"), _whole("changed"), _whole("same"), _whole("bad"),
        _whole("skipped"), _whole("version"),
    )
    op.create_index("ix_imported_file_officer_id", "imported_file", ["officer_id"])
    op.create_table(
        "invitation", _count("order", key=True), _text("id", unique=True), _text("round_id"),
        _text("package_id"), _text("member_id"), _text("location_id"), _text("provider"),
        _text("contact_name"), _text("contact_email"), _whole("tier", blank=True), _whole("rank"),
        _text("status"), _text("invited_at", blank=True), _text("answer_by", blank=True),
        _text("sheet_sha256"), _text("identity_checked_at", blank=True), _whole("version"),
    )
    op.create_index("ix_invitation_location_id", "invitation", ["location_id"])
    op.create_index("ix_invitation_member_id", "invitation", ["member_id"])
    op.create_index("ix_invitation_package_id", "invitation", ["package_id"])
    op.create_index("ix_invitation_round_id", "invitation", ["round_id"])
    op.create_table(
        "location", _text("location_id", key=True), _text("provider_id", blank=True),
        _text("location_name", blank=True), _text("provider_name", blank=True),
        _text("address_lines", blank=True), _text("postcode", blank=True),
        _number("latitude", blank=True), _number("longitude", blank=True),
        _text("local_authority", blank=True), _text("region", blank=True),
        _text("phone", blank=True), _text("website", blank=True),
        _flag("is_registered", blank=True), _text("deregistered_on", blank=True),
        _text("registered_on", blank=True), _flag("is_dormant", blank=True),
        _flag("is_care_home", blank=True), _text("sector", blank=True),
        _text("category", blank=True), _text("service_types", blank=True),
        _text("regulated_activities", blank=True), _text("specialisms", blank=True),
        _text("rating", blank=True), _text("rating_on", blank=True), _whole("beds", blank=True),
        _text("company_number", blank=True), _text("charity_number", blank=True),
        _text("ods_code", blank=True), _text("uprn", blank=True), _text("brand", blank=True),
        _text("origins"), _text("search_text"), _whole("version"),
    )
    op.create_index("ix_location_postcode", "location", ["postcode"])
    op.create_index("ix_location_provider_id", "location", ["provider_id"])
    op.create_table(
        "member", _count("order", key=True), _text("id", unique=True), _text("framework_id"),
        _text("location_id"), _text("provider_id"), _text("provider"), _text("lot"),
        _text("zone", blank=True), _whole("tier", blank=True), _whole("rank", blank=True),
        _text("quality", blank=True), _text("capacity", blank=True),
        _text("capacity_unit", blank=True), _text("contact_name"), _text("contact_email"),
        _text("needs"), _whole("version"),
    )
    op.create_index("ix_member_framework_id", "member", ["framework_id"])
    op.create_index("ix_member_location_id", "member", ["location_id"])
    op.create_index("ix_member_provider_id", "member", ["provider_id"])
    op.create_table(
        "offer", _count("order", key=True), _text("id", unique=True), _text("round_id"),
        _text("invitation_id"), _text("package_id"), _text("location_id"), _text("provider"),
        _text("received_at"), _flag("is_late"), _whole("rate", blank=True), _text("rates"),
        _text("starts_on"), _text("quality", blank=True), _text("continuity", blank=True),
        _text("distance_miles", blank=True), _text("visits_offered"), _text("note"),
        _whole("weekly_cost"), _text("scored_price"), _whole("ceiling", blank=True),
        _flag("is_above_ceiling"), _whole("version"),
    )
    op.create_index("ix_offer_invitation_id", "offer", ["invitation_id"])
    op.create_index("ix_offer_location_id", "offer", ["location_id"])
    op.create_index("ix_offer_package_id", "offer", ["package_id"])
    op.create_index("ix_offer_round_id", "offer", ["round_id"])
    op.create_table(
        "officer", _count("order", key=True), _text("id", unique=True), _text("name"),
        _text("roles"), _text("post"), _text("email"), _whole("version"),
    )
    op.create_table(
        "package", _count("order", key=True), _text("id", unique=True), _text("reference"),
        _text("need"), _text("status"), _text("framework_id", blank=True), _text("created_at"),
        _text("created_by"), _whole("weekly_cost", blank=True), _text("carer_hours", blank=True),
        _whole("version"),
    )
    op.create_index("ix_package_framework_id", "package", ["framework_id"])
    op.create_index("ix_package_reference", "package", ["reference"])
    op.create_table(
        "position", _text("postcode", key=True), _text("outcode"), _number("latitude"),
        _number("longitude"),
    )
    op.create_index("ix_position_outcode", "position", ["outcode"])
    op.create_table(
        "rate_line", _count("order", key=True), _text("id", unique=True), _text("framework_id"),
        _text("location_id"), _text("lot"), _text("zone", blank=True),
        _whole("band_minutes", blank=True), _whole("rate"), _text("from_on", blank=True),
        _whole("version"),
    )
    op.create_index("ix_rate_line_framework_id", "rate_line", ["framework_id"])
    op.create_index("ix_rate_line_location_id", "rate_line", ["location_id"])
    op.create_table(
        "register_details", _whole("number", key=True), _text("salt"), _text("content"),
    )
    op.create_table(
        "register_entry", _whole("number", key=True), _text("device"), _text("at"),
        _text("officer_id"), _text("officer"), _text("act"), _text("rules"), _text("details_hash"),
        _text("previous"), _text("hash"),
    )
    op.create_table(
        "round", _count("order", key=True), _text("id", unique=True), _text("package_id"),
        _text("framework_id"), _text("shortlist_id"), _whole("number"), _text("asking"),
        _text("opened_at"), _text("closes_at"), _whole("closes_after_hours"), _text("weights"),
        _text("status"), _whole("version"),
    )
    op.create_index("ix_round_framework_id", "round", ["framework_id"])
    op.create_index("ix_round_package_id", "round", ["package_id"])
    op.create_index("ix_round_shortlist_id", "round", ["shortlist_id"])
    op.create_table(
        "shortlist", _count("order", key=True), _text("id", unique=True), _text("package_id"),
        _text("framework_id"), _text("made_at"), _text("lot"), _text("included"), _text("excluded"),
        _text("inputs"), _whole("version"),
    )
    op.create_index("ix_shortlist_framework_id", "shortlist", ["framework_id"])
    op.create_index("ix_shortlist_package_id", "shortlist", ["package_id"])
    op.create_table(
        "step_time", _count("order", key=True), _text("id", unique=True), _text("package_id"),
        _text("step"), _text("at"), _text("officer_id"), _text("words"), _whole("version"),
    )
    op.create_index("ix_step_time_officer_id", "step_time", ["officer_id"])
    op.create_index("ix_step_time_package_id", "step_time", ["package_id"])
    op.create_table(
        "suspension", _count("order", key=True), _text("id", unique=True), _text("framework_id"),
        _text("location_id"), _text("scope"), _text("from_on"), _text("to_on", blank=True),
        _text("reason"), _text("lifted_at", blank=True), _whole("version"),
    )
    op.create_index("ix_suspension_framework_id", "suspension", ["framework_id"])
    op.create_index("ix_suspension_location_id", "suspension", ["location_id"])
