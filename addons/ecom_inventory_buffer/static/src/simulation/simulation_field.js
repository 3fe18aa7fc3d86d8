import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What came of each way to decide: one small chart a figure, less is better in all of them. */
export class SimulationField extends Component {
    static template = "ecom_inventory_buffer.SimulationField";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get charts() {
        return [
            this.chart("oversold", _t("Chance of overselling on a day"), (part) => `${(100 * part).toFixed(1)} %`),
            this.chart("units", _t("Units oversold a day"), (units) => units.toFixed(2)),
            this.chart("hidden", _t("Units hidden, on average"), (units) => units.toFixed(2)),
            this.chart("lost", _t("Sales lost a day though there was stock"), (units) => units.toFixed(2)),
        ];
    }

    chart(name, title, say) {
        const most = Math.max(...this.value.rows.map((row) => row[name])) || 1;
        return {
            name,
            title,
            bars: this.value.rows.map((row, index) => ({
                name: row.name,
                text: say(row[name]),
                width: (100 * row[name]) / most,
                kind: index ? "bg-primary" : "bg-info",
            })),
        };
    }
}

registry.category("fields").add("ecom_simulation", { component: SimulationField, supportedTypes: ["json"] });
