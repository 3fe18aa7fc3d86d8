"""Which test proves each edge case of stock, and each row of the table of events that change what can be sold.

The words are those of the research that the add-ons were built from, `research/inventory.md` of the folder ECOM_SHARED
names: where it is there, nothing of its list may be missing here. Tests are named `file::test`.
"""

import ast
import os
import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
RESEARCH = Path(os.environ.get("ECOM_SHARED") or PROJECT.parent / "shared") / "research" / "inventory.md"
CONNECTOR, BUFFER = "addons/ecom_connector/tests", "addons/ecom_inventory_buffer/tests"
KITS, STRATEGIES = "addons/ecom_inventory_buffer_mrp/tests", "addons/ecom_inventory_buffer/rules/tests/strategies"
FILES = {
    "edit": f"{CONNECTOR}/test_edit.py",
    "place": f"{CONNECTOR}/test_place.py",
    "change": f"{CONNECTOR}/test_stock_change.py",
    "budget": f"{CONNECTOR}/test_stock_budget.py",
    "hear": f"{CONNECTOR}/test_stock_hear.py",
    "in_flight": f"{CONNECTOR}/test_stock_in_flight.py",
    "off": f"{CONNECTOR}/test_stock_decide.py",
    "publish": f"{CONNECTOR}/test_stock_publish.py",
    "push": f"{CONNECTOR}/test_stock_push_edges.py",
    "trouble": f"{CONNECTOR}/test_stock_trouble.py",
    "races": "tests/stock/test_races.py",
    "meetings": "tests/stock/test_meetings.py",
    "measure": f"{BUFFER}/test_measure.py",
    "scope": f"{BUFFER}/test_scope.py",
    "events": f"{BUFFER}/test_events.py",
    "hold": f"{BUFFER}/test_stock_hold.py",
    "decide": f"{BUFFER}/test_decide.py",
    "audit": f"{BUFFER}/test_audit.py",
    "kits": f"{KITS}/test_kits.py",
    "kit_changes": f"{KITS}/test_kit_changes.py",
    "precedence": "addons/ecom_inventory_buffer/rules/tests/test_precedence.py",
    "sum": "addons/ecom_inventory_buffer/rules/tests/test_decide.py",
    "allocation": f"{STRATEGIES}/test_allocation.py",
    "cap": f"{STRATEGIES}/test_cap.py",
    "percent": f"{STRATEGIES}/test_percent.py",
    "smallest_order": f"{STRATEGIES}/test_smallest_order.py",
    "zero_at": f"{STRATEGIES}/test_zero_at.py",
}

EVENTS = {
    "Reserve, unreserve, transfer done, scrap, inventory adjustment": (
        "events::test_row_reserve_and_unreserve",
        "events::test_row_transfer_done",
        "events::test_row_scrap",
        "events::test_row_inventory_adjustment",
    ),
    "SO confirmed / cancelled, reservation manual or by date": (
        "events::test_row_order_confirmed_and_cancelled_with_manual_reservation",
        "events::test_row_order_confirmed_with_reservation_by_date",
    ),
    "Incoming move confirmed; confirmed unlinked move deleted": (
        "events::test_row_incoming_move_confirmed_and_deleted",
    ),
    "`_merge_quants` (runs when a quant view opens, scheduler)": ("events::test_row_merge_quants",),
    "`stock.lot.removal_date` change": ("events::test_row_lot_removal_date_change",),
    "Time passes a removal_date": ("scope::test_expiry_passing_with_no_write_is_noticed",),
    "`stock.location` reparented / archived / excluded": (
        "events::test_row_location_reparented",
        "events::test_row_location_archived",
        "events::test_row_location_excluded",
    ),
    "`mrp.bom` / `mrp.bom.line` change": (
        "kit_changes::test_a_bom_line_that_is_edited_is_noticed",
        "kit_changes::test_a_bom_line_that_is_added_or_deleted_is_noticed",
        "kit_changes::test_a_bom_edited_in_what_it_makes_is_noticed",
    ),
    "Component of a kit": ("kit_changes::test_a_component_of_a_kit_that_moves_reaches_every_ancestor",),
    "Rules, channel map, product active/uom/is_storable, soft-hold expiry": (
        "events::test_row_rules_channel_map_and_product",
        "change::test_a_location_of_the_channel_that_changes_is_seen",
        "change::test_another_unit_of_the_product_is_seen",
        "change::test_a_product_whose_stock_is_no_longer_kept_has_no_level",
        "hold::test_a_hold_that_expires_during_payment_ends_at_its_moment_and_is_noticed",
    ),
}

