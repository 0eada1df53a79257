import { expect, test } from 'vitest';
import { FileClient } from '../../../electron/data/files/file-client.ts';

test('F2: an endpoint below a path is asked for its files below that path', async () => {
  const asked: string[] = [];
  const answer = { status: 500, headers: {}, body: Buffer.alloc(0), isCut: false };
  const client = new FileClient({
    post: async ({ pathname }) => {
      asked.push(pathname);
      return { body: { known: [] }, sentBytes: 0, receivedBytes: 0 };
    },
    carry: async ({ pathname }) => {
      asked.push(pathname);
      return answer;
    },
  });
  const credentials = { server: 'https://asin.invalid/registre/', token: 'secret' };
  const { signal } = new AbortController();
  const hash = 'ab'.repeat(32);
  await client.known(credentials, [hash], signal);
  await expect(client.begin(credentials, { fileId: 'f', hash, bytes: 1 }, undefined, signal)).rejects.toThrow();
  await expect(client.receive(credentials, hash, { start: 0, end: 1 }, signal)).rejects.toThrow();
  expect(asked).toHaveLength(3);
  for (const path of asked) expect(path).toMatch(/^\/registre\/v1\//);
});
