import { registry } from "@web/core/registry";

const SOON = 45000;

registry.category("web_tour.tours").add("ecom_settlement_post", {
    steps: () => [
        { content: "The payout is there", trigger: ".o_data_row .o_data_cell[name=external_id]:contains(po_1)", timeout: SOON },
        { content: "It can be uploaded here", trigger: ".o_control_panel button:contains(Upload)" },
        { content: "Open it", trigger: ".o_data_row .o_data_cell[name=external_id]:contains(po_1)", run: "click" },
        { content: "Its lines are there", trigger: ".o_form_view .o_data_row [name=family]:contains(Sale)" },
        { content: "See what would be booked", trigger: "button[name=action_preview]", run: "click" },
        { content: "What buyers paid", trigger: ".modal .o_data_row:contains(Paid by buyers):contains(24.00)" },
        { content: "The payout", trigger: ".modal .o_data_row:contains(Payout):contains(23.04)" },
        { content: "Post it", trigger: ".modal footer button[name=action_post]", run: "click" },
        { content: "It is in the books", trigger: "body:not(:has(.modal)) .o_arrow_button_current:contains(Posted)" },
        { content: "The bank has it not yet", trigger: "button[name=action_find_deposit]" },
        { content: "Back", trigger: "button[name=action_undo]", run: "click" },
        { content: "Sure", trigger: ".modal footer .btn-primary", run: "click" },
        { content: "It waits again", trigger: "body:not(:has(.modal)) .o_arrow_button_current:contains(To Post)" },
    ],
});
