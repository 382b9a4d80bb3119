/** What Enter does where one writes. */

/** Whether this press sends what is written; else it begins a new line, or is none of ours. @param {KeyboardEvent} event */
export function sends({ key, isComposing, keyCode, shiftKey, altKey, ctrlKey, metaKey }) {
  // 229 is what a key is called while an input method still composes with it.
  if (key !== "Enter" || isComposing || keyCode === 229 || shiftKey || altKey) return false;
  const breaks = document.documentElement.dataset.enter === "off" || matchMedia("(pointer: coarse)").matches;
  return ctrlKey || metaKey || !breaks;
}
