// The npm package googleapis against one sandbox: create, fill, share, book, sync, delete.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { all, inPieces, refused } from "./asking.mjs";
import { start } from "./sandbox.mjs";

const SENCO = "senco@school.example";
const TEACHER = "teacher@school.example";
const NATIVE = "application/vnd.google-apps.";
const READER = { type: "user", role: "reader", emailAddress: TEACHER };

let sandbox, senco, teacher;

before(async () => {
  sandbox = await start();
  senco = await sandbox.person(SENCO);
  teacher = await sandbox.person(TEACHER);
});

after(() => sandbox.stop());

test("a workbook is made, filled, shared, changed in one batch and deleted", async () => {
  const books = senco.sheets.spreadsheets;
  const made = (await books.create({ requestBody: { properties: { title: "Plans" } } })).data;
  const spreadsheetId = made.spreadsheetId;
  const { sheetId, title } = made.sheets[0].properties;
  const rows = [["Name", "Reading age"], ["Amara", 7.5], ["Ben", 8]];
  const raw = { spreadsheetId, range: `${title}!A1`, valueInputOption: "RAW" };
  const filled = await books.values.update({ ...raw, requestBody: { values: rows } });
  assert.equal(filled.data.updatedCells, 6);
  const added = await books.values.append({ ...raw, requestBody: { values: [["Cai", 9]] } });
  assert.equal(added.data.updates.updatedRange, `${title}!A4:B4`);

  await refused(() => teacher.sheets.spreadsheets.get({ spreadsheetId }), 403, "PERMISSION_DENIED");
  await senco.drive.permissions.create({ fileId: spreadsheetId, sendNotificationEmail: false, requestBody: READER });
  const theirs = await teacher.sheets.spreadsheets.values.batchGet({
    spreadsheetId,
    ranges: [`${title}!A2:A`, `${title}!B2:B`],
    valueRenderOption: "UNFORMATTED_VALUE",
  });
  const [names, ages] = theirs.data.valueRanges.map((one) => one.values.flat());
  assert.deepEqual([names, ages], [["Amara", "Ben", "Cai"], [7.5, 8, 9]]);
  const theirWrite = { ...raw, requestBody: { values: [["x"]] } };
  await refused(() => teacher.sheets.spreadsheets.values.update(theirWrite), 403, "PERMISSION_DENIED");

  const range = { sheetId, startRowIndex: 1, endRowIndex: 4, startColumnIndex: 0, endColumnIndex: 2 };
  const requests = [
    { addSheet: { properties: { title: "Autumn" } } },
    { sortRange: { range, sortSpecs: [{ dimensionIndex: 1, sortOrder: "DESCENDING" }] } },
    { findReplace: { find: "Cai", replacement: "Caitlin", sheetId } },
    { addNamedRange: { namedRange: { name: "pupils", range } } },
  ];
  const { replies } = (await books.batchUpdate({ spreadsheetId, requestBody: { requests } })).data;
  assert.equal(replies[0].addSheet.properties.title, "Autumn");
  assert.equal(replies[2].findReplace.occurrencesChanged, 1);
  const named = await books.values.get({ spreadsheetId, range: "pupils" });
  assert.deepEqual(named.data.values, [["Caitlin", "9"], ["Ben", "8"], ["Amara", "7.5"]]);

  const wrong = { requests: [{ addSheet: { properties: { title: "Winter" } } }, { deleteSheet: { sheetId: 404404 } }] };
  await refused(() => books.batchUpdate({ spreadsheetId, requestBody: wrong }), 400, "INVALID_ARGUMENT");
  const tabs = await books.get({ spreadsheetId, fields: "sheets.properties.title" });
  assert.deepEqual(tabs.data, { sheets: [title, "Autumn"].map((name) => ({ properties: { title: name } })) });

  await senco.drive.files.delete({ fileId: spreadsheetId });
  await refused(() => books.get({ spreadsheetId }), 404, "NOT_FOUND");
});

