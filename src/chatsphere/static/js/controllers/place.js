/** Where somebody was in a conversation, kept with the entry of the browser's history: a reload and Back lead to it. */

/** @typedef {{id: string, message: number, offset: number}} Place the message that was seen first, and how far down */

/** The place that this entry keeps for a conversation; at its end there is none to keep. @param {string | null} id @returns {Place | null} */
export function kept(id) {
  const place = history.state?.place;
  return place && place.id === id ? place : null;
}

/** Keep it, unless this entry is about something else by now. @param {string} id @param {Omit<Place, "id"> | null} seen */
export function keep(id, seen) {
  if (location.pathname !== `/c/${id}`) return;
  const place = seen && { id, ...seen };
  if (JSON.stringify(history.state?.place ?? null) === JSON.stringify(place)) return;
  history.replaceState({ ...history.state, place }, "");
}
