import { connect, createServer } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type CountingProxy, type Line, startCountingProxy } from '../../support/counting-proxy.ts';

/** Says back what it hears. */
async function startEcho(): Promise<string> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The echo has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function startProxy(line: Line): Promise<CountingProxy> {
  const proxy = await startCountingProxy(await startEcho());
  onTestFinished(() => proxy.close());
  proxy.setLine(line);
  return proxy;
}

/** Sends it and ends; answers all that came back until the connection ended, in whatever way. */
async function say(proxy: CountingProxy, text: Buffer): Promise<Buffer> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(proxy.address).port) });
  const heard: Buffer[] = [];
  socket.on('error', () => {});
  socket.on('data', (data: Buffer) => heard.push(data));
  socket.end(text);
  await new Promise((resolve) => socket.on('close', resolve));
  return Buffer.concat(heard);
}

test('every byte arrives in its order and is counted once, at any speed and from any distance', async () => {
  const lines = fc.record({
    bytesPerSecond: fc.option(fc.integer({ min: 200_000, max: 5_000_000 }), { nil: undefined }),
    delay: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  });
  const texts = fc.uint8Array({ minLength: 1, maxLength: 20_000 });
  const proxy = await startProxy({});
  await fc.assert(
    fc.asyncProperty(lines, texts, async (line, bytes) => {
      proxy.setLine(line);
      proxy.reset();
      const text = Buffer.from(bytes);
      expect((await say(proxy, text)).equals(text)).toBe(true);
      expect(proxy.traffic).toEqual({ up: text.length, down: text.length, connections: 1, cuts: 0 });
    }),
    { numRuns: 25 },
  );
});

test('a slow line takes as long as its bytes and its distance ask, both ways', async () => {
  const proxy = await startProxy({ bytesPerSecond: 20_000, delay: 50 });
  const begun = performance.now();
  await say(proxy, Buffer.alloc(4000));
  // Opening 100 ms, 4,000 bytes 200 ms, there and back 100 ms; the answer follows piece by piece.
  expect(performance.now() - begun).toBeGreaterThanOrEqual(395);
});

test('the line is cut after exactly its bytes, and again after as many, however many connections carry them', async () => {
  const proxy = await startProxy({ cutEvery: 10_000 });
  for (const cuts of [1, 2]) {
    const heard = await say(proxy, Buffer.alloc(9000, 'a'));
    expect(heard.length).toBeLessThanOrEqual(1000);
    const { up, down } = proxy.traffic;
    expect({ bytes: up + down, cuts: proxy.traffic.cuts }).toEqual({ bytes: cuts * 10_000, cuts });
  }
  proxy.reset();
  for (const _ of [1, 2, 3, 4, 5]) expect(await say(proxy, Buffer.alloc(900))).toHaveLength(900);
  expect((await say(proxy, Buffer.alloc(900))).length).toBeLessThan(900);
  expect(proxy.traffic).toMatchObject({ connections: 6, cuts: 1 });
});

test('the bytes before a cut count from when the line was set: what went over it before says nothing', async () => {
  const proxy = await startProxy({});
  await say(proxy, Buffer.alloc(5000));
  for (const bytes of [700, 1300]) {
    proxy.setLine({ cutEvery: bytes });
    proxy.reset();
    await say(proxy, Buffer.alloc(900));
    const { up, down, cuts } = proxy.traffic;
    expect({ bytes: up + down, cuts }).toEqual({ bytes, cuts: 1 });
  }
});

test('a line that is down takes no connection', async () => {
  const proxy = await startProxy({ isDown: true });
  expect(await say(proxy, Buffer.from('hello'))).toHaveLength(0);
  expect(proxy.traffic).toEqual({ up: 0, down: 0, connections: 0, cuts: 0 });
});