test("files go up whole, in parts and in pieces, and come down again", async () => {
  const { files } = senco.drive;
  const folder = (await files.create({ requestBody: { name: "SEN", mimeType: `${NATIVE}folder` } })).data.id;
  const bare = await files.create({ media: { mimeType: "text/plain", body: "hello" } }, senco.there);
  assert.deepEqual(Object.keys(bare.data).sort(), ["id", "kind", "mimeType", "name"]);
  const media = { mimeType: "text/plain", body: Readable.from(["Dear ", "Amara"]) };
  const requestBody = { name: "letter.txt", parents: [folder], appProperties: { pupil: "P09" } };
  const letter = await files.create({ requestBody, media, fields: "id,size,parents,md5Checksum" }, senco.there);
  assert.deepEqual([letter.data.size, letter.data.parents], ["10", [folder]]);
  assert.equal((await files.get({ fileId: letter.data.id, alt: "media" })).data, "Dear Amara");

  const data = Buffer.alloc(3 * 256 * 1024, "x");
  const big = await inPieces(senco, { name: "big.bin", parents: [folder] }, data, 256 * 1024);
  assert.equal(big.name, "big.bin");
  const back = await files.get({ fileId: big.id, alt: "media" }, { responseType: "arraybuffer" });
  assert.deepEqual(Buffer.from(back.data), data);

  const changed = { fileId: letter.data.id, media: { mimeType: "text/plain", body: "Dear Ben" }, fields: "size" };
  assert.deepEqual((await files.update(changed, senco.there)).data, { size: "8" });
  const revisions = await senco.drive.revisions.list({ fileId: letter.data.id });
  assert.equal(revisions.data.revisions.length, 2);

  await refused(() => teacher.drive.files.get({ fileId: letter.data.id }), 404, "notFound");
  await senco.drive.permissions.create({ fileId: folder, sendNotificationEmail: false, requestBody: READER });
  const shared = await teacher.drive.files.get({ fileId: letter.data.id, fields: "ownedByMe,capabilities(canEdit)" });
  assert.deepEqual(shared.data, { ownedByMe: false, capabilities: { canEdit: false } });
  const renamed = { fileId: letter.data.id, requestBody: { name: "mine" } };
  await refused(() => teacher.drive.files.update(renamed), 403, "insufficientFilePermissions");
  await files.delete({ fileId: folder });
  await refused(() => files.get({ fileId: big.id }), 404, "notFound");
});

test("files are found by query, page by page, and every change is listed once", async () => {
  const { files, changes } = senco.drive;
  const from = (await changes.getStartPageToken()).data.startPageToken;
  const names = ["one", "two", "three", "four", "five"];
  const made = [];
  for (const name of names) {
    const requestBody = { name, mimeType: `${NATIVE}document`, appProperties: { tour: "paging" } };
    made.push((await files.create({ requestBody })).data.id);
  }
  await sandbox.control("clock", { advance: 120 });
  const tagged = "appProperties has { key='tour' and value='paging' }";
  const q = `mimeType = '${NATIVE}document' and ${tagged} and trashed = false`;
  const { found } = await all((params) => files.list(params), { q, pageSize: 2, orderBy: "name" }, "files");
  assert.deepEqual(found.map((one) => one.name), [...names].sort());
  await files.update({ fileId: made[0], requestBody: { trashed: true } });
  await files.delete({ fileId: made[1] });
  const last = await all((params) => changes.list(params), { pageToken: from, pageSize: 2 }, "changes");
  assert.deepEqual(new Set(last.found.map((one) => one.fileId)), new Set(made));
  assert.equal(last.found.length, made.length);
  assert.deepEqual(last.found.filter((one) => one.removed).map((one) => one.fileId), [made[1]]);
  const none = await changes.list({ pageToken: last.data.newStartPageToken });
  assert.deepEqual(none.data.changes, []);
  await refused(() => files.list({ q: "name is 'one'" }), 400, "invalid");
});

