// What the tour asks more than once: a refusal, every page of a list, an upload in pieces.
import assert from "node:assert/strict";

/** The call is refused with Google's status and, where Drive or Calendar answers, its reason. */
export async function refused(call, status, told) {
  await assert.rejects(call, (error) => {
    assert.equal(error.status, status);
    assert.equal(Number(error.code), status);
    const sent = error.response.data.error;
    assert.equal(sent.code, status);
    assert.equal(sent.errors?.[0].reason ?? sent.status, told);
    return true;
  });
}

/** Every page of a list, and the last page itself. */
export async function all(list, params, key) {
  const found = [];
  for (let asked = params; ; ) {
    const { data } = await list(asked);
    found.push(...data[key]);
    if (!data.nextPageToken) return { found, data };
    asked = { ...params, pageToken: data.nextPageToken };
  }
}

/** A resumable upload as Google's guide has it: open a session, send pieces, take 308 until the last. */
export async function inPieces({ auth, rootUrl }, metadata, data, size) {
  const opened = await auth.request({
    url: `${rootUrl}upload/drive/v3/files?uploadType=resumable`,
    method: "POST",
    headers: { "X-Upload-Content-Type": "application/octet-stream", "X-Upload-Content-Length": `${data.length}` },
    data: metadata,
  });
  for (let from = 0; ; from += size) {
    const piece = data.subarray(from, from + size);
    const answer = await auth.request({
      url: opened.headers.get("location"),
      method: "PUT",
      headers: { "Content-Range": `bytes ${from}-${from + piece.length - 1}/${data.length}` },
      data: piece,
      validateStatus: (status) => status === 308 || status === 200,
    });
    if (answer.status === 200) return answer.data;
    assert.equal(answer.headers.get("range"), `bytes=0-${from + piece.length - 1}`);
  }
}