EXPIRY = (
    "expired lot, lot expiring inside the ship lead, expiry passing with no write, midnight UTC and company time zone"
)
TO_ORDER = "measure::test_services_consumables_dropshipped_and_made_to_order_have_no_level_and_never_show_0"
STOCK = {
    "negative quant": ("measure::test_a_negative_quant_counts_as_it_is",),
    "duplicate quants": ("measure::test_duplicate_quants_are_added_up",),
    "quant with quantity 0 and reserved > 0": ("measure::test_a_quant_with_quantity_0_and_a_reservation_counts",),
    "lot negative with other lot positive": ("measure::test_a_negative_lot_takes_from_the_positive_one",),
    "untracked stock of a tracked product": ("measure::test_untracked_stock_of_a_tracked_product_counts",),
    EXPIRY: (
        "scope::test_an_expired_lot_is_set_aside_with_its_reservation",
        "scope::test_a_lot_expiring_inside_the_ship_lead_is_set_aside",
        "scope::test_expiry_passing_with_no_write_is_noticed",
        "scope::test_it_ends_at_its_moment_and_not_at_midnight_in_utc_or_company_time_zone",
    ),
    "owner stock": (
        "measure::test_owner_stock_is_set_aside",
        "measure::test_a_reservation_on_the_goods_of_others_takes_nothing_from_ours",
        "scope::test_owners_who_are_named_count",
    ),
    "packages": ("measure::test_goods_in_a_package_count",),
    "put-away to an excluded child": ("measure::test_a_put_away_to_an_excluded_child_takes_the_goods_out_of_sale",),
    "location reparented, archived, moved between warehouses": (
        "events::test_row_location_reparented",
        "measure::test_a_location_that_is_archived_holds_nothing",
        "measure::test_a_location_that_is_moved_between_warehouses_takes_its_goods_along",
    ),
    "multi-step in/out (Input, QC, Pack, Output)": (
        "measure::test_multi_step_receipts_are_set_aside_and_multi_step_deliveries_counted_nowhere",
        "measure::test_a_receipt_in_three_steps_comes_in_once",
    ),
    "inter-warehouse transit (counted nowhere or twice, company-level transit location)": (
        "measure::test_inter_warehouse_transit_counts_in_neither_warehouse_and_arrives_in_one",
    ),
    "internal move fully inside the scope that is reserved": (
        "measure::test_an_internal_move_fully_inside_the_scope_takes_nothing_unless_reserved",
    ),
    "MTO and dropship (no quants, must not show 0)": (TO_ORDER,),
    "subcontracting": ("measure::test_goods_at_a_subcontractor_count_for_no_channel",),
    "raw-material reservation": ("kits::test_raw_material_reservation_takes_components_from_their_kits",),
    "consumable (`is_storable` False) listings": (TO_ORDER,),
    "products shared by two companies, company-less locations, user with one of several companies in the cron": (
        "measure::test_a_product_shared_by_two_companies_counts_for_each_its_own",
        "measure::test_a_location_of_no_company_counts_where_it_stands",
        "measure::test_a_user_of_one_company_in_the_cron_measures_both",
    ),
}
ORDERS = {
    "quotation hold, hold expiry during payment": (
        "hold::test_a_quotation_hold_is_not_for_sale_until_it_is_released",
        "hold::test_a_hold_that_expires_during_payment_ends_at_its_moment_and_is_noticed",
    ),
    "confirmed with manual/by-date reservation": EVENTS["SO confirmed / cancelled, reservation manual or by date"],
    "partially reserved": ("measure::test_what_is_partially_reserved_waits_for_the_rest",),
    "back-order": ("measure::test_a_back_order_waits_on",),
    "cancelled picking": ("measure::test_a_cancelled_picking_gives_its_goods_back",),
    "SO line decreased after partial delivery": ("events::test_row_so_line_decreased_after_partial_delivery",),
    "unpaid channel order later cancelled": (
        "hold::test_an_unpaid_channel_order_that_is_later_cancelled_gives_its_goods_back",
    ),
    "channel cancel with restock": ("in_flight::test_an_order_cancelled_and_restocked_there_goes_up_again_here",),
    "order imported twice": ("place::test_the_same_order_twice_in_a_batch_and_again_later_is_one_order",),
    "order imported after its stock push": ("in_flight::test_an_order_that_comes_in_late_is_taken_off_only_once",),
    "order edited on the channel": ("edit::test_one_unit_less_changes_order_delivery_and_stock_to_the_cent",),
    "return received into quarantine then released": (
        "measure::test_a_return_received_into_quarantine_counts_once_it_is_released",
    ),
    "pre-order with cap": ("decide::test_a_pre_order_with_a_cap_sells_what_comes_in_before_its_release",),
    "back-order cap reached": ("decide::test_back_orders_go_up_to_their_cap",),
}
KIT_CASES = {
    "nested phantom": ("kits::test_nested_phantom_kits_come_down_to_their_last_components",),
    "same component twice": ("kits::test_the_same_component_twice_counts_twice",),
    "optional (0 qty) line": ("kits::test_an_optional_line_of_0_limits_nothing",),
    "fractional component UoM": ("kits::test_a_fractional_component_uom_is_counted_in_the_component_s_unit",),
    "kit output qty > 1": ("kits::test_a_kit_output_qty_above_1_is_shared_by_all_it_makes",),
    "consumable-only kit": ("kits::test_a_consumable_only_kit_has_no_level_and_never_shows_0",),
    "variant-specific BoM lines": ("kits::test_variant_specific_bom_lines_count_for_their_variant_only",),
    "two kits sharing a component, kit and component both listed, kit and component on two channels": (
        "kits::test_two_kits_sharing_a_component_and_the_component_itself_see_the_same_units",
        "kits::test_a_kit_and_its_component_on_two_channels_lose_what_the_other_sold",
    ),
    "BoM edited": ("kit_changes::test_a_bom_line_that_is_edited_is_noticed",),
    "kit BoM archived": ("kit_changes::test_a_kit_bom_that_is_archived_leaves_no_kit",),
    "component of another company": (
        "kits::test_a_component_of_another_company_s_warehouse_counts_for_nobody_here",
        "kits::test_a_bill_of_another_company_makes_no_kit_here",
    ),
    "mixed UoMs": ("kits::test_mixed_uoms_do_not_round_the_kit_by_its_last_component",),
}
RULES = {
    "precedence": ("precedence::test_the_most_specific_rule_wins", "decide::test_the_most_specific_rule_wins"),
    "overlap": ("precedence::test_where_two_overlap_the_merchants_order_decides",),
    "pct on 1 unit": ("percent::test_a_percentage_of_one_unit_is_none",),
    "pct of negative": ("percent::test_a_percentage_of_what_is_missing_changes_nothing",),
    "cap < minimum order qty": ("smallest_order::test_a_cap_below_the_smallest_order_shows_nothing",),
    "zero_at equal to stock": ("zero_at::test_stock_that_equals_the_number_shows_nothing",),
    "buffer > stock": ("sum::test_a_buffer_above_the_stock_shows_nothing",),
    "allocation exhausted": (
        "allocation::test_an_exhausted_allocation_shows_nothing",
        "decide::test_an_allocation_is_used_up_by_what_the_channel_sold_since",
    ),
    "rule deleted": (
        "precedence::test_when_the_winner_is_deleted_the_next_one_wins",
        "decide::test_a_new_rule_a_changed_one_and_one_that_goes_are_decided_at_once",
    ),
    "channel paused": (
        "off::test_channels_that_are_off_are_not_decided",
        "push::test_a_channel_paused_while_its_call_is_out_is_asked_again_when_it_goes_on",
    ),
    "UoM of 12 with 11 available": ("sum::test_eleven_units_make_no_listing_of_twelve",),
    "float dust (0.0000001)": ("sum::test_float_dust_costs_no_listing", "measure::test_float_dust_is_no_unit"),
    "rounding per listing": ("sum::test_each_listing_is_rounded_by_itself",),
}
PUSH = {
    "two workers on one listing": ("races::test_two_workers_that_send_the_same_level_end_with_the_newer_figure",),
    "out-of-order acknowledgement": ("trouble::test_a_late_answer_to_an_older_write_is_not_believed",),
    "timeout after the channel applied it": ("trouble::test_an_answer_that_never_came_after_the_write_was_applied",),
    "stale CAS": ("in_flight::test_a_sale_that_is_not_imported_is_not_overwritten_by_a_decrease",),
    "idempotency reuse": ("push::test_an_idempotency_key_that_was_used_for_another_figure_is_not_used_again",),
    "429": ("trouble::test_a_channel_that_is_down_or_busy_changed_nothing",),
    "partial batch failure": ("trouble::test_one_rejected_row_stops_nobody_and_waits_for_a_person",),
    "listing deleted": (
        "push::test_a_listing_deleted_while_its_call_is_out_is_settled_without_it",
        "audit::test_a_listing_deleted_there_is_called_inactive",
    ),
    "remote edited by hand": (
        "hear::test_a_figure_changed_by_hand_is_put_right_once",
        "audit::test_a_remote_figure_edited_by_hand_upwards_is_found_and_put_right",
    ),
    "echo webhook": ("hear::test_the_echo_of_our_own_write_starts_nothing",),
    "quota exhausted with a decrease waiting": ("budget::test_the_last_change_of_the_day_takes_the_listing_to_zero",),
    "burst of 10,000 dirty rows": ("push::test_a_burst_of_ten_thousand_changes_is_decided_once",),
    "transaction rolled back": ("races::test_a_transaction_that_fails_leaves_no_change",),
    "savepoint rolled back": ("change::test_a_savepoint_rolled_back_leaves_nothing",),
    "serialization retry": ("races::test_a_slow_decider_never_overwrites_a_newer_decision",),
    "consumer crash between delete and push": (
        "races::test_a_consumer_that_dies_between_taking_and_deciding_loses_no_change",
        "trouble::test_a_process_that_dies_after_its_intent_asks_first",
    ),
    "clock skew between channel and Odoo": ("push::test_a_channel_whose_clock_is_wrong_ends_with_the_right_figure",),
    "first sync with unknown L": ("publish::test_the_first_time_the_channel_is_asked_what_it_shows",),
}
CONCURRENCY = {
    "two SOs for the last unit": ("meetings::test_two_orders_for_the_last_unit_are_both_known_and_nothing_is_offered",),
    "import and manual delivery together": (
        "meetings::test_an_import_and_a_manual_delivery_together_take_their_units_once",
    ),
    "`_merge_quants` during computation": (
        "meetings::test_quants_merged_while_a_worker_decides_are_counted_as_merged",
    ),
}
EDGE_CASES = {
    "Stock": STOCK,
    "Orders": ORDERS,
    "Kits": KIT_CASES,
    "Rules": RULES,
    "Push": PUSH,
    "Concurrency": CONCURRENCY,
}
CASES = {"Events": EVENTS, **EDGE_CASES}


