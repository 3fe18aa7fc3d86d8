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
    // The keyboard is the scanner: each code ends with Enter. Nothing is clicked.
    steps: () => [
        { content: "The slip", trigger: ".modal [name=scan] input", timeout: SOON, run: "edit RET-TOUR && press Enter" },
        { content: "What is expected", trigger: ".modal .o_data_row [name=product_id]:contains(SHIRT)" },
        { content: "The article", trigger: ".modal [name=scan] input", run: "edit 4006381333931 && press Enter" },
        { content: "Counted", trigger: ".modal .alert-success:contains(1 of 1)" },
        { content: "Something else", trigger: ".modal [name=scan] input", run: "edit 999000 && press Enter" },
        { content: "It is put aside", trigger: ".modal .alert-warning:contains(put it aside)" },
        { content: "Received by its hotkey", trigger: ".modal [name=scan] input", run: "press Alt+q" },
        { content: "What was put aside", trigger: ".o_list_view .o_data_row [name=description]:contains(999000)" },
    ],
});

tours.add("ecom_returns_inspect", {
    steps: () => [
        { content: "What waits", trigger: ".o_list_view .o_data_row button[name=action_inspect]", timeout: SOON, run: "click" },
        { content: "As new", trigger: ".modal [name=grade] .o_radio_item:contains(as new) input", run: "click" },
        { content: "Carried out", trigger: ".modal button[name=action_carry_out]", run: "click" },
        { content: "Nothing waits", trigger: "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row)), body:not(:has(.modal)) .o_view_nocontent" },
    ],
});

tours.add("ecom_returns_credit", {
    steps: () => [
        { content: "Money is owed", trigger: ".o_list_view .o_data_row [name=partner_id]", timeout: SOON, run: "click" },
        { content: "What and why", trigger: ".o_notebook .nav-link[name=preview]", run: "click" },
        { content: "To the cent", trigger: "[name=preview]:contains(To give back)" },
        { content: "Credit", trigger: "button[name=action_credit]", run: "click" },
        { content: "A credit note is there", trigger: "button[name=action_open_credits]:contains(1)" },
    ],
});

tours.add("ecom_returns_portal", {
    // On a phone: no menu, one column, one thumb.
    steps: () => [
        { content: "From the order", trigger: "#ecom_return_open", run: "click", expectUnloadPage: true },
        { content: "How many", trigger: "input[name^=units-]", run: "edit 1" },
        { content: "Next", trigger: "#wrap button[type=submit]", run: "click", expectUnloadPage: true },
        { content: "Why", trigger: "select[name^=reason-]", run: "selectByLabel Does not fit" },
        { content: "Next", trigger: "#wrap button[type=submit]", run: "click", expectUnloadPage: true },
        { content: "Answer", trigger: "textarea[name^=answer-]", run: "edit At the shoulders" },
        { content: "Money", trigger: "#wish-refund", run: "click" },
        { content: "Confirm", trigger: "#wrap button[type=submit]", run: "click", expectUnloadPage: true },
        { content: "Its own page", trigger: "h1:contains(RET/)" },
        { content: "I sent it", trigger: "input[name=number]", run: "edit RR123" },
        { content: "Sent", trigger: "form[action$=sent] button[type=submit]", run: "click", expectUnloadPage: true },
        { content: "It says so", trigger: "p:contains(RR123)" },
    ],
});
