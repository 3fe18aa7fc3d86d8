import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
// The engine works beside the browser.
const SOON = 45000;

const press = (name) => ({ content: `Press ${name}`, trigger: `.modal-footer button:contains(${name})`, run: "click" });
// It is another one at each run, so the page is opened with it; the web client forgets it soon.
const ADDRESS = new URLSearchParams(window.location.search).get("shop");

tours.add("ecom_connect_a_shopify", {
    steps: () => [
        {
            content: "Nothing is connected: the page says what to do",
            trigger: "button:contains(Connect a Channel)",
            run: "click",
        },
        { content: "Choose the platform", trigger: ".o_ecom_cards [data-code=shopify] input", run: "click" },
        press("Next"),
        { content: "Where it is", trigger: "#ecom_answer_url", run: `edit ${ADDRESS}` },
        { content: "Which app", trigger: "#ecom_answer_client_id", run: "edit sandbox-app" },
        { content: "A wrong secret", trigger: "#ecom_answer_client_secret", run: "edit nonsense" },
        press("Test the Connection"),
        {
            content: "What Shopify does not accept is said",
            trigger: ".modal .alert-danger:contains(The connection failed):contains(client secret)",
        },
        { content: "The right one", trigger: "#ecom_answer_client_secret", run: "edit sandbox-secret" },
        press("Test the Connection"),
        {
            content: "The app may do too little, and what it needs is named",
            trigger: ".modal .alert-danger:contains(may do too little):contains(products)",
        },
        press("Test the Connection"),
        {
            content: "It is connected, and what it cannot do yet is named",
            trigger: ".modal .alert-warning:contains(Read and change stock (write_inventory))",
        },
        { content: "Granted meanwhile: look again", trigger: ".modal-footer button:contains(Back)", run: "click" },
        press("Test the Connection"),
        { content: "Nothing is missing", trigger: ".modal:not(:has(.alert-warning)) .alert-success:contains(USD)" },
        { content: "Name it", trigger: ".modal .o_field_widget[name=name] input", run: "edit Corner Shop" },
        press("Next"),
        {
            content: "Its locations were found, the first one has the warehouse",
            trigger: ".modal .o_field_widget[name=location_ids] .o_data_row:contains(Front):has(input:checked)",
        },
        { content: "And its markets", trigger: ".modal .o_field_widget[name=site_ids] .o_data_row:contains(Canada):contains(CAD)" },
        press("Next"),
        press("Connect"),
        { content: "It stands on the overview", trigger: ".o_kanban_record:contains(Corner Shop):contains(Test)" },
    ],
});

tours.add("ecom_repair_webhooks", {
    steps: () => [
        {
            content: "Somebody hears of it",
            trigger: ".o_data_row:contains(had stopped telling us of changes) .o_data_cell[name=name]",
            timeout: SOON,
            run: "click",
        },
        { content: "And of what", trigger: ".o_form_view:contains(They are on again):contains(ORDERS_UPDATED)" },
        { content: "Go to the channel", trigger: ".o_field_widget[name=channel_id] .o_external_button, .o_field_widget[name=channel_id] a", run: "click" },
        { content: "How it is connected", trigger: ".o_notebook .nav-link:contains(Connection)", timeout: SOON, run: "click" },
        { content: "Its address can be checked", trigger: "button[name=action_check_webhook]" },
        { content: "And how it fares", trigger: ".o_notebook .nav-link:contains(Health)", run: "click" },
        { content: "Webhooks are looked after", trigger: ".o_data_row:contains(Looking after webhooks)" },
    ],
});

const find = (words) => [
    { content: "Search", trigger: ".o_searchview_input", run: `edit ${words}` },
    { content: "Search now", trigger: ".o_searchview_input", run: "press Enter" },
    { content: `Only ${words} is left`, trigger: `.o_list_renderer:not(:has(.o_data_row:eq(1))) .o_data_row:contains(${words})` },
];
const forget = { content: "Forget the search", trigger: ".o_searchview_facet:last .o_facet_remove", run: "click" };
const select = { content: "Select it", trigger: ".o_data_row .o_list_record_selector input", run: "click" };

tours.add("ecom_review_a_shopify", {
    steps: () => [
        { content: "Only what needs a look is shown", trigger: ".o_facet_value:contains(To Review)", timeout: SOON },
        { content: "What was recognised is not there", trigger: ".o_list_renderer:not(:contains(Blue shirt)) .o_data_row:contains(Polo - M)" },
        ...find("White cup"),
        { content: "Choose its product", trigger: ".o_data_row .o_data_cell[name=product_id]", run: "click" },
        { content: "By its name", trigger: ".o_data_row [name=product_id] input", run: "edit Our white" },
        { content: "Take it", trigger: ".o-autocomplete--dropdown-item a:contains(Our white cup)", run: "click" },
        { content: "Save", trigger: ".o_list_button_save", run: "click" },
        { content: "It is matched", trigger: ".o_data_row:contains(Matched)" },
        forget,
        ...find("Polo - S"),
        select,
        { content: "Make a product of it", trigger: "button[name=action_create_products]", run: "click" },
        { content: "Really", trigger: ".modal .btn-primary", run: "click" },
        { content: "It is gone from the review", trigger: ".o_view_nocontent, .o_data_row:contains(Matched)" },
        forget,
        ...find("Carrier bag"),
        select,
        { content: "It is not ours", trigger: "button[name=action_ignore]", run: "click" },
        { content: "It is gone from the review", trigger: ".o_view_nocontent" },
    ],
});

const readTheOrder = () => [
    { content: "What the shop says of it", trigger: ".o_notebook .nav-link:contains(Channel)", run: "click" },
    { content: "In which market", trigger: ".o_field_widget[name=ecom_site_id]:contains(Canada)" },
    { content: "What it came to there", trigger: ".o_field_widget[name=ecom_other_total]" },
    { content: "Paid in two ways", trigger: ".o_field_widget[name=ecom_payment_ids]:contains(Gift Card):contains(Shopify Payments)" },
    { content: "What went back", trigger: ".o_field_widget[name=ecom_refund_ids]" },
    { content: "Its road", trigger: ".o_notebook .nav-link:contains(Road)", run: "click" },
    { content: "One box", trigger: ".o_ecom_road_entry[data-kind=parcel]:contains(BOX-ONE)" },
    { content: "And the other", trigger: ".o_ecom_road_entry[data-kind=parcel]:contains(BOX-TWO)" },
    { content: "The refund", trigger: ".o_ecom_road_entry[data-kind=money]:contains(efund)" },
];

tours.add("ecom_read_an_order_with_everything", {
    steps: () => [
        { content: "The tip", trigger: ".o_field_widget[name=order_line]:contains(Tip)", timeout: SOON },
        { content: "The duties", trigger: ".o_field_widget[name=order_line]:contains(Duties)" },
        { content: "Both taxes", trigger: ".o_field_widget[name=order_line]:contains(GST):contains(PST)" },
        ...readTheOrder(),
    ],
});

// Lines are cards there, without their taxes, and not all of them at once.
tours.add("ecom_read_it_on_the_phone", {
    steps: () => [
        { content: "The goods", trigger: ".o_field_widget[name=order_line]:contains(Blue shirt)", timeout: SOON },
        ...readTheOrder(),
    ],
});
