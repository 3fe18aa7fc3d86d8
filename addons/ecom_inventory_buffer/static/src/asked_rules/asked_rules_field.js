import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The rules in the order they were asked: which one won, and why the others did not. */
export class AskedRulesField extends Component {
    static template = "ecom_inventory_buffer.AskedRulesField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get rules() {
        return this.props.record.data[this.props.name] || [];
    }

    open(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ecom.buffer.rule",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("ecom_asked_rules", { component: AskedRulesField, supportedTypes: ["json"] });
