import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChainProblem, ChainWalk, canonicalEntry } from '#shared/domain/journal-chain.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { performAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import { verifyJournal } from '../../../electron/data/journal/check.ts';
import { nodeCryptography } from '../../../electron/data/journal/cryptography.ts';
import type { Register } from '../../../electron/data/register.ts';
import { inputOf } from '../../support/act-input.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

const DEVICE_ID = '00000000-0000-4000-8000-000000000005';

/** A register with `acts` entries in its journal. */
function fill(register: Register, acts = 6): Movement[] {
  const { id } = createAsset(register, { draft: assetDraft(), status: 'in-stock' });
  for (let act = 1; act < acts; act += 1) {
    if (act % 3 === 0) performAct(register, inputOf(act % 2 === 0 ? 'return' : 'loan', [id]));
    else updateAsset(register, { id, changes: { room: `Bureau ${act}` } });
  }
  return entries(register);
}

function entries(register: Register): Movement[] {
  const { documents } = register.table('movements').changedSince(1000);
  return documents
    .map(({ _deleted, _rev, _meta, _attachments, ...entry }) => entry as unknown as Movement)
    .sort((a, b) => a.deviceSequence - b.deviceSequence);
}

function firstProblem(journal: readonly Movement[]): [number, ChainProblem] | undefined {
  const walk = new ChainWalk(nodeCryptography());
  for (const [place, entry] of journal.entries()) {
    const problem = walk.next(entry);
    if (problem) return [place, problem];
  }
  return undefined;
}

function spliced(journal: readonly Movement[], at: number, removed: number, ...added: Movement[]): Movement[] {
  const copy = [...journal];
  copy.splice(at, removed, ...added);
  return copy;
}

const check = (register: Register) => verifyJournal(register, { isCancelled: () => false, publish: () => undefined });

describe('J5: the journal proves itself', () => {
  test('as it was written it has no problem, and the first entry presents the key', () => {
    const journal = fill(openTestRegister());
    expect(journal).toHaveLength(6);
    expect(firstProblem(journal)).toBeUndefined();
    expect(journal.map(({ chain }) => [chain?.key !== undefined, chain?.previous !== undefined])).toEqual([
      [true, false],
      ...Array.from({ length: 5 }, () => [false, true]),
    ]);
  });

  test('any change of any field of any entry shows at that entry', () => {
    const journal = fill(openTestRegister());
    const tampering = fc.record({
      place: fc.nat(journal.length - 1),
      field: fc.constantFrom('declaredAt', 'assetId', 'author', 'changes', 'reason', 'kind', 'documentNumber', 'id'),
    });
    fc.assert(
      fc.property(tampering, fc.string({ minLength: 1 }), ({ place, field }, text) => {
        const altered = journal.map((entry, index) => (index === place ? { ...entry, [field]: `${text}!` } : entry));
        expect(firstProblem(altered)).toEqual([place, 'altered']);
      }),
      { numRuns: 100 },
    );
  });

  test('an entry left out, repeated or moved shows at the first entry out of place', () => {
    const journal = fill(openTestRegister());
    fc.assert(
      fc.property(fc.nat(journal.length - 2), (place) => {
        expect(firstProblem(spliced(journal, place, 1))).toEqual([place, 'missing']);
        expect(firstProblem(spliced(journal, place, 0, journal[place] as Movement))).toEqual([place + 1, 'missing']);
        const swapped = spliced(journal, place, 2, journal[place + 1] as Movement, journal[place] as Movement);
        expect(firstProblem(swapped)).toEqual([place, 'missing']);
      }),
    );
  });

  test('whoever rewrites an entry with a key of their own is found, and so is one that loses its signature', () => {
    const journal = fill(openTestRegister());
    const { privateKey } = generateKeyPairSync('ed25519');
    const { x = '' } = privateKey.export({ format: 'jwk' });
    const forge = (entry: Movement, chain: Partial<NonNullable<Movement['chain']>>): Movement => {
      const unsigned = { ...entry, reason: 'forged', chain: { ...entry.chain, ...chain, signature: '' } };
      const signature = sign(null, Buffer.from(canonicalEntry(unsigned)), privateKey).toString('base64url');
      return { ...unsigned, chain: { ...unsigned.chain, signature } };
    };
    const third = journal[2] as Movement;
    expect(firstProblem(spliced(journal, 2, 1, forge(third, {})))).toEqual([2, 'altered']);
    expect(firstProblem(spliced(journal, 2, 1, forge(third, { key: x })))).toEqual([2, 'foreign-key']);
    // A first entry may be forged with its key; what follows it was signed with another.
    expect(firstProblem(spliced(journal, 0, 1, forge(journal[0] as Movement, { key: x })))).toEqual([1, 'altered']);
    const { chain: _, ...bare } = third;
    expect(firstProblem(spliced(journal, 2, 1, bare))).toEqual([2, 'unsigned']);
  });

  test('entries of the first version, unsigned, are followed by signed ones that hold on to them', async () => {
    const register = openTestRegister();
    const [first] = fill(register, 1);
    const { chain: _, ...bare } = first as Movement;
    register.table('movements').put([{ ...bare, _deleted: false }], 'test');
    register.connection.run("DELETE FROM meta WHERE key LIKE 'journal.%'");
    updateAsset(register, { id: bare.assetId, changes: { room: 'Bureau 9' } });
    expect(await check(register)).toEqual({
      devices: [{ deviceId: DEVICE_ID, entries: 2, signed: 1 }],
      entries: 2,
      cancelled: false,
    });
    expect(firstProblem([{ ...bare, reason: 'forged' }, ...entries(register).slice(1)])).toEqual([1, 'detached']);
  });

  test('the check of a register names the first bad entry of a device, and tells how far it is', async () => {
    const register = openTestRegister();
    const journal = fill(register, 250);
    const seen: number[] = [];
    const publish = ({ done }: { readonly done: number }) => seen.push(done);
    expect(await verifyJournal(register, { isCancelled: () => false, publish })).toMatchObject({
      devices: [{ entries: 250, signed: 250 }],
    });
    expect(seen).toEqual([100, 200, 250]);
    const bad = journal[120] as Movement;
    register.table('movements').put([{ ...bad, reason: 'rewritten', _deleted: false }], 'test');
    expect((await check(register)).devices).toEqual([
      {
        deviceId: DEVICE_ID,
        entries: 250,
        signed: 120,
        firstBad: { id: bad.id, assetId: bad.assetId, deviceSequence: 121, problem: 'altered' },
      },
    ]);
  });

  test('a failed act leaves no trace in the chain', async () => {
    const register = openTestRegister();
    const [first] = fill(register, 1);
    const id = (first as Movement).assetId;
    expect(() =>
      register.transaction(() => {
        updateAsset(register, { id, changes: { room: 'nowhere' } });
        throw new Error('undone');
      }),
    ).toThrow('undone');
    updateAsset(register, { id, changes: { room: 'Bureau 1' } });
    expect(await check(register)).toMatchObject({ devices: [{ entries: 2, signed: 2 }] });
  });
});
