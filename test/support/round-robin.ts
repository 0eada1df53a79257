import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RoundRobin = { readonly address: string; close(): Promise<void> };

/** What stands in front of several instances: each request goes to the next one. */
export async function startRoundRobin(upstreams: readonly string[]): Promise<RoundRobin> {
  let next = 0;
  const server = createServer((incoming, outgoing) => {
    const upstream = upstreams[next % upstreams.length];
    next += 1;
    const { method, headers, url = '/' } = incoming;
    const forwarded = request(new URL(url, upstream), { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('close', () => outgoing.destroy());
    });
    forwarded.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
