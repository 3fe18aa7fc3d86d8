import { registry } from "@web/core/registry";

const open = (menu) => [
    {
        content: "Open the menu Listings",
        trigger: "button[data-menu-xmlid='ecom_connector.ecom_listing_menu_root']",
        run: "click",
    },
    { content: "And what is in it", trigger: `a[data-menu-xmlid='ecom_inventory_buffer.${menu}']`, run: "click" },
];

registry.category("web_tour.tours").add("ecom_watch_the_stock", {
    steps: () => [
        {
            content: "Nothing is held: the page says what that is for",
            trigger: ".o_view_nocontent:contains(Hold a few units for somebody)",
            timeout: 45000,
        },
        { content: "Hold some", trigger: ".o_list_button_add", run: "click" },
        { content: "For whom", trigger: ".o_field_widget[name=name] input", run: "edit Mrs Miller" },
        { content: "Of what", trigger: ".o_field_widget[name=product_id] input", run: "edit Desk Lamp" },
        { content: "Take it", trigger: ".o-autocomplete--dropdown-item a:contains(Desk Lamp)", run: "click" },
        { content: "Two", trigger: ".o_field_widget[name=quantity] input", run: "edit 2" },
        { content: "Save it", trigger: ".o_form_button_save", run: "click" },
        { content: "She changed her mind", trigger: ".o_form_saved button[name=action_release]", run: "click" },
        { content: "They are given back", trigger: ".o_statusbar_status .o_arrow_button_current:contains(Released)" },
        ...open("ecom_stock_drift_menu"),
        { content: "The differences of the last days as a chart", trigger: ".o_graph_renderer canvas" },
        { content: "And one by one", trigger: ".o_switch_view.o_list", run: "click" },
        {
            content: "Somebody lowered the figure there; a person is asked",
            trigger: ".o_data_row:contains(Desk Lamp):contains(Changed by hand there) button:contains(Set Our Figure)",
            run: "click",
        },
        { content: "It is decided", trigger: ".o_data_row:contains(Desk Lamp):not(:has(button:contains(Set Our Figure)))" },
        ...open("ecom_oversell_menu"),
        {
            content: "What was sold too often, why and what it cost",
            trigger: ".o_data_row:contains(Desk Lamp):contains(Rule shows more):contains(lets Test Shop sell more than there is)",
        },
    ],
});
