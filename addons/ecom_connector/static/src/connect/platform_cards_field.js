import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

const ICONS = { shop: "fa-shopping-bag", marketplace: "fa-building-o", provider: "fa-credit-card" };

/** One platform of several as cards; what stands on them comes in the record's `platforms`. */
export class PlatformCardsField extends Component {
    static template = "ecom_connector.PlatformCardsField";
    static props = { ...standardFieldProps };

    get cards() {
        return this.props.record.data.platforms || [];
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    icon(card) {
        return ICONS[card.kind] || ICONS.shop;
    }

    choose(code) {
        this.props.record.update({ [this.props.name]: code });
    }
}

registry.category("fields").add("ecom_platform_cards", {
    component: PlatformCardsField,
    displayName: _t("Platform cards"),
    supportedTypes: ["selection"],
    fieldDependencies: [{ name: "platforms", type: "json", readonly: true }],
});