test("a batch of calls is answered part by part", async () => {
  const fileId = (await senco.drive.files.create({ requestBody: { name: "batched" } })).data.id;
  const part = (number, path) =>
    `--tour\r\nContent-Type: application/http\r\nContent-ID: <part-${number}>\r\n\r\nGET ${path} HTTP/1.1\r\n\r\n\r\n`;
  const answer = await senco.auth.request({
    url: `${senco.rootUrl}batch/drive/v3`,
    method: "POST",
    headers: { "Content-Type": "multipart/mixed; boundary=tour" },
    data: `${part(1, `/drive/v3/files/${fileId}`)}${part(2, "/drive/v3/files/nothing")}--tour--`,
    responseType: "text",
  });
  assert.match(answer.headers.get("content-type"), /^multipart\/mixed; boundary=/);
  assert.match(answer.data, /<response-part-1>[^]*HTTP\/1\.1 200 OK[^]*"name": "batched"/);
  assert.match(answer.data, /<response-part-2>[^]*HTTP\/1\.1 404 Not Found[^]*"reason": "notFound"/);
});

test("a document is converted, copied, filled in, exported, shared and deleted", async () => {
  const { drive, docs } = senco;
  const template = await drive.files.create(
    {
      requestBody: { name: "Letter", mimeType: `${NATIVE}document` },
      media: { mimeType: "text/plain", body: "Dear {{name}},\nyour review is on {{day}}." },
    },
    senco.there,
  );
  const documentId = (await drive.files.copy({ fileId: template.data.id, requestBody: { name: "To Amara" } })).data.id;
  const before = (await docs.documents.get({ documentId })).data;
  assert.equal(before.title, "To Amara");
  const swap = (text, replaceText) => ({ replaceAllText: { containsText: { text, matchCase: true }, replaceText } });
  const requests = [
    swap("{{name}}", "Amara"),
    swap("{{day}}", "Monday"),
    { insertText: { location: { index: 1 }, text: "Draft\n" } },
    { updateTextStyle: { range: { startIndex: 1, endIndex: 6 }, textStyle: { bold: true }, fields: "bold" } },
  ];
  const writeControl = { requiredRevisionId: before.revisionId };
  const { replies } = (await docs.documents.batchUpdate({ documentId, requestBody: { requests, writeControl } })).data;
  assert.equal(replies[0].replaceAllText.occurrencesChanged, 1);
  const stale = () => docs.documents.batchUpdate({ documentId, requestBody: { requests, writeControl } });
  await refused(stale, 400, "FAILED_PRECONDITION");
  const text = await drive.files.export({ fileId: documentId, mimeType: "text/plain" }, { responseType: "text" });
  assert.match(text.data, /^\ufeff?Draft\r\nDear Amara,\r\nyour review is on Monday\./);
  const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  const docx = await drive.files.export({ fileId: documentId, mimeType: word }, { responseType: "arraybuffer" });
  assert.equal(Buffer.from(docx.data).subarray(0, 2).toString(), "PK");

  const told = { fileId: documentId, emailMessage: "For you", requestBody: READER };
  await drive.permissions.create(told);
  assert.equal((await teacher.docs.documents.get({ documentId })).data.documentId, documentId);
  assert.deepEqual((await sandbox.control("outbox")).map((mail) => mail.to), [TEACHER]);
  const theirs = { documentId, requestBody: { requests: [requests[2]] } };
  await refused(() => teacher.docs.documents.batchUpdate(theirs), 403, "PERMISSION_DENIED");
  await drive.files.delete({ fileId: documentId });
  await refused(() => docs.documents.get({ documentId }), 404, "NOT_FOUND");
});

