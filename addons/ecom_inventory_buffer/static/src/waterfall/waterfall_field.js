import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The sum behind a shown quantity as bars: from what is on hand, down to what is shown. */
export class WaterfallField extends Component {
    static template = "ecom_inventory_buffer.WaterfallField";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    /** Each bar begins where the one before it ended. */
    get bars() {
        const rows = this.value.rows;
        let level = 0;
        const ends = rows.map((row) => (level += row.change));
        const lowest = Math.min(0, ...ends);
        const range = Math.max(...ends, this.value.shown, 1) - lowest;
        const place = (units) => (100 * (units - lowest)) / range;
        const bars = rows.map((row, index) => {
            const before = index ? ends[index - 1] : 0;
            return {
                words: row.words,
                text: `${index && row.change > 0 ? "+" : ""}${row.text.replace("-", "−")}`,
                kind: index === 0 ? "bg-info" : row.change > 0 ? "bg-success" : "bg-warning",
                start: place(Math.min(before, ends[index])),
                width: Math.max(1, place(Math.max(before, ends[index])) - place(Math.min(before, ends[index]))),
            };
        });
        return { bars, shown: { start: place(0), width: Math.max(1, place(this.value.shown) - place(0)) } };
    }
}

export const waterfallField = { component: WaterfallField, supportedTypes: ["json"] };

registry.category("fields").add("ecom_waterfall", waterfallField);
