import assert from "node:assert/strict";
import { test } from "node:test";
import { caps, chord, KEYMAP, spoken, wanted } from "../../src/chatsphere/static/js/models/keymap.js";

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const here = { mac: false, where: /** @type {any} */ (["anywhere"]), letters: true };
const onMessage = { ...here, where: /** @type {any} */ (["anywhere", "room", "message"]) };

test("a press is written as the list writes it, on a Mac with Command", () => {
  for (const [press, mac, said] of /** @type {[object, boolean, string][]} */ ([
    [{ key: "k", ctrlKey: true }, false, "Mod+K"],
    [{ key: "k", metaKey: true }, true, "Mod+K"],
    [{ key: "k", ctrlKey: true }, true, "Other+K"],
    [{ key: "ArrowUp", altKey: true, shiftKey: true }, false, "Alt+Shift+ArrowUp"],
    [{ key: "/", ctrlKey: true, shiftKey: true }, false, "Mod+/"],
    [{ key: "F6", shiftKey: true }, false, "Shift+F6"],
    [{ key: "R", shiftKey: true }, false, "Shift+R"],
  ]))
    assert.equal(chord({ ...none, key: "", ...press }, mac), said);
});

test("a press asks for what is bound where it happened, and for nothing elsewhere", () => {
  assert.equal(wanted({ ...none, key: "k", ctrlKey: true }, here), "palette");
  assert.equal(wanted({ ...none, key: "r" }, onMessage), "reply");
  assert.equal(wanted({ ...none, key: "r" }, here), undefined);
  assert.equal(wanted({ ...none, key: "k", ctrlKey: true, altKey: true }, here), undefined);
});

test("single letters can be switched off, and nothing else with them", () => {
  const off = { ...onMessage, letters: false };
  assert.equal(wanted({ ...none, key: "r" }, off), undefined);
  assert.equal(wanted({ ...none, key: "Enter" }, off), "enter");
  assert.equal(wanted({ ...none, key: "k", ctrlKey: true }, off), "palette");
});

test("no two things in one place have the same keys, and all can be shown", () => {
  const all = KEYMAP.flatMap((group) => group.bindings);
  const taken = all.flatMap(({ keys, where }) => keys.map((key) => `${where} ${key}`));
  assert.equal(new Set(taken).size, taken.length);
  const anywhere = all.filter(({ where }) => where === "anywhere").flatMap(({ keys }) => keys);
  const others = all.filter(({ where }) => where !== "anywhere").flatMap(({ keys }) => keys);
  assert.deepEqual(
    others.filter((key) => anywhere.includes(key)),
    [],
  );
  for (const { label } of all) assert.ok(label());
  assert.deepEqual(caps("Alt+Shift+ArrowUp", false), ["Alt", "Shift", "↑"]);
  assert.deepEqual(caps("Mod+K", true), ["⌘", "K"]);
  assert.equal(spoken("palette", false), "Control+K");
});