test("a review is booked, answered, moved, synchronised and cancelled", async () => {
  const { calendars, events, acl, freebusy } = senco.calendar;
  const home = (await calendars.insert({ requestBody: { summary: "Reviews", timeZone: "Europe/London" } })).data.id;
  const at = (hour) => ({ dateTime: `2026-11-25T${hour}:30:00`, timeZone: "Europe/London" });
  const requestBody = {
    summary: "Review",
    start: at(15),
    end: at(16),
    attendees: [{ email: TEACHER }],
    recurrence: ["RRULE:FREQ=MONTHLY;COUNT=3"],
    extendedProperties: { private: { meeting: "M1" } },
  };
  const booked = (await events.insert({ calendarId: home, requestBody, sendUpdates: "all" })).data;
  assert.equal(booked.start.dateTime, "2026-11-25T15:30:00Z");
  const again = { calendarId: home, requestBody: { ...requestBody, id: booked.id } };
  await refused(() => events.insert(again), 409, "duplicate");
  const { data: first } = await all((params) => events.list(params), { calendarId: home, maxResults: 1 }, "items");
  assert.ok(first.nextSyncToken);

  const yes = { attendees: [{ email: TEACHER, responseStatus: "accepted" }] };
  await teacher.calendar.events.patch({ calendarId: "primary", eventId: booked.id, requestBody: yes });
  const changed = (await events.list({ calendarId: home, syncToken: first.nextSyncToken })).data;
  assert.deepEqual(changed.items.map((one) => one.attendees[0].responseStatus), ["accepted"]);
  const quiet = (await events.list({ calendarId: home, syncToken: changed.nextSyncToken })).data;
  assert.deepEqual(quiet.items, []);

  const later = { calendarId: home, eventId: booked.id, requestBody: { start: at(16), end: at(17) } };
  await refused(() => events.patch(later, { headers: { "If-Match": booked.etag } }), 412, "conditionNotMet");
  const fresh = (await events.get({ calendarId: home, eventId: booked.id })).data;
  const moved = await events.patch(later, { headers: { "If-Match": fresh.etag } });
  assert.equal(moved.data.sequence, 1);
  const series = await teacher.calendar.events.instances({ calendarId: "primary", eventId: booked.id });
  const starts = ["2026-11-25T16:30:00Z", "2026-12-25T16:30:00Z", "2027-01-25T16:30:00Z"];
  assert.deepEqual(series.data.items.map((one) => one.start.dateTime), starts);
  const span = { timeMin: "2026-11-25T00:00:00Z", timeMax: "2026-11-26T00:00:00Z", items: [{ id: home }] };
  const { busy } = (await freebusy.query({ requestBody: span })).data.calendars[home];
  assert.deepEqual(busy, [{ start: "2026-11-25T16:30:00Z", end: "2026-11-25T17:30:00Z" }]);

  await refused(() => teacher.calendar.events.list({ calendarId: home }), 404, "notFound");
  await acl.insert({ calendarId: home, requestBody: { role: "reader", scope: { type: "user", value: TEACHER } } });
  assert.equal((await teacher.calendar.events.list({ calendarId: home })).data.accessRole, "reader");
  await events.delete({ calendarId: home, eventId: booked.id });
  await refused(() => events.delete({ calendarId: home, eventId: booked.id }), 410, "deleted");
  await refused(() => events.list({ calendarId: home, syncToken: "unknown" }), 410, "fullSyncRequired");
  await calendars.delete({ calendarId: home });
  await refused(() => calendars.get({ calendarId: home }), 404, "notFound");
});

test("a busy moment is waited out, and a wrong call is not repeated", async () => {
  await sandbox.control("faults", { method: "drive.about.get", nth: 1, status: 503 });
  const about = await senco.drive.about.get({ fields: "user(emailAddress)" });
  assert.deepEqual(about.data, { user: { emailAddress: SENCO } });
  await refused(() => senco.drive.about.get(), 400, "required");
  const calls = (await sandbox.control("journal")).filter((call) => call.method === "drive.about.get");
  assert.deepEqual(calls.map((call) => call.status), [503, 200, 400]);
});

test("a revoked grant ends its access token and its refresh token", async () => {
  const leaver = await sandbox.person("leaver@school.example");
  await leaver.drive.files.list();
  const { access_token, refresh_token } = leaver.auth.credentials;
  await leaver.auth.revokeToken(access_token);
  leaver.auth.setCredentials({ access_token });
  await refused(() => leaver.drive.files.list(), 401, "authError");
  leaver.auth.setCredentials({ refresh_token });
  await assert.rejects(() => leaver.drive.files.list(), (error) => {
    assert.equal(error.status, 400);
    assert.equal(error.response.data.error, "invalid_grant");
    return true;
  });
});
