/** Dialogs are closed by their buttons and by a click beside them. */
import $ from "jquery";

/** Every `data-close` button closes the dialog it is in; so does the backdrop. */
export function closers() {
  $(document).on("click", "[data-close]", (event) => dialogOf(event.currentTarget)?.close());
  $("dialog").on("click", (event) => {
    const dialog = dialogOf(event.currentTarget);
    if (event.target === dialog && dialog?.matches(":modal") && beside(event)) dialog.close();
  });
}

/** @param {Element} element */
function dialogOf(element) {
  return /** @type {HTMLDialogElement | null} */ (element.closest("dialog"));
}

/** @param {any} event */
function beside({ currentTarget, clientX: x, clientY: y }) {
  const box = currentTarget.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}
