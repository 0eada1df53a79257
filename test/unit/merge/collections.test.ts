import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { hasLeftForGood } from '#shared/domain/departure.ts';
import { mergeOf } from '#shared/merge/collections.ts';
import { readField, writeField } from '#shared/merge/field-path.ts';
import { diffRow, journaledValue } from '#shared/merge/row-changes.ts';
import { type Fields, isSame } from '#shared/merge/three-way.ts';
import { ASSET_STATUSES } from '#shared/schema/asset.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';

const ID = '00000000-0000-4000-8000-00000000000';
const id = fc.integer({ min: 0, max: 3 }).map((digit) => `${ID}${digit}`);

type Shape = {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
};

/** By a piece of their pattern; texts without one are any. */
const TEXTS: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ['^[0-9a-f]{8}', id],
  ['[0-9a-f]{64}', fc.constantFrom('a'.repeat(64), 'b'.repeat(64))],
  ['\\d{4}(-', fc.constantFrom('2020', '2021-05', '2022-01-31')],
  ['T\\d\\d', fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z')],
  ['01\\d{8}', fc.constantFrom('0190000001', '0190000002')],
];

/** Few values, so that sides agree as often as they differ. */
function arbitraryOf(schema: Shape): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.properties) return recordOf(schema);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer' || schema.type === 'number') return fc.integer({ min: 1, max: 3 });
  return TEXTS.find(([piece]) => schema.pattern?.includes(piece))?.[1] ?? fc.constantFrom('AB', 'CD', 'EF');
}

function recordOf({ properties = {}, required = [] }: Shape): fc.Arbitrary<Fields> {
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      name === 'id' || name === 'ministryId' ? fc.constant(`${ID}0`) : (SPECIAL[name] ?? arbitraryOf(schema)),
    ]),
  );
  return fc.record(model, { requiredKeys: [...required], noNullPrototype: true });
}

const attribute = fc.record({
  key: fc.constantFrom('cpu', 'ram', 'disk'),
  label: fc.constantFrom('A', 'B'),
  kind: fc.constantFrom('text', 'number'),
});
const attributes = fc.uniqueArray(attribute, { selector: ({ key }) => key, maxLength: 3 });

/** Fields whose schema says less than what they hold. */
const SPECIAL: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  aliases: fc.uniqueArray(fc.constantFrom('X', 'Y', 'Z'), { minLength: 1 }),
  attributes: fc.dictionary(fc.constantFrom('cpu', 'ram'), fc.constantFrom('1', '2'), {
    minKeys: 1,
    noNullPrototype: true,
  }),
  licences: fc.dictionary(id, fc.integer({ min: 1, max: 2 }), { minKeys: 1, noNullPrototype: true }),
  contracts: fc.dictionary(id, fc.constant(true), { minKeys: 1, noNullPrototype: true }),
  origin: fc.constantFrom({ ministry: 'MS', assetId: `${ID}1`, reference: 'A' }),
  wiping: fc.constantFrom({ method: 'A', date: '2020' }, { method: 'B', date: '2021' }),
  content: fc.oneof(
    fc.record({ nature: fc.constant('hardware'), attributes }, { noNullPrototype: true }),
    fc.record({ taxNumber: fc.constantFrom('1', '2'), phone: fc.constant('0190000001') }, { noNullPrototype: true }),
  ),
};

const MERGED = COLLECTIONS.filter(({ name, appendOnly }) => !appendOnly && name !== 'reviews');

/** Every value of a row by its place, the keyed ones one by one. */
function places(row: Fields, other: Fields): string[] {
  return [...new Set([...Object.keys(row), ...Object.keys(other)])].flatMap((field) => {
    if (field === 'aliases') return [];
    if (!['attributes', 'licences', 'contracts', 'content'].includes(field)) return [field];
    const keys = [row, other].flatMap((side) => keysOf(field, side[field]));
    return [...new Set(keys)].map((key) => `${field}.${key}`);
  });
}

function keysOf(field: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    field === 'content' && Array.isArray(inner) ? inner.map((one) => `${key}.${one.key}`) : [key],
  );
}

