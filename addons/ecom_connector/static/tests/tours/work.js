import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
// The engine works beside the browser, and lists look again every ten seconds.
const SOON = 45000;

const find = (words, row) => [
    { content: "Search", trigger: ".o_searchview_input", run: `edit ${words}` },
    { content: "Search now", trigger: ".o_searchview_input", run: "press Enter" },
    { content: `Only ${row} is left`, trigger: `.o_list_renderer:not(:has(.o_data_row:eq(1))) .o_data_row:contains(${row})` },
];
const forget = { content: "Forget the search", trigger: ".o_searchview_facet:last .o_facet_remove", run: "click" };

tours.add("ecom_review_listings", {
    steps: () => [
        { content: "Only what needs a look is shown", trigger: ".o_facet_value:contains(To Review)", timeout: SOON },
        ...find("Dry bag 10", "Dry bag 10 l"),
        { content: "Choose its product", trigger: ".o_data_row .o_data_cell[name=product_id]", run: "click" },
        { content: "By its name", trigger: ".o_data_row [name=product_id] input", run: "edit Our Dry" },
        { content: "Take it", trigger: ".ui-menu-item a:contains(Our Dry Bag), .o-autocomplete--dropdown-item a:contains(Our Dry Bag)", run: "click" },
        { content: "Save", trigger: ".o_list_button_save", run: "click" },
        { content: "It is matched", trigger: ".o_data_row:contains(Matched)" },
        forget,
        ...find("Dry bag 20", "Dry bag 20 l"),
        { content: "Select it", trigger: ".o_data_row .o_list_record_selector input", run: "click" },
        { content: "It is not ours", trigger: "button[name=action_ignore]", run: "click" },
        { content: "It is gone from the review", trigger: ".o_view_nocontent:contains(Every listing has its product)" },
    ],
});

tours.add("ecom_watch_an_order_arrive", {
    steps: () => [
        { content: "No order yet", trigger: ".o_view_nocontent:contains(No order yet)", timeout: SOON },
        { content: "There it is, without a click", trigger: ".o_data_row:contains(DS-1001)", timeout: SOON },
        { content: "Open it", trigger: ".o_data_row .o_data_cell[name=ecom_number]", run: "click" },
        { content: "See what the channel says of it", trigger: ".nav-link:contains(Channel)", run: "click" },
        { content: "It names its channel", trigger: ".o_field_widget[name=ecom_channel_id]:contains(Test Shop)" },
    ],
});

tours.add("ecom_work_off_an_exception", {
    steps: () => [
        { content: "Mine are shown first", trigger: ".o_facet_value:contains(Mine)", timeout: SOON },
        { content: "Open it", trigger: ".o_data_row:contains(Which tax) .o_data_cell[name=name]", run: "click" },
        { content: "It says what to do", trigger: ".o_form_view .alert-info:contains(Choose the tax)" },
        { content: "Go there", trigger: "button[name=action_open_cause]", run: "click" },
        { content: "What lacks a meaning is shown", trigger: ".o_facet_value:contains(To Complete)" },
        { content: "Choose the tax", trigger: ".o_data_row .o_data_cell[name=tax_id]", run: "click" },
        { content: "By its name", trigger: ".o_data_row [name=tax_id] input", run: "edit Test 20" },
        { content: "Take it", trigger: ".o-autocomplete--dropdown-item a:contains(Test 20 %)", run: "click" },
        { content: "Save", trigger: ".o_list_button_save", run: "click" },
        { content: "Saved", trigger: ".o_list_renderer:not(:has(.o_selected_row))" },
        { content: "Back to the list", trigger: ".breadcrumb-item a:contains(Exceptions)", run: "click" },
        {
            content: "What waited for the tax was tried again by itself",
            trigger: ".o_view_nocontent:contains(Nothing needs a decision)",
            timeout: SOON,
        },
    ],
});

tours.add("ecom_retry_a_message", {
    steps: () => [
        { content: "What needs attention is shown", trigger: ".o_facet_value:contains(Needs Attention)", timeout: SOON },
        { content: "Open it", trigger: ".o_data_row:contains(Camping lantern) .o_data_cell[name=topic]", run: "click" },
        { content: "It says why", trigger: ".o_form_view .alert-danger:contains(Camping lantern)" },
        { content: "Try again", trigger: "button[name=action_retry]", run: "click" },
        { content: "Back to the list", trigger: ".o_back_button, .breadcrumb-item a:contains(Messages)", run: "click" },
        { content: "Nothing is left", trigger: ".o_view_nocontent:contains(No message needs attention)", timeout: SOON },
        forget,
        { content: "It is done", trigger: ".o_data_row:contains(Done)", timeout: SOON },
    ],
});

tours.add("ecom_ship_two_parcels", {
    steps: () => [
        { content: "The delivery is for a channel", trigger: ".o_field_widget[name=ecom_channel_id]:contains(Test Shop)" },
        { content: "Open its parcels", trigger: ".nav-link:contains(Parcels)", run: "click" },
        { content: "One box", trigger: "[name=ecom_shipment_ids] .o_field_x2many_list_row_add a", run: "click" },
        { content: "Its number", trigger: "[name=ecom_shipment_ids] .o_selected_row [name=tracking_number] input", run: "edit BOX-ONE" },
        { content: "Another box", trigger: "[name=ecom_shipment_ids] .o_field_x2many_list_row_add a", run: "click" },
        {
            content: "Its number",
            trigger: "[name=ecom_shipment_ids] .o_data_row:eq(1).o_selected_row [name=tracking_number] input",
            run: "edit BOX-TWO",
        },
        { content: "They leave", trigger: "button[name=button_validate]", run: "click" },
        { content: "The delivery is done", trigger: ".o_arrow_button_current:contains(Done)", timeout: SOON },
        { content: "Its parcels", trigger: ".nav-link:contains(Parcels)", run: "click" },
        { content: "Both have left", trigger: "[name=ecom_shipment_ids] .o_data_row:contains(BOX-TWO) .badge" },
    ],
});
