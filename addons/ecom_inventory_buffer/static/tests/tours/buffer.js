import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ecom_rule_from_a_template", {
    steps: () => [
        {
            content: "No rule yet: the page says what they are for",
            trigger: ".o_view_nocontent:contains(Keep some stock back from a channel)",
        },
        { content: "Make one", trigger: ".o_list_button_add", run: "click" },
        { content: "Open the ready-made ones", trigger: ".o_field_widget[name=template] input", run: "click" },
        {
            content: "Start from one",
            trigger: ".o_select_menu_menu .o_select_menu_item:contains(Two units kept back)",
            run: "click",
        },
        {
            content: "It has a name and says what it does",
            trigger: ".o_field_widget[name=name] input:value(Two units kept back)",
        },
        { content: "Two are kept back", trigger: ".o_field_widget[name=keep_back] input:value(2)" },
        { content: "Never more than seven, either", trigger: ".o_field_widget[name=use_cap] input", run: "click" },
        { content: "A rule that is half made is not in force", trigger: ".o_form_view:has(.o_field_widget[name=template])" },
        { content: "Seven", trigger: ".o_field_widget[name=cap] input", run: "edit 7" },
        { content: "Save it", trigger: ".o_form_button_save", run: "click" },
        {
            content: "It says in words what it does",
            trigger: ".o_form_saved .o_field_widget[name=summary]:contains(2 kept back; never more than 7)",
        },
    ],
});

registry.category("web_tour.tours").add("ecom_why_it_says_seven", {
    steps: () => [
        { content: "Where is it sold", trigger: "a[name=ecom_levels]", run: "click" },
        {
            content: "Seven are shown",
            trigger: ".o_kanban_record:contains(Test Shop) .o_ecom_shown:contains(7)",
        },
        {
            content: "What is on hand",
            trigger: ".o_ecom_waterfall_row:contains(12 on hand) .o_ecom_waterfall_figure:contains(12)",
        },
        { content: "The buffer", trigger: ".o_ecom_waterfall_row:contains(less a buffer of 2)" },
        { content: "The cap", trigger: ".o_ecom_waterfall_row:contains(never more than 7)" },
        {
            content: "And as a sentence",
            trigger: ".o_kanban_record:contains(Shown: 7):contains(less a buffer of 2 = 10)",
        },
        { content: "What if", trigger: ".o_notebook button:contains(What If)", run: "click" },
        { content: "By risk", trigger: ".modal .o_field_widget[name=what_if] input[data-value=risk]", run: "click" },
        { content: "Three times as many orders", trigger: ".modal .o_field_widget[name=demand] input", run: "edit 3" },
        { content: "Try it", trigger: ".modal button[name=action_simulate]", run: "click" },
        {
            content: "What came of it",
            trigger: ".modal .o_ecom_simulation [data-chart=oversold]:contains(As it is now):contains(A buffer is sized by risk)",
        },
        { content: "Nothing was saved", trigger: ".modal .o_ecom_simulation:contains(nothing was saved or published)" },
        { content: "Close", trigger: ".modal footer button:contains(Close)", run: "click" },
    ],
});
