"""Which test proves what becomes of each thing that an order can carry: read, placed, invoiced, refunded.

Tests are named `file::test`; the files' short names stand in FILES. A cell that says why there is nothing to prove
begins with a dash.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "addons" / "ecom_connector"
FILES = {
    "demo": "channels/demo/tests/test_content.py",
    "demo_orders": "channels/demo/tests/test_orders.py",
    "woo": "channels/woocommerce/tests/test_orders.py",
    "woo_people": "channels/woocommerce/tests/test_customers.py",
    "woo_refunds": "channels/woocommerce/tests/test_refunds.py",
    "road": "tests/test_content_road.py",
    "acquaint": "tests/test_acquaint.py",
    "any": "tests/test_any_order.py",
    "buyers": "tests/test_buyers.py",
    "clip": "tests/test_clip.py",
    "contacts": "tests/test_contacts.py",
    "credit": "tests/test_credit.py",
    "exact": "tests/test_tax_exact.py",
    "invoice": "tests/test_invoice.py",
    "lines": "tests/test_lines.py",
    "money": "tests/test_money.py",
    "policies": "tests/test_policies.py",
    "send_refund": "tests/test_send_refund.py",
    "withhold": "tests/test_withhold.py",
}
STAGES = ("parsed", "placed", "invoiced", "refunded")
NO_MONEY = "- has no amount"
STAYS_QUOTATION = "- stays a quotation"


def road(name):
    """The three stages that one test of the road proves."""
    return (f"road::{name}",) * 3


MATRIX = {
    "net prices": ("demo::test_net_prices_and_a_reduced_rate", *road("test_net_prices")),
    "gross prices": ("demo_orders::test_the_sample_order_is_read_to_the_cent", *road("test_gross_prices")),
    "reduced tax": ("demo::test_net_prices_and_a_reduced_rate", *road("test_reduced_tax")),
    "compound tax": ("demo::test_a_compound_tax_is_charged_on_the_tax_before_it", *road("test_compound_tax")),
    "tax the marketplace remits": (
        "demo::test_tax_that_the_marketplace_remits_is_told_apart",
        *road("test_tax_of_the_marketplace_is_never_ours"),
    ),
    "tax in parts of a line": (
        "demo_orders::test_the_sample_order_is_read_to_the_cent",
        "exact::test_what_the_channel_states_for_a_whole_rate_is_spread_over_its_lines",
        "invoice::test_thirds_of_a_line_add_up_to_its_stated_amounts",
        "credit::test_thirds_that_are_credited_one_by_one_add_up",
    ),
    "any mixture": (
        "demo_orders::test_the_sample_order_is_read_to_the_cent",
        "any::test_total_tax_and_discount_are_the_channels",
        "any::test_any_split_of_invoices_and_any_refunds_of_them_add_up",
        "any::test_any_split_of_invoices_and_any_refunds_of_them_add_up",
    ),
    "allocated discounts": (
        "demo::test_an_allocated_discount_stands_on_its_line_without_tax",
        *road("test_allocated_discounts"),
    ),
    "coupons": ("demo::test_coupons_and_tags", *road("test_a_coupon_on_a_line_of_its_own")),
    "what a coupon stands for": (
        "woo_people::test_each_kind_of_discount_is_known",
        "clip::test_a_code_first_seen_on_an_order_is_listed_and_explained_later",
        NO_MONEY,
        NO_MONEY,
    ),
    "units refunded before they left": (
        "woo_refunds::test_lines_name_the_lines_of_the_order_and_amounts_are_positive",
        "withhold::test_what_was_refunded_before_it_left_is_not_sent_and_is_free_again",
        "withhold::test_with_the_rest_the_order_is_complete_for_the_channel",
        "send_refund::test_the_channel_hears_what_it_is_for_where_all_of_it_is_known",
    ),
    "free gifts": ("demo::test_a_free_gift_keeps_its_price_and_is_taken_off_whole", *road("test_a_free_gift")),
    "bundles": ("demo::test_a_bundle_names_its_parts", *road("test_an_unknown_bundle_is_sold_as_its_parts")),
    "kits": ("demo::test_a_bundle_names_its_parts", *road("test_a_kit_is_one_line")),
    "packs of several units": (
        "demo_orders::test_the_sample_order_is_read_to_the_cent",
        "lines::test_a_pack_of_six_moves_six_and_costs_the_same",
        "any::test_any_split_of_invoices_and_any_refunds_of_them_add_up",
        "any::test_any_split_of_invoices_and_any_refunds_of_them_add_up",
    ),
    "fees": ("demo::test_gift_card_fee_tip_and_duty_are_kinds_of_their_own", *road("test_a_fee")),
    "tips": ("demo::test_gift_card_fee_tip_and_duty_are_kinds_of_their_own", *road("test_a_tip")),
    "duties": ("demo::test_gift_card_fee_tip_and_duty_are_kinds_of_their_own", *road("test_duty")),
    "gift cards sold": (
        "demo::test_gift_card_fee_tip_and_duty_are_kinds_of_their_own",
        *road("test_a_gift_card_that_is_sold_is_owed"),
    ),
    "gift cards used": (
        "demo::test_gift_card_and_store_credit_that_are_used_are_payments",
        *road("test_a_gift_card_that_is_used_pays"),
    ),
    "store credit used": (
        "demo::test_gift_card_and_store_credit_that_are_used_are_payments",
        *road("test_store_credit_that_is_used_pays"),
    ),
    "several shipping lines": (
        "demo::test_two_shipping_lines_have_their_own_methods_and_taxes",
        *road("test_several_shipping_lines_with_taxes_of_their_own"),
    ),
    "rounding": (
        "woo::test_taxes_of_a_line_keep_the_digits_of_the_shop",
        *road("test_a_rounding_line"),
    ),
    "two currencies": (
        "demo::test_both_currencies_state_the_whole_order",
        *road("test_the_rate_of_two_stated_totals_is_frozen"),
    ),
    "bill-to and ship-to": (
        "demo_orders::test_the_sample_order_keeps_who_bought_and_where_it_goes",
        *road("test_bill_to_and_ship_to"),
    ),
    "guests": ("demo_orders::test_an_export_with_a_free_gift_has_no_tax_and_is_only_authorized", *road("test_a_guest")),
    "returning buyers": (
        "demo_orders::test_the_sample_order_keeps_who_bought_and_where_it_goes",
        "contacts::test_a_registered_buyer_is_known_by_the_channels_id_under_a_new_name_and_email",
        NO_MONEY,
        NO_MONEY,
    ),
    "accounts that change": (
        "woo_people::test_an_account_is_read_with_its_addresses",
        "acquaint::test_a_changed_account_is_followed",
        NO_MONEY,
        NO_MONEY,
    ),
    "companies with VAT numbers": (
        "demo::test_company_vat_and_consent",
        *road("test_a_company_with_its_vat_number"),
    ),
    "phones and states": (
        "demo_orders::test_the_sample_order_keeps_who_bought_and_where_it_goes",
        "buyers::test_a_phone_number_is_kept_in_its_international_spelling",
        NO_MONEY,
        NO_MONEY,
    ),
    "marketing consent": (
        "demo::test_company_vat_and_consent",
        "buyers::test_consent_to_advertising_is_kept_with_day_and_channel",
        NO_MONEY,
        NO_MONEY,
    ),
    "tags": (
        "demo::test_coupons_and_tags",
        "buyers::test_tags_of_a_customer_are_added_and_none_is_taken_away",
        NO_MONEY,
        NO_MONEY,
    ),
    "notes, attributes, gift messages": (
        "demo::test_notes_attributes_and_gift_message",
        "road::test_what_the_buyer_said_reaches_those_whom_it_concerns",
        "road::test_what_the_buyer_said_reaches_those_whom_it_concerns",
        NO_MONEY,
    ),
    "test orders": (
        "demo::test_a_test_order_says_so",
        "policies::test_a_test_order_stays_a_quotation",
        STAYS_QUOTATION,
        STAYS_QUOTATION,
    ),
    "unknown items": (
        "demo_orders::test_the_sample_order_is_read_to_the_cent",
        "policies::test_an_unknown_item_can_be_placed_with_a_placeholder",
        "policies::test_the_placeholder_gives_way_to_the_product_at_the_same_amounts",
        "policies::test_the_placeholder_gives_way_to_the_product_at_the_same_amounts",
    ),
    "payments in parts and later": (
        "demo::test_gift_card_and_store_credit_that_are_used_are_payments",
        "money::test_each_provider_account_has_its_own_policy",
        "money::test_parts_that_come_one_after_the_other_pay_the_invoice",
        "money::test_a_part_that_was_paid_back_settles_a_part_of_the_credit_note",
    ),
    "payments voided": (
        "demo::test_gift_card_and_store_credit_that_are_used_are_payments",
        "money::test_an_authorisation_that_was_voided_moves_nothing",
        "money::test_a_capture_that_failed_after_all_is_taken_back",
        "money::test_money_that_was_paid_back_settles_the_credit_note",
    ),
}


@cache
def names_in(file):
    """Names of the test functions that the file defines."""
    tree = ast.parse((ROOT / FILES[file]).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("feature", MATRIX)
def test_every_stage_of_the_feature_has_a_test_that_exists(feature):
    cells = dict(zip(STAGES, MATRIX[feature], strict=True))
    for stage, cell in cells.items():
        if cell.startswith("- "):
            continue
        file, _, name = cell.partition("::")
        assert name in names_in(file), f"{feature}, {stage}: {FILES[file]} has no {name}"


def test_every_road_has_a_place_in_the_matrix():
    named = {cell.partition("::")[2] for cells in MATRIX.values() for cell in cells if cell.startswith("road::")}
    assert named == names_in("road")