@cache
def names_in(file):
    """Names of the test functions that the file defines."""
    tree = ast.parse((PROJECT / FILES[file]).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("part", CASES)
def test_every_case_is_proven_by_tests_that_exist(part):
    for case, tests in CASES[part].items():
        assert tests, f"{case}: no test"
        for test in tests:
            file, _, name = test.partition("::")
            assert name in names_in(file), f"{case}: {FILES[file]} has no {name}"


@pytest.mark.skipif(not RESEARCH.exists(), reason=f"there is no {RESEARCH}")
def test_no_case_of_the_research_is_missing():
    text = RESEARCH.read_text()
    for part, cases in EDGE_CASES.items():
        said = re.search(rf"^{part}: (.+?)\.$", text, re.MULTILINE)[1]
        # What follows the list of kits is a hint: "Core rounds ...: test mixed UoMs".
        said, _, hint = said.partition(". ")
        wanted = re.split("; " if ";" in said else ", ", said) + re.findall(r": test (.+)$", hint)
        assert list(cases) == wanted


@pytest.mark.skipif(not RESEARCH.exists(), reason=f"there is no {RESEARCH}")
def test_no_row_of_the_table_of_events_is_missing():
    _before, _, table = RESEARCH.read_text().partition("| Event | stock.quant hook |")
    rows = re.findall(r"^\| ([^|]+?) \|", table.partition("\n\n")[0].partition("\n")[2], re.MULTILINE)
    wanted = [row.partition(" — ")[0] for row in rows if not row.startswith("---")]
    assert list(EVENTS) == wanted
