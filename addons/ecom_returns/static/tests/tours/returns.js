import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const SOON = 45000;

tours.add("ecom_returns_agent", {
    steps: () => [
        { content: "Return of the order", trigger: "button[name=action_ecom_return]", timeout: SOON, run: "click" },
        { content: "How many", trigger: ".modal .o_data_row [name=quantity]", run: "click" },
        { content: "One", trigger: ".modal .o_data_row [name=quantity] input", run: "edit 1" },
        { content: "Open it", trigger: ".modal button[name=action_open]", run: "click" },
        { content: "A person decides", trigger: ".o_form_view .alert-warning:contains(Every return is looked at)" },
        { content: "Approve", trigger: "button[name=action_approve]", run: "click" },
        { content: "Goods are awaited", trigger: ".o_arrow_button_current:contains(Awaiting Goods)" },
    ],
});

tours.add("ecom_returns_dock", {
    // The keyboard is the scanner: each code ends with Enter.
    steps: () => [
        { content: "The return", trigger: ".modal [name=scan] input", timeout: SOON, run: "edit RET-TOUR && press Enter" },
        { content: "What is expected", trigger: ".modal .o_data_row [name=product_id]:contains(Shirt)" },
        { content: "The article", trigger: ".modal [name=scan] input", run: "edit 4006381333931 && press Enter" },
        { content: "Counted", trigger: ".modal .alert-info:contains(1 of 1)" },
        { content: "Received", trigger: ".modal button[name=action_receive]", run: "click" },
        { content: "Done", trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("ecom_returns_decide", {
    steps: () => [
        { content: "Goods wait", trigger: ".o_arrow_button_current:contains(In Work)", timeout: SOON },
        { content: "Carry out", trigger: "button[name=action_dispose]", run: "click" },
        { content: "Back in stock", trigger: ".o_data_row [name=disposition]:contains(Back to Stock)" },
    ],
});

tours.add("ecom_returns_credit", {
    steps: () => [
        { content: "Money is owed", trigger: "button[name=action_credit]", timeout: SOON, run: "click" },
        { content: "A credit note is there", trigger: "button[name=action_open_credits]:contains(1)" },
    ],
});
