import assert from "node:assert/strict";
import { test } from "node:test";
import { localeFor, t, tn } from "../../src/chatsphere/static/js/models/words.js";
import * as arabic from "../../src/chatsphere/static/js/words/ar.js";
import * as pseudo from "../../src/chatsphere/static/js/words/qps.js";

test("a text is filled with what varies in it, numbers as the language writes them", () => {
  assert.equal(t("Reply to {name}", { name: "Bo" }), "Reply to Bo");
  assert.equal(t("{count} files", { count: 1284 }), "1,284 files");
  assert.equal(t("Say {this}"), "Say {this}");
});

test("of one thing one speaks otherwise than of several", () => {
  assert.equal(tn("{count} new message", "{count} new messages", 1), "1 new message");
  assert.equal(tn("{count} new message", "{count} new messages", 2000), "2,000 new messages");
  assert.equal(tn("{name} has {count} file", "{name} has {count} files", 0, { name: "Bo" }), "Bo has 0 files");
});

test("dates are written in the reader's own kind of their language, in Western digits", () => {
  assert.equal(localeFor("en", ["fr-FR", "en-GB", "en"]), "en-GB-u-nu-latn");
  assert.equal(localeFor("sw", ["fr-FR"]), "sw-u-nu-latn");
  assert.equal(new Intl.NumberFormat(localeFor("ar", ["ar-EG"])).format(12), "12");
});

test("each language says which it is", () => {
  assert.equal(arabic.language, "ar");
  assert.equal(pseudo.texts["Reply to {name}"], "[Réplý tö {name}~~~]");
});
