/** Whatever hue a room takes from its pictures, its words can be read: tokens.css against WCAG, at all 360 of them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const CSS = new URL("../../src/chatsphere/static/css/", import.meta.url);
const DARK_NEUTRALS = 288;

/** @typedef {{l: number, c: number, at: (h: number) => number}} Colour */
/** @typedef {{light: Colour, dark: Colour}} Token */

/** What holds for everybody, and what for whoever asks for more contrast. */
const [EVERYBODY, MORE] = readFileSync(new URL("tokens.css", CSS), "utf8").split("@media (prefers-contrast: more)");

/** Every token that is a colour, opaque, and of one hue or none. @param {string} css @returns {Record<string, Token>} */
function tokens(css) {
  const colour = String.raw`oklch\(([\d.]+) ([\d.]+) ((?:[\d.]+|var\(--hn?\)|calc\(var\(--h\) [+-] \d+\)))\)`;
  const pair = new RegExp(String.raw`--([\w-]+): light-dark\(${colour}, ${colour}\);`, "g");
  return Object.fromEntries(
    [...css.matchAll(pair)].map(([, name, ...found]) => [
      name,
      { light: colourOf(found.slice(0, 3)), dark: colourOf(found.slice(3)) },
    ]),
  );
}

/** @param {string[]} parts @returns {Colour} */
function colourOf([l, c, hue]) {
  const turned = hue.match(/calc\(var\(--h\) ([+-]) (\d+)\)/);
  if (turned) return { l: Number(l), c: Number(c), at: (h) => h + Number(turned[1] + turned[2]) };
  if (hue === "var(--h)") return { l: Number(l), c: Number(c), at: (h) => h };
  const fixed = hue === "var(--hn)" ? DARK_NEUTRALS : Number(hue);
  return { l: Number(l), c: Number(c), at: () => fixed };
}

/** @param {number} l @param {number} c @param {number} h @returns {number[]} linear, possibly outside of what a screen shows */
function linear(l, c, h) {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

/** What a browser makes of a colour that no screen has: it cuts off, or takes out of the colour until it fits. */
const MAPPINGS = [
  (/** @type {[number, number, number]} */ colour) => linear(...colour).map((part) => Math.min(1, Math.max(0, part))),
  (/** @type {[number, number, number]} */ [l, c, h]) => {
    let [low, high] = [0, c];
    for (let n = 0; n < 24; n += 1) {
      const middle = n === 0 ? c : (low + high) / 2;
      if (linear(l, middle, h).every((part) => part >= -1e-4 && part <= 1.0001)) low = middle;
      else high = middle;
    }
    return linear(l, low, h);
  },
];

/** As a screen of 8 bits shows it. @param {number[]} colour */
function luminance(colour) {
  const [r, g, b] = colour.map((part) => {
    const held = Math.min(1, Math.max(0, part));
    const encoded = held <= 0.0031308 ? 12.92 * held : 1.055 * held ** (1 / 2.4) - 0.055;
    const shown = Math.round(encoded * 255) / 255;
    return shown <= 0.04045 ? shown / 12.92 : ((shown + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The least of all hues, however they are mapped. @param {Colour} ink @param {Colour} paper */
function least(ink, paper) {
  let worst = { contrast: 99, hue: 0 };
  for (let hue = 0; hue < 360; hue += 1) {
    for (const map of MAPPINGS) {
      const lights = [ink, paper].map(({ l, c, at }) => luminance(map([l, c, (at(hue) + 360) % 360])));
      const contrast = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
      if (contrast < worst.contrast) worst = { contrast, hue };
    }
  }
  return worst;
}

/** What is written on what; 7 where one reads for long. @type {[string, string, number][]} */
const WRITTEN = [
  ["ink", "stage", 7],
  ["ink", "bg", 7],
  ["ink", "s1", 7],
  ["ink", "s2", 7],
  ["ink-2", "bg", 4.5],
  ["ink-2", "stage", 4.5],
  ["ink-2", "s1", 4.5],
  ["ink-2", "s2", 4.5],
  ["ink-3", "bg", 4.5],
  ["ink-3", "stage", 4.5],
  ["ink-3", "s1", 4.5],
  ["ink-3", "s2", 4.5],
  ["own-ink", "own", 7],
  ["own-ink", "own-2", 7],
  ["on-accent", "accent", 4.5],
  ["accent-ink", "bg", 4.5],
  ["accent-ink", "stage", 4.5],
  ["accent-ink", "s1", 4.5],
  ["on-tint", "tint", 4.5],
  ["focus", "stage", 3],
  ["focus", "bg", 3],
  ["focus", "s1", 3],
  ["edge", "s1", 3],
];

const known = tokens(EVERYBODY);

test("the colours are read from the stylesheet, and none that is written with is missing", () => {
  for (const name of new Set(WRITTEN.flat().filter((one) => typeof one === "string"))) {
    assert.ok(known[name], `--${name} is not in tokens.css as light-dark(oklch(…), oklch(…))`);
  }
});

for (const [ink, paper, enough] of WRITTEN) {
  for (const theme of /** @type {const} */ (["light", "dark"])) {
    test(`${ink} can be read on ${paper} in the ${theme}, whatever the hue`, () => {
      const { contrast, hue } = least(known[ink][theme], known[paper][theme]);
      assert.ok(contrast >= enough, `${contrast.toFixed(2)} at ${hue}°, which is less than ${enough}`);
    });
  }
}

test("whoever asks for more contrast reads everything in full ink, and sees each line", () => {
  for (const quiet of ["ink-2", "ink-3"]) assert.match(MORE, new RegExp(`--${quiet}: var\\(--ink\\);`));
  const { line } = tokens(MORE);
  for (const paper of ["bg", "stage", "s1", "s2"])
    for (const theme of /** @type {const} */ (["light", "dark"])) {
      const { contrast, hue } = least(line[theme], known[paper][theme]);
      assert.ok(contrast >= 4.5, `${contrast.toFixed(2)} on ${paper} in the ${theme} at ${hue}°`);
    }
});
