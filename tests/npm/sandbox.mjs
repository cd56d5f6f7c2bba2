// A sandbox of this test run's own, its people, and googleapis clients that act for them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { google } from "googleapis";

const COMMAND = process.env.SENPLANS ?? fileURLToPath(new URL("../../.venv/bin/senplans", import.meta.url));
const CLIENT_ID = "tour.apps.googleusercontent.com";
const SCOPES = ["drive", "spreadsheets", "documents", "calendar"];

/** Starts `senplans sandbox` on a free port; `stop()` ends it. */
export async function start() {
  const child = spawn(COMMAND, ["sandbox", "--port", "0", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await firstObject(child);
  return new Sandbox(url, child);
}

async function firstObject(child) {
  let text = "";
  for await (const piece of child.stdout) {
    text += piece;
    if (text.trimEnd().endsWith("}")) return JSON.parse(text).url;
  }
  throw new Error(`${COMMAND} stopped before it listened`);
}

class Sandbox {
  constructor(url, child) {
    this.url = url;
    this.child = child;
  }

  /** A control route: a POST where there is a body, otherwise a GET. */
  async control(route, body) {
    const options = body && { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(`${this.url}/_sandbox/${route}`, options);
    if (!answer.ok) throw new Error(`${route}: ${await answer.text()}`);
    return answer.json();
  }

  /** googleapis' four services for one person, by way of a refresh token as an installed app holds it. */
  async person(email) {
    await this.control("seed", {
      users: [{ email, name: email.split("@")[0] }],
      clients: [{ client_id: CLIENT_ID, secret: "secret" }],
    });
    const grant = { email, client_id: CLIENT_ID, scopes: SCOPES, refresh: true };
    const auth = new google.auth.OAuth2({
      clientId: CLIENT_ID,
      clientSecret: "secret",
      endpoints: { oauth2TokenUrl: `${this.url}/token`, oauth2RevokeUrl: `${this.url}/revoke` },
    });
    auth.setCredentials(await this.control("tokens", grant));
    return clients(auth, `${this.url}/`);
  }

  async stop() {
    this.child.kill();
    await once(this.child, "exit");
  }
}

/** `there` as a call's second argument takes uploads to the sandbox as well: they follow no other option. */
function clients(auth, rootUrl) {
  return {
    auth,
    rootUrl,
    there: { rootUrl },
    drive: google.drive({ version: "v3", auth, rootUrl }),
    sheets: google.sheets({ version: "v4", auth, rootUrl }),
    docs: google.docs({ version: "v1", auth, rootUrl }),
    calendar: google.calendar({ version: "v3", auth, rootUrl }),
  };
}
