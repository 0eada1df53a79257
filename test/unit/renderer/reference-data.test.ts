import fc from 'fast-check';
import { makeAttributeKey } from '#shared/domain/reference-data.ts';
import type { TypeContent } from '#shared/schema/equipment-type.ts';
import {
  findDraftFault,
  move,
  newAttribute,
  restore,
  retire,
  toDefinitions,
  toDrafts,
} from '../../../renderer/features/reference-data/attribute-drafts.ts';
import { mayHoldRow, pruneTree, toggle, visibleRows } from '../../../renderer/features/reference-data/tree-rows.ts';
import { buildTree } from '../../../renderer/store/tree.ts';

const tree = buildTree([
  { id: 'r', name: 'Ministère' },
  { id: 'a', parentId: 'r', name: 'Direction A', isRetired: true },
  { id: 'a1', parentId: 'a', name: 'Service du courrier' },
  { id: 'b', parentId: 'r', name: 'Direction B' },
  { id: 'b1', parentId: 'b', name: 'Service des réseaux', isRetired: true },
]);
const CLOSED = { base: 'none', toggled: new Set<string>() } as const;
const ids = (view: Partial<Parameters<typeof visibleRows>[1]>) =>
  visibleRows(tree, { openness: CLOSED, firstLevels: 1, search: '', withRetired: false, ...view }).map(
    ({ entry }) => entry.id,
  );

describe('the rows of a tree', () => {
  it('are those whose way is open', () => {
    expect(ids({})).toEqual(['r']);
    expect(ids({ openness: { base: 'first-levels', toggled: new Set() } })).toEqual(['r', 'a', 'b']);
    expect(ids({ openness: toggle(CLOSED, 'r') })).toEqual(['r', 'a', 'b']);
    expect(ids({ openness: toggle(toggle(CLOSED, 'r'), 'r') })).toEqual(['r']);
  });

  it('R1: leave out what is no longer in use, unless something in use hangs under it', () => {
    const all = { base: 'all', toggled: new Set<string>() } as const;
    expect(ids({ openness: all })).toEqual(['r', 'a', 'a1', 'b']);
    expect(ids({ openness: all, withRetired: true })).toEqual(['r', 'a', 'a1', 'b', 'b1']);
  });

  it('open the way to what a search finds', () => {
    expect(ids({ search: 'courr' })).toEqual(['r', 'a', 'a1']);
    expect(ids({ search: 'reseaux' })).toEqual([]);
    expect(ids({ search: 'reseaux', withRetired: true })).toEqual(['r', 'b', 'b1']);
  });

  it('offer as a parent nothing of the node itself nor below it', () => {
    const rows = new Map(tree.entries.map(({ id }) => [id, { kind: 'service' }]));
    expect(pruneTree(tree, mayHoldRow('a', rows, ['service'])).entries.map(({ id }) => id)).toEqual(['r', 'b', 'b1']);
  });
});

describe('the characteristics of a type while they are edited', () => {
  const content: TypeContent = {
    nature: 'hardware',
    attributes: [
      { key: 'powerVa', label: 'Puissance', kind: 'number', unit: 'VA', isRequired: true },
      { key: 'technology', label: 'Technologie', kind: 'choice', choices: ['Laser', 'Matricielle'] },
    ],
    retired: [{ key: 'color', label: 'Couleur', kind: 'boolean' }],
  };

  it('come back as they were when nothing was changed', () => {
    expect({ nature: 'hardware', ...toDefinitions(toDrafts(content)) }).toEqual(content);
  });

  it('keep their keys whatever is renamed or moved; a new one gets a key of its own', () => {
    const draft = move(toDrafts(content), 0, 1);
    const [first, second] = draft.attributes;
    if (!first || !second) throw new Error('Both are there');
    const added = { ...newAttribute(draft), label: 'Power VA' };
    const next = { ...draft, attributes: [{ ...first, label: 'Procédé' }, second, added] };
    expect(toDefinitions(next).attributes.map(({ key, label }) => [key, label])).toEqual([
      ['technology', 'Procédé'],
      ['powerVa', 'Puissance'],
      ['powerVa2', 'Power VA'],
    ]);
  });

  it('R4: a saved one is retired and may be restored, a new one is forgotten', () => {
    const draft = toDrafts(content);
    const [power] = draft.attributes;
    if (!power) throw new Error('It is there');
    const without = retire(draft, power);
    expect(toDefinitions(without).retired?.map(({ key }) => key)).toEqual(['color', 'powerVa']);
    expect(toDefinitions(restore(without, power)).attributes.map(({ key }) => key)).toEqual(['technology', 'powerVa']);
    const added = newAttribute(draft);
    expect(retire({ ...draft, attributes: [...draft.attributes, added] }, added)).toEqual(draft);
  });

  it('say what is missing: a label, the choices of a choice', () => {
    const draft = toDrafts(content);
    const added = newAttribute(draft);
    const withOne = (part: object) => ({ ...draft, attributes: [...draft.attributes, { ...added, ...part }] });
    expect(findDraftFault(draft)).toBeUndefined();
    expect(findDraftFault(withOne({}))).toEqual({ id: added.id, field: 'label' });
    expect(findDraftFault(withOne({ label: 'X', kind: 'choice' }))).toEqual({ id: added.id, field: 'choices' });
  });

  it('R3: every label gives a key that the schema takes and nobody has', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
        fc.array(fc.string()),
        (label, taken) => {
          const first = makeAttributeKey(label, taken);
          expect(first).toMatch(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/);
          expect(taken).not.toContain(first);
          expect(makeAttributeKey(label, [...taken, first])).not.toBe(first);
        },
      ),
    );
  });
});
