import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const SOON = 45000;

tours.add("ecom_decide_on_a_change", {
    steps: () => [
        { content: "Mine are shown first", trigger: ".o_facet_value:contains(Mine)", timeout: SOON },
        { content: "Open it", trigger: ".o_data_row:contains(was changed on the channel) .o_data_cell[name=name]", run: "click" },
        { content: "Here", trigger: "[name=change_line_ids] .o_data_row:contains(Camping lantern) [name=here]:contains(3 for)" },
        { content: "On the channel", trigger: "[name=change_line_ids] .o_data_row:contains(Camping lantern) [name=there]:contains(1 for)" },
        { content: "Why not", trigger: "[name=change_line_ids] .o_data_row:contains(Camping lantern) [name=obstacle]:contains(has left)" },
        { content: "The other line can be followed", trigger: "[name=change_line_ids] .o_data_row:contains(Dry bag)" },
        { content: "Apply it", trigger: "button[name=action_apply_change]:contains(Apply What Is Possible)", run: "click" },
        { content: "Really", trigger: ".modal .btn-primary", run: "click" },
        { content: "It is decided", trigger: ".o_arrow_button_current:contains(Solved)" },
        { content: "What was done stands there", trigger: ".o_field_widget[name=decision]:contains(Ours kept)" },
    ],
});

tours.add("ecom_read_the_road", {
    steps: () => [
        { content: "Open the road", trigger: ".o_notebook .nav-link:contains(Road)", timeout: SOON, run: "click" },
        { content: "It begins on the channel", trigger: ".o_ecom_road_entry[data-kind=order]:contains(Placed on Test Shop)" },
        { content: "The parcel", trigger: ".o_ecom_road_entry[data-kind=parcel]:contains(BOX-ONE)" },
        { content: "Only the money", trigger: ".o_ecom_road button[data-filter=money]", run: "click" },
        {
            content: "The payment and nothing else",
            trigger: ".o_ecom_road:not(:has([data-kind=parcel])) .o_ecom_road_entry[data-kind=money]:contains(Captured)",
        },
        { content: "The parcels", trigger: ".o_ecom_road button[data-filter=goods]", run: "click" },
        { content: "Open the parcel", trigger: ".o_ecom_road_entry[data-kind=parcel] a:contains(BOX-ONE)", run: "click" },
        { content: "There it is", trigger: ".o_form_view .o_field_widget[name=tracking_number]:contains(BOX-ONE), .o_form_view .o_field_widget[name=tracking_number] input:value(BOX-ONE)" },
    ],
});
