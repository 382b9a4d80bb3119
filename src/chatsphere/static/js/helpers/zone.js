/** Tells the server in which zone its reader lives, so that its pages have the same months as ours from their first byte. */

const YEAR = 365 * 24 * 3600;

/** Keep it in a cookie, where it is not there yet. */
export function tellZone() {
  const kept = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
  if (document.cookie.split("; ").includes(kept)) return;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere
  document.cookie = `${kept}; Path=/; SameSite=Lax; Max-Age=${YEAR}${location.protocol === "https:" ? "; Secure" : ""}`;
}