describe.each(MERGED.map((definition) => [definition.name, definition] as const))('merging %s', (name, definition) => {
  const merge = mergeOf(name);
  // TypeBox schemas are JSON schemas.
  const row = recordOf(definition.document as Shape);

  test('M5: two equal rows are no conflict and stay as they are', () => {
    fc.assert(
      fc.property(fc.option(row, { nil: undefined }), row, (base, both) => {
        const { merged, conflicts } = merge(base, both, both);
        expect(conflicts).toEqual([]);
        expect(isSame(merged, both)).toBe(true);
      }),
    );
  });

  test('M2: what one side left as it was takes the other side’s row', () => {
    fc.assert(
      fc.property(row, row, (base, changed) => {
        for (const result of [merge(base, changed, base), merge(base, base, changed)]) {
          expect(result.conflicts).toEqual([]);
          expect(isSame(result.merged, changed)).toBe(true);
        }
      }),
    );
  });

  test('M1: whichever side is the endpoint’s, the same is disputed, and where nothing is, the same comes of it', () => {
    fc.assert(
      fc.property(row, row, row, (base, mine, theirs) => {
        const [here, there] = [merge(base, mine, theirs), merge(base, theirs, mine)];
        const fields = ({ conflicts }: typeof here) => new Set(conflicts.map(({ field }) => field));
        expect(fields(here)).toEqual(fields(there));
        if (here.conflicts.length === 0) expect(isSame(sorted(here.merged), sorted(there.merged))).toBe(true);
      }),
    );
  });

  test('M1: once merged, meeting the endpoint’s row again changes nothing', () => {
    fc.assert(
      fc.property(row, row, row, (base, mine, theirs) => {
        const { merged } = merge(base, mine, theirs);
        const again = merge(theirs, merged, theirs);
        expect(again.conflicts).toEqual([]);
        expect(isSame(again.merged, merged)).toBe(true);
      }),
    );
  });

  test('M1, V6: no value is lost: what a side changed is in the row or in a conflict', () => {
    fc.assert(
      fc.property(row, row, row, (base, mine, theirs) => {
        // A dispatch gives way to its receipt (M6): where the asset is then is told by one of them.
        fc.pre(name !== 'assets' || ![mine, theirs].some(({ status }) => status === 'in-transit'));
        const { merged, conflicts } = merge(base, mine, theirs);
        const kept = new Set(conflicts.map(({ field }) => field));
        for (const side of [mine, theirs]) {
          for (const place of places(base, side)) {
            const value = readField(side, place);
            if (isSame(value, readField(base, place)) || place === 'updatedAt') continue;
            const isKept = [...kept].some((field) => place === field || place.startsWith(`${field}.`));
            const isThere = isSame(readField(merged, place), value);
            expect(isKept || isThere, `${place} of ${JSON.stringify({ base, mine, theirs, merged })}`).toBe(true);
          }
        }
      }),
    );
  });

  test('V4: every disputed value can be written where it belongs', () => {
    fc.assert(
      fc.property(row, row, row, (base, mine, theirs) => {
        const { merged, conflicts } = merge(base, mine, theirs);
        for (const { field, mine: value, theirs: standing } of conflicts) {
          expect(isSame(readField(merged, field), standing), field).toBe(true);
          const written = writeField(merged, field, value);
          expect(isSame(readField(written, field), value), field).toBe(true);
        }
      }),
    );
  });

  test('the generated rows are rows of the collection', () => {
    fc.assert(
      fc.property(row, (generated) => {
        expect(Value.Check(definition.document, generated)).toBe(true);
      }),
    );
  });
});

/** Lists whose order depends on who was first. */
function sorted(row: Fields): unknown {
  return JSON.parse(
    JSON.stringify(row, (_, value) =>
      Array.isArray(value) ? [...value].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))) : value,
    ),
  );
}

test('V1: what is disposed, ceded, destroyed, handed over or merged has left for good; nothing else has', () => {
  expect(ASSET_STATUSES.filter(hasLeftForGood)).toEqual(['disposed', 'ceded', 'destroyed', 'transferred', 'merged']);
});

describe('merging reviews', () => {
  const merge = mergeOf('reviews');
  const open = { id: 'r', state: 'open', openedAt: '1' };
  const decided = (outcome: string, actId: string): Fields => ({
    ...open,
    state: 'resolved',
    decision: { outcome, actId },
  });

  test('V5: the endpoint’s decision stands, the other is kept beside it', () => {
    const [mine, theirs] = [decided('taken', 'a'), decided('kept', 'b')];
    expect(merge(open, mine, theirs)).toEqual({ merged: { ...theirs, overruled: [mine.decision] }, conflicts: [] });
  });

  test('V5: a decision stands over an opening, whoever opened first', () => {
    const mine = decided('taken', 'a');
    expect(merge(undefined, mine, { ...open, openedAt: '0' }).merged).toEqual({ ...mine, openedAt: '0' });
  });

  test('V5: one that was taken back is open; a decision made meanwhile is kept beside', () => {
    const before = decided('taken', 'a');
    expect(merge(before, open, before).merged).toEqual(open);
    const again = decided('kept', 'b');
    expect(merge(before, again, open).merged).toEqual({ ...open, overruled: [again.decision] });
  });

  test('V5: two records that were merged are one, whatever was said of them elsewhere', () => {
    const [merged, separate] = [decided('merged', 'a'), decided('separate', 'b')];
    for (const [mine, theirs] of [
      [merged, separate],
      [separate, merged],
    ] as const) {
      expect(merge(open, mine, theirs).merged).toEqual({ ...merged, overruled: [separate.decision] });
    }
  });
});

const REFERENCE_DATA = ['structures', 'sites', 'references', 'agents'];
const TOLD = MERGED.filter(({ name }) => REFERENCE_DATA.includes(name));

test.each(TOLD.map((definition) => [definition.name, definition] as const))(
  'R7: of %s the journal names what an edit changed as a conflict does',
  (name, definition) => {
    const merge = mergeOf(name);
    // TypeBox schemas are JSON schemas.
    const row = recordOf(definition.document as Shape);
    fc.assert(
      fc.property(row, row, row, (base, mine, theirs) => {
        const told = diffRow(base, mine, (text) => text);
        for (const { field, mine: value } of merge(base, mine, theirs).conflicts) {
          // A list's row that begins or ends to hold something is in conflict as a whole, and told piece by piece.
          if (field === 'content') continue;
          expect(told).toContainEqual(expect.objectContaining({ field, to: journaledValue(value) }));
        }
      }),
    );
  },
);
