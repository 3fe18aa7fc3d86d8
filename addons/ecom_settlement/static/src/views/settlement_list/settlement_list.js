import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { fileUploadListView } from "@account/views/file_upload_list/file_upload_list_view";
import { onWillStart } from "@odoo/owl";

// The list of payouts takes files that are dropped on it, as Odoo's list of bills does.
class SettlementListRenderer extends fileUploadListView.Renderer {
    setup() {
        super.setup();
        this.dropZoneTitle = _t("Drop payout reports here, several or a ZIP.");
    }

    // Tables are copied from such lists; nothing is uploaded by pasting.
    async onPaste() {}
}

class SettlementListController extends fileUploadListView.Controller {
    setup() {
        super.setup();
        onWillStart(async () => {
            this.hideUploadButton = !(await user.checkAccessRight("ecom.settlement", "write"));
        });
    }
}

registry.category("views").add("ecom_settlement_list", {
    ...fileUploadListView,
    Controller: SettlementListController,
    Renderer: SettlementListRenderer,
});
