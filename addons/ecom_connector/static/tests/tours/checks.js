import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
// The engine works beside the browser, and lists look again every ten seconds.
const SOON = 45000;

const openHeldOrder = [
    { content: "Only what is on hold is shown", trigger: ".o_facet_value:contains(On Hold)", timeout: SOON },
    { content: "It says why", trigger: ".o_data_row [name=ecom_hold_reasons]:contains(high risk)" },
    { content: "Open it", trigger: ".o_data_row .o_data_cell[name=ecom_number]", run: "click" },
    { content: "The order says so too", trigger: ".o_form_view .alert-danger:contains(on hold):contains(The card is from elsewhere)" },
];

tours.add("ecom_release_as_the_wrong_user", {
    steps: () => [
        ...openHeldOrder,
        { content: "Nobody offers to release it", trigger: ".o_form_view:not(:has(button[name=action_ecom_release]:contains(Release)))" },
        { content: "Ask why", trigger: "button[name=action_ecom_release]:contains(Why on Hold)", run: "click" },
        { content: "It says who may", trigger: ".modal .alert-warning:contains(Only Channel Managers may release this)" },
        { content: "There is nothing to press", trigger: ".modal:not(:has(button[name=action_release]))" },
        { content: "Close", trigger: ".modal footer button:contains(Close)", run: "click" },
        { content: "It is still on hold", trigger: ".o_form_view:not(:has(.modal)) .alert-danger:contains(on hold)" },
    ],
});

tours.add("ecom_release_as_the_right_user", {
    steps: () => [
        ...openHeldOrder,
        { content: "Release it", trigger: "button[name=action_ecom_release]:contains(Release)", run: "click" },
        { content: "What was found stands there", trigger: ".modal .o_data_row:contains(Risk seen by the channel)" },
        { content: "Say why", trigger: ".modal [name=reason] input", run: "edit Called the buyer, it is his card" },
        { content: "Release", trigger: ".modal footer button[name=action_release]", run: "click" },
        { content: "It goes on", trigger: ".o_arrow_button_current:contains(Sales Order)", timeout: SOON },
        { content: "Who, and why, stays with it", trigger: ".o-mail-Message:contains(Called the buyer, it is his card)" },
        { content: "Back to the list", trigger: ".breadcrumb-item a:contains(Orders on Hold)", run: "click" },
        { content: "Nothing is on hold", trigger: ".o_view_nocontent:contains(No order is on hold)" },
    ],
});

tours.add("ecom_choose_in_one_click", {
    steps: () => [
        { content: "Mine are shown first", trigger: ".o_facet_value:contains(Mine)", timeout: SOON },
        { content: "Open it", trigger: ".o_data_row:contains(Which tax) .o_data_cell[name=name]", run: "click" },
        { content: "Choose", trigger: "button[name=action_open_choose]", run: "click" },
        { content: "What it probably means is filled in", trigger: ".modal [name=tax_id] input:value(Test 20 %)" },
        { content: "It is", trigger: ".modal button[name=action_use]", run: "click" },
        { content: "The dialog is gone", trigger: "body:not(:has(.modal)) .o_form_view" },
        { content: "Back to the list", trigger: ".breadcrumb-item a:contains(Exceptions)", run: "click" },
        {
            content: "What waited was tried again by itself",
            trigger: ".o_view_nocontent:contains(Nothing needs a decision)",
            timeout: SOON,
        },
    ],
});
