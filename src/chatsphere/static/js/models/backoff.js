/** How long to wait before the next try: 1, 2, 4 … 30 seconds, shortened by chance so that not all come at once. */

const LONGEST = 30_000;

/**
 * @param {number} tries how many have failed, from 1
 * @param {() => number} [random] in [0, 1)
 * @returns {number} milliseconds
 */
export function backoff(tries, random = Math.random) {
  const whole = Math.min(LONGEST, 1000 * 2 ** Math.max(0, Math.min(tries, 16) - 1));
  return Math.round(whole * (0.6 + 0.4 * random()));
}
