import { registry } from "@web/core/registry";

const SOON = 45000;
const HEADING =
    "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,automatic_payout_id," +
    "automatic_payout_effective_at_utc,payment_intent_id,source_id,description";
const ROWS = [
    "t1,2026-03-02 10:00:00,eur,24,0.96,23.04,charge,po_7,2026-03-05,tx_both,,x",
    "t2,2026-03-02 11:00:00,eur,-3,0,-3,boost_billing,po_7,2026-03-05,,,x",
    "t0,2026-03-05 00:00:00,eur,-20.04,0,-20.04,payout,po_7,2026-03-05,,,",
];
const REPORT = [HEADING, ...ROWS, ""].join("\n");

function drop({ anchor }) {
    const files = new DataTransfer();
    files.items.add(new File([REPORT], "march.csv", { type: "text/csv" }));
    anchor.files = files.files;
    anchor.dispatchEvent(new Event("change"));
}

registry.category("web_tour.tours").add("ecom_settlement_close", {
    steps: () => [
        { content: "No payout yet", trigger: ".o_view_nocontent:contains(No payout yet)", timeout: SOON },
        {
            content: "A report is laid on the list",
            trigger: ".document_file_uploader.o_input_file:not(:visible)",
            run: drop,
        },
        { content: "Of which account", trigger: ".modal [name=channel_id] input", run: "edit Provider" },
        { content: "This one", trigger: ".o-autocomplete--dropdown-item a:contains(Provider)", run: "click" },
        { content: "Read it", trigger: ".modal footer button[name=action_upload]", run: "click" },
        { content: "It was read", trigger: ".modal [name=result]:contains(1 payouts read)" },
        { content: "Show it", trigger: ".modal footer button[name=action_show]", run: "click" },
        {
            content: "A kind that nobody knows",
            trigger: ".o_form_view .o_data_row:contains(boost_billing) button[name=action_learn]",
            run: "click",
        },
        { content: "What is it?", trigger: ".modal [name=family] input", run: "click" },
        {
            content: "Advertising",
            trigger: ".o_select_menu_menu .o_select_menu_item:contains(Advertising)",
            run: "click",
        },
        { content: "It has an account", trigger: ".modal [name=account_id] input:value(Marketplace Advertising)" },
        { content: "Remember", trigger: ".modal footer button[name=action_learn]", run: "click" },
        {
            content: "It is known now",
            trigger: "body:not(:has(.modal)) .o_data_row:contains(boost_billing) [name=family]:contains(Advertising)",
        },
        { content: "Two orders are possible", trigger: "button[name=action_to_match]", run: "click" },
        { content: "Their list is there", trigger: ".o_breadcrumb:contains(Orders to Match)" },
        { content: "The line", trigger: ".o_list_view .o_data_row .o_data_cell[name=kind]:contains(charge)", run: "click" },
        { content: "Both are offered", trigger: ".o_form_view [name=candidate_ids] .o_data_row:nth-child(2)" },
        { content: "Take one", trigger: "button[name=action_take_first]", run: "click" },
        { content: "Back at the payout, post it", trigger: "button[name=action_preview]", run: "click" },
        { content: "The fee", trigger: ".modal .o_data_row:contains(3.00)" },
        { content: "Into the books", trigger: ".modal footer button[name=action_post]", run: "click" },
        { content: "Posted", trigger: "body:not(:has(.modal)) .o_arrow_button_current:contains(Posted)" },
        { content: "And received by the bank", trigger: "button[name=action_open_bank]:contains(1)" },
        { content: "The trace, to be printed", trigger: "button[name=action_trace]", run: "click" },
        { content: "From the bank", trigger: ":iframe .page:contains(STRIPE po_7)" },
        { content: "Through the books", trigger: ":iframe .page:contains(Marketplace Advertising)" },
        { content: "To the lines", trigger: ":iframe .page:contains(boost_billing)" },
        { content: "It can be printed", trigger: ".o_control_panel button[title=Print]" },
        { content: "Back at the payout", trigger: ".o_breadcrumb a:contains(po_7)", run: "click" },
        { content: "It is a spreadsheet, too", trigger: "button[name=action_export_xlsx]" },
    ],
});
