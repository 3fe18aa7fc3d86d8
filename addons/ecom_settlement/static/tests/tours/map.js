import { registry } from "@web/core/registry";

const SOON = 45000;
const REPORT = [
    "Kassenbuch;;;;",
    "Wann;Wofür;Nummer;Summe;Behalten",
    "03/02/2026;Ware;B-1;1.100,00;33,00",
    "03/03/2026;Platz;;-9,99;0,00",
    "",
].join("\n");

function drop({ anchor }) {
    const files = new DataTransfer();
    files.items.add(new File([REPORT], "kasse.csv", { type: "text/csv" }));
    anchor.files = files.files;
    anchor.dispatchEvent(new Event("change"));
}

function choose(where, what) {
    return [
        { content: `What is ${where}`, trigger: `.modal ${where}`, run: "click" },
        { content: "Open the choice", trigger: `.modal ${where} input`, run: "click" },
        { content: what, trigger: `.o_select_menu_menu .o_select_menu_item:contains(/^${what}$/)`, run: "click" },
    ];
}

function column(name, meaning) {
    return choose(`[name=column_ids] .o_data_row:has(:contains(/^${name}$/)) td[name=meaning]`, meaning);
}

registry.category("web_tour.tours").add("ecom_settlement_map", {
    steps: () => [
        {
            content: "A report of a form that nobody knows is laid on the list",
            trigger: ".document_file_uploader.o_input_file:not(:visible)",
            run: drop,
            timeout: SOON,
        },
        { content: "Of which account", trigger: ".modal [name=channel_id] input", run: "edit Provider" },
        { content: "This one", trigger: ".o-autocomplete--dropdown-item a:contains(Provider)", run: "click" },
        { content: "Read it", trigger: ".modal footer button[name=action_upload]", run: "click" },
        {
            content: "It is kept and cannot be read: its columns are described",
            trigger: ".modal [name=unreadable_ids] .o_data_row:contains(kasse.csv) button[name=action_describe]",
            run: "click",
        },
        { content: "Its columns are there, with their first cells", trigger: ".modal [name=column_ids] :contains(1.100,00)" },
        ...column("Wann", "Date"),
        ...column("Wofür", "What It Is"),
        ...column("Nummer", "Order Number"),
        ...column("Summe", "Amount"),
        ...column("Behalten", "Fee"),
        ...choose("[name=decimal]", "1.234,56"),
        ...choose("[name=date_order]", "Month first"),
        { content: "The time zone", trigger: ".modal [name=zone] input", run: "click" },
        { content: "By its name", trigger: ".o_select_menu_menu input, .modal [name=zone] input", run: "edit Europe/Berlin" },
        {
            content: "Of the channel",
            trigger: ".o_select_menu_menu .o_select_menu_item:contains(Europe/Berlin)",
            run: "click",
        },
        { content: "See what comes out", trigger: ".modal button[name=action_preview]", run: "click" },
        { content: "There are kinds now", trigger: ".modal a[name=preview]", run: "click" },
        { content: "The sum of all lines", trigger: ".modal [name=total]:contains(1,057.01)" },
        { content: "The day is the right one", trigger: ".modal [name=preview_ids] .o_data_row:contains(Ware):contains(Mar 2)" },
        { content: "What the kinds are", trigger: ".modal a[name=kinds]", run: "click" },
        ...choose("[name=kind_ids] .o_data_row:contains(Ware) td[name=family]", "Sale"),
        ...choose("[name=kind_ids] .o_data_row:contains(Platz) td[name=family]", "Storage"),
        { content: "Its name", trigger: ".modal [name=name] input", run: "edit Kassenbuch" },
        { content: "Keep it, and read the report", trigger: ".modal button[name=action_keep]", run: "click" },
        {
            content: "A payout was read by it",
            trigger: "body:not(:has(.modal)) .o_form_view .o_data_row:contains(Platz) [name=family]:contains(Storage)",
        },
    ],
});
