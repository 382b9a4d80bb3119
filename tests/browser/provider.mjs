// A certified OpenID provider for the scenes: `node provider.mjs PORT CALLBACK`. Whoever types a name there is that person.

import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, callback] = process.argv.slice(2);

/** @param {unknown} _context @param {string} id */
function findAccount(_context, id) {
  const claims = {
    sub: id,
    name: `${id[0]?.toUpperCase()}${id.slice(1)} of Elsewhere`,
    preferred_username: id,
    email: `${id}@elsewhere.example`,
    email_verified: !id.startsWith("unverified"),
  };
  return { accountId: id, claims: () => claims };
}

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: "chatsphere",
      client_secret: "a secret: with/odd+signs",
      redirect_uris: [callback],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "preferred_username"] },
  cookies: { keys: ["for tests only"] },
  pkce: { required: () => true },
  findAccount,
});

createServer(provider.callback()).listen(Number(port), "localhost");
