import { registry } from "@web/core/registry";

const press = (name) => ({
    content: `Press ${name}`,
    trigger: `.modal-footer button:contains(${name})`,
    run: "click",
});

registry.category("web_tour.tours").add("ecom_connect_a_shop", {
    steps: () => [
        {
            content: "Nothing is connected: the page says what to do",
            trigger: "button:contains(Connect a Channel)",
            run: "click",
        },
        { content: "Choose the platform", trigger: ".o_ecom_cards [data-code=demo] input", run: "click" },
        press("Next"),
        { content: "Enter a wrong key", trigger: "#ecom_answer_api_key", run: "edit wrong-key" },
        { content: "And a seed", trigger: "#ecom_answer_seed", run: "edit 9" },
        press("Test the Connection"),
        {
            content: "The reason is told in plain words",
            trigger: ".modal .alert-danger:contains(The connection failed):contains(API key)",
        },
        { content: "The key does not come back", trigger: "#ecom_answer_api_key:value()" },
        { content: "What is no secret does", trigger: "#ecom_answer_seed:value(9)" },
        { content: "Enter the right key", trigger: "#ecom_answer_api_key", run: "edit demo-key" },
        press("Test the Connection"),
        {
            content: "The shop says who it is and what it sells in",
            trigger: ".modal .alert-success:contains(Alpenglow Outdoor):contains(EUR)",
        },
        { content: "Name it", trigger: ".modal .o_field_widget[name=name] input", run: "edit Mountain Shop" },
        press("Next"),
        {
            content: "Its locations were found, the first one has the warehouse",
            trigger: ".modal .o_field_widget[name=location_ids] .o_data_row:contains(Main warehouse):has(input:checked)",
        },
        press("Next"),
        { content: "Start in test", trigger: ".modal input[data-value=test]:checked" },
        press("Connect"),
        { content: "It stands on the overview", trigger: ".o_kanban_record:contains(Mountain Shop):contains(Test)" },
    ],
});
