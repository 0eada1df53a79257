import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lift, lower } from '#shared/protocol/packed/lift.ts';
import { digestRows, type NumberedRow, packRows, StalePatch, unpackRows } from '#shared/protocol/packed/rows.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import { digest, packBody, unpackBody } from '../../../electron/data/replication/packed-body.ts';

const MINISTRY = '0198a000-0000-7000-8000-0000000000aa';
const facts = {
  ministryId: MINISTRY,
  deviceId: '0198a000-0000-7000-8000-0000000000bb',
  person: { personId: '0198a000-0000-7000-8000-0000000000cc', name: 'HOUNKPÈ Sènami', role: 'gestionnaire' },
};
const known = [facts.ministryId, facts.deviceId, facts.person.personId];

const word = fc.oneof(
  fc.uuid(),
  fc.constantFrom(...known),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
  fc.string({ unit: 'binary' }),
  fc.constant('\u0001"\u0002\\'),
);
const value = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(word, tie('tree'), { maxKeys: 4 }),
  ),
})).tree;

describe('the packed wire', () => {
  it('S13: whatever is lifted out of a text comes back as it was', () => {
    fc.assert(
      fc.property(value, (body) => {
        const text = JSON.stringify(body);
        expect(lower(lift(text, known), known)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('S13: a packed body is unpacked to what it was, and a cut or altered one is refused or is another one', async () => {
    await fc.assert(
      fc.asyncProperty(value, fc.nat(), async (body, at) => {
        const packed = await packBody(body, known);
        expect(await unpackBody(packed, known)).toEqual(JSON.parse(JSON.stringify(body)));
        await expect(unpackBody(packed.subarray(0, at % packed.length), known)).rejects.toMatchObject({
          code: 'SYNC_BAD_ANSWER',
        });
      }),
      { numRuns: 100 },
    );
  });

  const field = fc.constantFrom('room', 'brand', 'notes', 'attributes', 'updatedAt', 'holderName');
  const content = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.dictionary(fc.constantFrom('memoryMb', 'processor'), fc.nat()),
  );
  const state = fc.dictionary(field, content, { maxKeys: 5 });
  const asset = (id: string, fields: object): WireDocument => ({
    id,
    _deleted: false,
    ministryId: MINISTRY,
    ...fields,
  });

  const pushed = fc.array(fc.record({ id: fc.uuid(), before: state, after: state, seq: fc.integer({ min: 1 }) }), {
    maxLength: 6,
  });

  /** Edits, each with its entry in the journal, chained or not. */
  function rowsOf(edits: readonly { id: string; before: object; after: object; seq: number }[]): NumberedRow[] {
    let previous = digest('before');
    return edits.flatMap(({ id, before, after, seq }, at): NumberedRow[] => {
      const entry = {
        id: `0198a000-0000-7000-8000-${String(at).padStart(12, '0')}`,
        ministryId: MINISTRY,
        assetId: id,
        kind: at % 3 === 2 ? 'act' : 'update',
        declaredAt: '2026-11-23T10:26:00.000Z',
        author: facts.person,
        deviceId: facts.deviceId,
        deviceSequence: at + 7,
        changes: [],
        chain: { previous, signature: Buffer.alloc(64, at).toString('base64url') },
        _deleted: false,
      };
      previous = digest(String(at));
      return [
        {
          collection: 'assets',
          baseSeq: seq,
          row: { newDocumentState: asset(id, after), assumedMasterState: asset(id, before) },
        },
        { collection: 'movements', row: { newDocumentState: entry } },
      ];
    });
  }

  it('S12: what the endpoint rebuilds from a packed push is the push', () => {
    fc.assert(
      fc.property(pushed, (edits) => {
        const rows = rowsOf(edits.filter((edit, at) => edits.findIndex(({ seq }) => seq === edit.seq) === at));
        const masters = new Map(rows.map(({ baseSeq, row }) => [baseSeq, row.assumedMasterState]));
        // As it travels: JSON has no undefined.
        const packed = JSON.parse(JSON.stringify(packRows(rows, facts, digest)));
        const rebuilt = unpackRows(packed, facts, digest, (seq) => {
          const document = masters.get(seq);
          return document && { collection: 'assets', document };
        });
        expect(rebuilt).toEqual(rows.map(({ collection, row }) => ({ collection, row })));
        expect(digestRows(rebuilt, digest)).toBe(digestRows(rows, digest));
      }),
      { numRuns: 300 },
    );
  });

  it('S12: a patch on a state that the endpoint has not is told apart, and another state changes the digest', () => {
    const rows = rowsOf([
      { id: MINISTRY, before: { room: 'A', brand: 'HP' }, after: { room: 'B', brand: 'HP' }, seq: 3 },
    ]);
    const packed = packRows(rows, facts, digest);
    expect(() => unpackRows(packed, facts, digest, () => undefined)).toThrow(StalePatch);
    const rebuilt = unpackRows(packed, facts, digest, () => ({
      collection: 'assets',
      document: asset(MINISTRY, { room: 'A', brand: 'Dell' }),
    }));
    expect(digestRows(rebuilt, digest)).not.toBe(digestRows(rows, digest));
  });
});
