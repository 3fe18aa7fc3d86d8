import { registry } from "@web/core/registry";

const SOON = 45000;

registry.category("web_tour.tours").add("ecom_accept_a_transfer_proposal", {
    steps: () => [
        { content: "What is to decide is shown", trigger: ".o_facet_value:contains(To Decide)", timeout: SOON },
        { content: "Open the proposal", trigger: ".o_data_row:contains(Sofa) .o_data_cell[name=product_id]", run: "click" },
        { content: "It says why", trigger: ".o_form_view .alert-info:contains(is sold out in 3 days)" },
        { content: "Twenty are enough", trigger: ".o_field_widget[name=quantity] input", run: "edit 20" },
        { content: "Accept it", trigger: "button[name=action_accept]", run: "click" },
        { content: "A transfer is ready", trigger: ".o_form_view .o_statusbar_status button.o_arrow_button_current:contains(Ready)" },
        { content: "With what was accepted", trigger: ".o_field_widget[name=move_ids] .o_data_row:contains(Sofa):contains(20)" },
    ],
});
