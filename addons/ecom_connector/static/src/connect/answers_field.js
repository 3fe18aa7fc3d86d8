import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** The questions a platform asks when it is connected. A secret is typed blindly and never comes back. */
export class AnswersField extends Component {
    static template = "ecom_connector.AnswersField";
    static props = { ...standardFieldProps };

    get answers() {
        return this.props.record.data[this.props.name] || [];
    }

    placeholder(answer) {
        return answer.entered ? _t("Entered already. Type to replace it.") : "";
    }

    write(name, value) {
        const answers = this.answers.map((answer) => (answer.name === name ? { ...answer, value } : answer));
        this.props.record.update({ [this.props.name]: answers });
    }
}

registry.category("fields").add("ecom_answers", {
    component: AnswersField,
    displayName: _t("Answers"),
    supportedTypes: ["json"],
});
