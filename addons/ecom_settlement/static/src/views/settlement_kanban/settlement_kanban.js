import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { fileUploadKanbanView } from "@account/views/file_upload_kanban/file_upload_kanban_view";
import { onWillStart } from "@odoo/owl";

// Cards take files as the list does: it is what phones show.
class SettlementKanbanRenderer extends fileUploadKanbanView.Renderer {
    setup() {
        super.setup();
        this.dropZoneTitle = _t("Drop payout reports here, several or a ZIP.");
    }

    async onPaste() {}
}

class SettlementKanbanController extends fileUploadKanbanView.Controller {
    setup() {
        super.setup();
        onWillStart(async () => {
            this.hideUploadButton = !(await user.checkAccessRight("ecom.settlement", "write"));
        });
    }
}

registry.category("views").add("ecom_settlement_kanban", {
    ...fileUploadKanbanView,
    Controller: SettlementKanbanController,
    Renderer: SettlementKanbanRenderer,
});
