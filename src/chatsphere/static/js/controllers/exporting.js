/** How far one's export is, looked at now and then while the page is open; once it is there, the page shows it. */
import $ from "jquery";

const EVERY = 1500;

/** The bar on the page of one's data. */
export function exporting() {
  if ($("#making").length) setTimeout(look, EVERY);
}

async function look() {
  const answer = await fetch("/settings/data/export").catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (said && said.state !== "waiting" && said.state !== "running") {
    location.assign("/settings/data");
    return;
  }
  if (said) $("#export-progress").val(said.progress);
  setTimeout(look, EVERY);
}
