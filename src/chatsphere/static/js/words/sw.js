// Made of locales/sw/app.po by `make words`.
export const language = "sw";

/** @type {Record<string, string | Record<string, string>>} */
export const texts = {
  "Activities": "Shughuli",
  "Animals and nature": "Wanyama na asili",
  "Emoji": "Emoji",
  "Flags": "Bendera",
  "Food and drink": "Vyakula na vinywaji",
  "Kinds of emoji": "Aina za emoji",
  "Lately": "Za karibuni",
  "No emoji is called that.": "Hakuna emoji yenye jina hilo.",
  "No skin tone": "Bila rangi ya ngozi",
  "Objects": "Vitu",
  "People and body": "Watu na mwili",
  "Search emoji": "Tafuta emoji",
  "Skin tone {number} of 5": "Rangi ya ngozi {number} kati ya 5",
  "Smileys and emotion": "Tabasamu na hisia",
  "Symbols": "Alama",
  "Travel and places": "Safari na mahali",
  "{count} emoji found": {"one": "emoji {count} imepatikana", "other": "emoji {count} zimepatikana"},
  "Chats": "Gumzo",
  "Chats, {count} unread": {"one": "Gumzo, {count} halijasomwa", "other": "Gumzo, {count} hayajasomwa"},
  "Conversation": "Mazungumzo",
  "It was deleted, or you are not in it. Whoever sent you here can add you.": "Yamefutwa, au wewe humo. Aliyekutuma hapa anaweza kukuongeza.",
  "The server does not answer just now. What you wrote is kept, and the rest comes as soon as it is back.": "Seva haijibu kwa sasa. Ulichoandika kimehifadhiwa, na mengine yanakuja mara itakaporudi.",
  "This conversation is not here": "Mazungumzo haya hayapo hapa",
  "This did not come through": "Hii haikufika",
};
