// SPDX-License-Identifier: Apache-2.0
// What pages load, in bytes.

// Counts from now on; the function it gives says what has come so far, once the network is at rest:
// {url, plain, wire} for each request, as it is and on the wire with heads. What the browser still had costs nothing.
export async function countBytes(page) {
  const session = await page.context().newCDPSession(page), all = new Map(), earlier = [];
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request, redirectResponse }) => {
    if (redirectResponse) earlier.push({ ...all.get(requestId), wire: redirectResponse.encodedDataLength });
    if (!request.url.startsWith('data:')) all.set(requestId, { url: request.url, plain: 0, wire: 0 });
  });
  session.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (all.has(requestId)) all.get(requestId).plain += dataLength;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (all.has(requestId)) all.get(requestId).wire = encodedDataLength;
  });
  return async () => {
    await page.waitForLoadState('networkidle');
    return [...earlier, ...all.values()];
  };
}
