import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const ICONS = {
    order: "fa-shopping-cart",
    note: "fa-comment-o",
    message: "fa-exchange",
    decision: "fa-gavel",
    parcel: "fa-cube",
    delivery: "fa-truck",
    document: "fa-file-text-o",
    money: "fa-money",
};

/** Everything that happened to an order, newest first, day by day. Read when it is looked at, not with the order. */
export class Road extends Component {
    static template = "ecom_connector.Road";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.icons = ICONS;
        this.filters = [
            { name: "all", label: _t("All"), kinds: Object.keys(ICONS) },
            { name: "goods", label: _t("Parcels"), kinds: ["parcel", "delivery"] },
            { name: "money", label: _t("Money"), kinds: ["document", "money"] },
            { name: "people", label: _t("Decisions"), kinds: ["decision", "note"] },
            { name: "channel", label: _t("Channel"), kinds: ["order", "message"] },
        ];
        this.state = useState({ entries: [], filter: "all" });
        onWillStart(() => this.read(this.props.record));
        onWillUpdateProps((next) => next.record.resId !== this.resId && this.read(next.record));
    }

    async read(record) {
        this.resId = record.resId;
        const entries = record.resId ? await this.orm.call("sale.order", "ecom_road", [record.resId]) : [];
        this.state.entries = entries.map((entry, index) => ({ ...entry, index, time: deserializeDateTime(entry.at) }));
    }

    /** [{ day, entries }] of what the chosen filter lets through. */
    get days() {
        const { kinds } = this.filters.find((filter) => filter.name === this.state.filter);
        const days = [];
        for (const entry of this.state.entries.filter((entry) => kinds.includes(entry.kind))) {
            const day = formatDate(entry.time);
            if (days.at(-1)?.day !== day) {
                days.push({ day, entries: [] });
            }
            days.at(-1).entries.push(entry);
        }
        return days;
    }

    clock(entry) {
        return entry.time.toFormat("HH:mm");
    }

    open({ link }) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: link.model,
            res_id: link.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("ecom_road", { component: Road });
