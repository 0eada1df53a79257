import { randomUUID } from 'node:crypto';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeFile } from '../../support/endpoint-documents.ts';

let endpoint: TestEndpoint;
let device: TestDevice;
let colleague: TestDevice;

beforeAll(async () => {
  endpoint = await startEndpoint();
  device = await endpoint.enrol();
  colleague = await endpoint.enrol();
});
afterAll(() => endpoint.stop());

function removal({ person }: TestDevice) {
  return { at: '2026-11-24T08:00:00.000Z', personId: person.id, name: person.name, role: person.role };
}

async function answerTo(sender: TestDevice, ...push: ReturnType<typeof asRow>[]) {
  return (await sender.exchange(push)).body.answers;
}

it('F1: what is known of a file comes from the person and the device that added it', async () => {
  const foreign = { personId: randomUUID(), name: 'Autre', role: 'dsi' };
  expect(
    await answerTo(
      device,
      asRow('files', makeFile(device)),
      asRow('files', makeFile(device, { author: foreign })),
      asRow('files', makeFile(device, { deviceId: colleague.device.id })),
      asRow('files', makeFile(device, { author: { ...(makeFile(device).author as object), role: 'dsi' } })),
    ),
  ).toMatchObject([
    { outcome: 'accepted' },
    { outcome: 'refused', field: '/newDocumentState/author/personId' },
    { outcome: 'refused', field: '/newDocumentState/deviceId' },
    { outcome: 'refused', field: '/newDocumentState/author/role' },
  ]);
});

it('F1: nothing about a file changes but that it was taken off, by whoever takes it off', async () => {
  const file = makeFile(device);
  const renamed = { ...file, hash: 'b'.repeat(64) };
  const taken = { ...file, removed: removal(colleague) };
  expect(await answerTo(device, asRow('files', file))).toMatchObject([{ outcome: 'accepted' }]);
  expect(await answerTo(device, asRow('files', renamed, file))).toMatchObject([
    { outcome: 'refused', field: '/newDocumentState/hash' },
  ]);
  expect(await answerTo(device, asRow('files', taken, file))).toMatchObject([
    { outcome: 'refused', field: '/newDocumentState/removed/personId' },
  ]);
  expect(await answerTo(colleague, asRow('files', taken, file))).toMatchObject([{ outcome: 'accepted' }]);
  expect(await answerTo(device, asRow('files', file, taken))).toMatchObject([{ outcome: 'accepted' }]);
});

it('A7: a role that only looks attaches nothing', async () => {
  const reader = await endpoint.enrol(undefined, 'consultation');
  expect(await answerTo(reader, asRow('files', makeFile(reader)))).toMatchObject([{ outcome: 'refused' }]);
});
