import { expect, test } from 'vitest';
import { createAsset } from '../../../electron/data/commands/asset-commands.ts';
import { applyAnswer } from '../../../electron/data/replication/exchange.ts';
import { toWire } from '../../../electron/data/replication/wire-document.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

test('A2, J4: numbers that this device used before a backup was restored are not given again', () => {
  const before = openTestRegister();
  const used = [1, 2, 3].map((n) =>
    createAsset(before, { draft: assetDraft({ serialNumber: `SN-${n}` }), status: 'in-stock' }),
  );
  const rows = (['assets', 'movements'] as const).flatMap((collection) =>
    before
      .table(collection)
      .changedSince(10)
      .documents.map((document) => ({ collection, document: toWire(document) })),
  );
  // The same device with an older file: it knows nothing of the three until it pulls.
  const restored = openTestRegister();
  const documents = rows.map((row, index) => ({ ...row, seq: index + 1 }));
  const answer = { protocol: 1, answers: [], documents, checkpoint: { seq: 6 }, more: false, time: '' };
  applyAnswer(restored, [], answer);
  const { reference } = createAsset(restored, { draft: assetDraft({ serialNumber: 'SN-4' }), status: 'in-stock' });
  expect(used.map((asset) => asset.reference)).not.toContain(reference);
  expect(reference).toContain('-0004-');
  const places = restored
    .table('movements')
    .changedSince(10)
    .documents.map(({ deviceSequence }) => deviceSequence);
  expect(places).toEqual([1, 2, 3, 4]);
});
