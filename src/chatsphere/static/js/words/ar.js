// Made of locales/ar/app.po by `make words`.
export const language = "ar";

/** @type {Record<string, string | Record<string, string>>} */
export const texts = {
  "Activities": "أنشطة",
  "Animals and nature": "حيوانات وطبيعة",
  "Emoji": "الرموز التعبيرية",
  "Flags": "أعلام",
  "Food and drink": "طعام وشراب",
  "Kinds of emoji": "أنواع الرموز",
  "Lately": "الأخيرة",
  "No emoji is called that.": "لا رمز بهذا الاسم.",
  "No skin tone": "بلا لون بشرة",
  "Objects": "أشياء",
  "People and body": "أشخاص وجسم",
  "Search emoji": "ابحث عن رمز",
  "Skin tone {number} of 5": "لون البشرة {number} من 5",
  "Smileys and emotion": "وجوه ومشاعر",
  "Symbols": "رموز",
  "Travel and places": "سفر وأماكن",
  "{count} emoji found": {"zero": "{count} رمزاً", "one": "رمز واحد", "two": "رمزان", "few": "{count} رموز", "many": "{count} رمزاً", "other": "{count} رمزاً"},
  "Chats": "المحادثات",
  "Chats, {count} unread": {"zero": "المحادثات، {count} غير مقروءة", "one": "المحادثات، واحدة غير مقروءة", "two": "المحادثات، اثنتان غير مقروءتين", "few": "المحادثات، {count} غير مقروءة", "many": "المحادثات، {count} غير مقروءة", "other": "المحادثات، {count} غير مقروءة"},
  "Conversation": "محادثة",
  "It was deleted, or you are not in it. Whoever sent you here can add you.": "حُذفت، أو لست فيها. من أرسلك إلى هنا يستطيع إضافتك.",
  "The server does not answer just now. What you wrote is kept, and the rest comes as soon as it is back.": "لا يجيب الخادم الآن. ما كتبته محفوظ، ويأتي الباقي حالما يعود.",
  "This conversation is not here": "هذه المحادثة ليست هنا",
  "This did not come through": "لم يصل هذا",
};
