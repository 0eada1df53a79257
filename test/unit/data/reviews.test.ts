import type { Role } from '#shared/domain/roles.ts';
import type { Movement } from '#shared/schema/movement.ts';
import type { Review } from '#shared/schema/review.ts';
import { undoAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import { readAsset } from '../../../electron/data/commands/assets.ts';
import { mergeAssets } from '../../../electron/data/commands/merge-assets.ts';
import type { Register } from '../../../electron/data/register.ts';
import { toWire } from '../../../electron/data/replication/wire-document.ts';
import { decideReview, decideReviews, takeReview } from '../../../electron/data/reviews/decide.ts';
import { getReviewFacts } from '../../../electron/data/reviews/facts.ts';
import { readReview } from '../../../electron/data/reviews/rows.ts';
import { undoDecision } from '../../../electron/data/reviews/undo-decision.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

let made = 0;

function addAsset(register: Register, fields: Parameters<typeof assetDraft>[0] = {}): string {
  made += 1;
  const draft = assetDraft({ serialNumber: `SN-${made}`, room: 'A1', ...fields });
  return createAsset(register, { draft, status: 'in-stock' }).id;
}

function addReview(register: Register, documentId: string, fields: Partial<Review> = {}): string {
  made += 1;
  const { ministry, device } = register.identity.require();
  const review: Review = {
    id: `00000000-0000-8000-8000-${String(made).padStart(12, '0')}`,
    ministryId: ministry.id,
    kind: 'same-field',
    state: 'open',
    collectionName: 'assets',
    documentId,
    fields: [{ field: 'room', base: 'A0', mine: 'B2', theirs: 'A1' }],
    deviceId: device.id,
    openedAt: register.instant(),
    ...fields,
  };
  register.table('reviews').put([{ ...review, _deleted: false }], 'endpoint');
  return review.id;
}

function entries(register: Register): Movement[] {
  const { documents } = register.table('movements').changedSince(Number.POSITIVE_INFINITY);
  return documents.map((stored) => toWire(stored) as unknown as Movement);
}

const refusing = (act: () => unknown, error: object) => expect(act).toThrowError(expect.objectContaining(error));

test('V4: field by field: one is kept, one taken, one written anew, by one entry, and all is taken back at once', () => {
  const register = openTestRegister();
  const asset = addAsset(register, { brand: 'Dell', attributes: { memoryMb: 8192 } });
  const id = addReview(register, asset, {
    fields: [
      { field: 'attributes.memoryMb', mine: 16384, theirs: 8192 },
      { field: 'brand', mine: 'HP', theirs: 'Dell' },
      { field: 'room', mine: 'B2', theirs: 'A1' },
    ],
  });
  const { actId } = decideReview(register, {
    id,
    values: [
      { field: 'attributes.memoryMb', choice: 'mine' },
      { field: 'brand', choice: 'theirs' },
      { field: 'room', choice: 'other', value: 'C3' },
    ],
    note: 'Vu sur place',
  });
  expect(readAsset(register, asset)).toMatchObject({ brand: 'Dell', room: 'C3', attributes: { memoryMb: 16384 } });
  expect(readReview(register, id)).toMatchObject({
    state: 'resolved',
    decision: { outcome: 'mixed', note: 'Vu sur place' },
  });
  expect(entries(register).filter(({ kind }) => kind === 'review')).toMatchObject([
    {
      reviewId: id,
      reason: 'Vu sur place',
      changes: [
        { field: 'attributes.memoryMb', from: 8192, to: 16384 },
        { field: 'room', from: 'A1', to: 'C3' },
      ],
    },
  ]);
  undoAct(register, { actId });
  expect(readAsset(register, asset)).toMatchObject({ room: 'A1', attributes: { memoryMb: 8192 } });
  expect(readReview(register, id)).toMatchObject({ state: 'open' });
});

test('V4: a decision that was built upon is not taken back, and nothing is half done', () => {
  const register = openTestRegister();
  const assets = [addAsset(register), addAsset(register)];
  const ids = assets.map((asset) => addReview(register, asset));
  const { actId } = decideReviews(register, { ids, answer: 'taken' });
  updateAsset(register, { id: assets[1] ?? '', changes: { room: 'Z9' } });
  const before = entries(register).length;
  refusing(() => undoDecision(register, { actId }), { code: 'COMMAND_CONFLICT' });
  expect(readAsset(register, assets[0] ?? '')).toMatchObject({ room: 'B2' });
  expect(entries(register)).toHaveLength(before);
});

test('V4, A8: of many, all are decided or none: the one that cannot be is refused with the others', () => {
  const register = openTestRegister();
  const asset = addAsset(register);
  const [open, decided] = [addReview(register, asset), addReview(register, asset, { state: 'resolved' })];
  refusing(() => decideReviews(register, { ids: [open, decided], answer: 'kept' }), { code: 'COMMAND_CONFLICT' });
  refusing(() => decideReviews(register, { ids: [open], answer: 'separate' }), { code: 'COMMAND_INVALID' });
  expect(readReview(register, open)).toMatchObject({ state: 'open' });
});

test('V4: a decision names every field of its review and no other', () => {
  const register = openTestRegister();
  const id = addReview(register, addAsset(register));
  refusing(() => decideReview(register, { id, values: [{ field: 'brand', choice: 'mine' }] }), {
    code: 'COMMAND_INVALID',
    details: { field: 'room', problem: 'required' },
  });
});

test('V4, A5: a value that breaks the record is refused, and the review stays open', () => {
  const register = openTestRegister();
  const id = addReview(register, addAsset(register), { fields: [{ field: 'designation', theirs: 'A' }] });
  refusing(() => decideReviews(register, { ids: [id], answer: 'taken' }), { code: 'COMMAND_INVALID' });
  expect(readReview(register, id)).toMatchObject({ state: 'open' });
});

test('V1: of an edit after a leave all is taken but what would bring the asset back', () => {
  const register = openTestRegister();
  const asset = addAsset(register);
  const fields = [
    { field: 'room', mine: 'B2', theirs: 'A1' },
    { field: 'status', mine: 'in-repair', theirs: 'in-stock' },
  ];
  const id = addReview(register, asset, { kind: 'edit-after-exit', fields });
  refusing(
    () => decideReview(register, { id, values: fields.map(({ field }) => ({ field, choice: 'mine' as const })) }),
    { code: 'COMMAND_INVALID', details: { field: 'status', problem: 'left' } },
  );
  decideReviews(register, { ids: [id], answer: 'taken' });
  expect(readAsset(register, asset)).toMatchObject({ status: 'in-stock', room: 'B2' });
});

test.each<[Role, string, boolean]>([
  ['technicien', 'assets', true],
  ['rssi', 'assets', true],
  ['consultation', 'assets', false],
  ['technicien', 'structures', false],
  ['dsi', 'structures', true],
])('V3, A7: a %s may take over and decide what is about %s: %s', (role, collectionName, isAllowed) => {
  const register = openTestRegister({ role });
  const id = addReview(register, 'x', { collectionName, kind: 'twin', fields: [] });
  const acts = [
    () => takeReview(register, { ids: [id] }),
    () => decideReviews(register, { ids: [id], answer: 'separate' }),
  ];
  for (const act of acts) {
    if (isAllowed) act();
    else refusing(act, { code: 'COMMAND_FORBIDDEN' });
  }
  const { person } = register.identity.require();
  if (isAllowed) expect(readReview(register, id)).toMatchObject({ owner: { personId: person.id }, state: 'resolved' });
});

test('V2, A12: twins that are merged ask nobody any more; parted again, they ask again', () => {
  const register = openTestRegister();
  const [one, other] = [addAsset(register), addAsset(register)];
  const id = addReview(register, one, { kind: 'twin', otherId: other, fields: [{ field: 'serialNumber' }] });
  const { actId } = mergeAssets(register, { keepId: other, otherId: one, changes: {}, reason: 'Saisi deux fois' });
  expect(readReview(register, id)).toMatchObject({ state: 'resolved', decision: { outcome: 'merged', actId } });
  refusing(() => undoDecision(register, { actId }), { code: 'COMMAND_INVALID' });
  undoAct(register, { actId });
  expect(readReview(register, id)).toMatchObject({ state: 'open' });
});

test('V6: a review tells who gave each value and what the record says now', () => {
  const register = openTestRegister();
  const asset = addAsset(register);
  updateAsset(register, { id: asset, changes: { room: 'B2' } });
  updateAsset(register, { id: asset, changes: { room: 'C3' } });
  const { person, device } = register.identity.require();
  const author = { name: person.name, deviceId: device.id };
  expect(getReviewFacts(register, { id: addReview(register, asset) })).toMatchObject({
    fields: [{ field: 'room', now: 'C3', mine: author, theirs: author }],
    isHere: false,
  });
});
