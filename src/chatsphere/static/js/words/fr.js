// Made of locales/fr/app.po by `make words`.
export const language = "fr";

/** @type {Record<string, string | Record<string, string>>} */
export const texts = {
  "Activities": "Activités",
  "Animals and nature": "Animaux et nature",
  "Emoji": "Émojis",
  "Flags": "Drapeaux",
  "Food and drink": "Nourriture et boissons",
  "Kinds of emoji": "Sortes d’émojis",
  "Lately": "Récents",
  "No emoji is called that.": "Aucun émoji ne s’appelle ainsi.",
  "No skin tone": "Sans teinte de peau",
  "Objects": "Objets",
  "People and body": "Personnes et corps",
  "Search emoji": "Rechercher un émoji",
  "Skin tone {number} of 5": "Teinte de peau {number} sur 5",
  "Smileys and emotion": "Sourires et émotions",
  "Symbols": "Symboles",
  "Travel and places": "Voyages et lieux",
  "{count} emoji found": {"one": "{count} émoji trouvé", "other": "{count} émojis trouvés"},
  "Chats": "Discussions",
  "Chats, {count} unread": {"one": "Discussions, {count} non lue", "other": "Discussions, {count} non lues"},
  "Conversation": "Conversation",
  "It was deleted, or you are not in it. Whoever sent you here can add you.": "Elle a été supprimée, ou vous n’en faites pas partie. Qui vous a envoyé ici peut vous y ajouter.",
  "The server does not answer just now. What you wrote is kept, and the rest comes as soon as it is back.": "Le serveur ne répond pas pour le moment. Ce que vous avez écrit est gardé, et le reste vient dès qu’il est de retour.",
  "This conversation is not here": "Cette conversation n’est pas ici",
  "This did not come through": "Ceci n’est pas arrivé",
};
