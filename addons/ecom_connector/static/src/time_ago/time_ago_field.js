import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { formatDateTime } from "@web/core/l10n/dates";

import { Component, xml } from "@odoo/owl";

/** A moment as "3 minutes ago"; the exact one shows on hovering. */
export class TimeAgoField extends Component {
    static template = xml`<span t-att-title="exact" t-out="ago"/>`;
    static props = { ...standardFieldProps };

    get moment() {
        return this.props.record.data[this.props.name];
    }

    get ago() {
        return this.moment ? this.moment.toRelative() : "";
    }

    get exact() {
        return this.moment ? formatDateTime(this.moment) : "";
    }
}

registry.category("fields").add("ecom_time_ago", { component: TimeAgoField, supportedTypes: ["datetime"] });
