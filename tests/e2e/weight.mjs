// SPDX-License-Identifier: Apache-2.0
// What pages load, in bytes.
const TOLD_WITHIN = 5000;

// {begin(), end()}: `end` says what has come since `begin`: {url, type, plain, wire} for each request, as it is and on
// the wire with heads. What the browser still had costs nothing, unless `fresh`: then it keeps nothing.
export async function countBytes(page, { fresh = false } = {}) {
  const session = await page.context().newCDPSession(page), all = new Map(), earlier = [];
  await session.send('Network.enable');
  if (fresh) await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  session.on('Network.requestWillBeSent', ({ requestId, request, type, redirectResponse }) => {
    if (redirectResponse) earlier.push({ ...all.get(requestId), wire: redirectResponse.encodedDataLength });
    if (!request.url.startsWith('data:')) all.set(requestId, { url: request.url, type, plain: 0, wire: 0 });
  });
  session.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (all.has(requestId)) all.get(requestId).plain += dataLength;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (all.has(requestId)) Object.assign(all.get(requestId), { wire: encodedDataLength, ended: true });
  });
  // The page was left before it was there, or the answer is a file to keep.
  session.on('Network.loadingFailed', ({ requestId }) => all.delete(requestId));
  return {
    begin() {
      all.clear();
      earlier.length = 0;
    },
    // Heads and ends of answers are told a little later than the page.
    async end() {
      await page.waitForLoadState('load');
      for (let waited = 0; waited < TOLD_WITHIN && [...all.values()].some(({ ended }) => !ended); waited += 10) {
        await new Promise((later) => { setTimeout(later, 10); });
      }
      return [...earlier, ...all.values()];
    },
  };
}
