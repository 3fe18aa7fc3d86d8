import { registry } from "@web/core/registry";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { listView } from "@web/views/list/list_view";
import { ListController } from "@web/views/list/list_controller";

import { onMounted, onWillUnmount } from "@odoo/owl";

export const LOOK_AGAIN_SECONDS = 10;
const GIVE_UP_SECONDS = 60;

/**
 * Look again from time to time while the page is seen, so that orders appear as they arrive. Whoever selects or edits
 * rows, reads examples of an empty list or has a dialog open is left alone.
 *
 * @param {{ model: object }} controller
 */
export function useLiveReload(controller) {
    let timer = null;
    let started = 0;
    const lookAgain = async () => {
        const { root, useSampleModel } = controller.model;
        const busy = root.editedRecord || root.selection?.length || root.isDomainSelected;
        // A look that a change of filters overtook never ends: it counts as over after a while.
        if (Date.now() - started < GIVE_UP_SECONDS * 1000 || document.hidden || busy || document.querySelector(".o_dialog, .o-dropdown--menu")) {
            return;
        }
        started = Date.now();
        try {
            await (useSampleModel ? controller.model.load() : root.load());
        } catch {
            // The server may be away for a moment; the next look tells.
        } finally {
            started = 0;
        }
    };
    onMounted(() => (timer = setInterval(lookAgain, LOOK_AGAIN_SECONDS * 1000)));
    onWillUnmount(() => clearInterval(timer));
}

export class LiveKanbanController extends KanbanController {
    setup() {
        super.setup();
        useLiveReload(this);
    }
}

export class LiveListController extends ListController {
    setup() {
        super.setup();
        useLiveReload(this);
    }
}

registry.category("views").add("ecom_live_kanban", { ...kanbanView, Controller: LiveKanbanController });
registry.category("views").add("ecom_live_list", { ...listView, Controller: LiveListController });
