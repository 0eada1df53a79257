import fc from 'fast-check';
import { AppError } from '#shared/domain/errors.ts';
import { STRUCTURE_PARENTS } from '#shared/domain/reference-data.ts';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import { STRUCTURE_KINDS, type Structure } from '#shared/schema/structure.ts';
import { ReferenceImports } from '../../../electron/data/reference-data/import/reference-imports.ts';
import { readRows } from '../../../electron/data/reference-data/rows.ts';
import { saveStructure } from '../../../electron/data/reference-data/save.ts';
import type { Register } from '../../../electron/data/register.ts';
import { openTestRegister } from '../../support/register.ts';

const NAMES = ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Écho', 'Foxtrot'] as const;

/** Structures are meant by their place among those that are there, so that most commands meet something. */
const save = fc.record({
  does: fc.constant('save' as const),
  target: fc.nat(8),
  parent: fc.option(fc.nat(8), { nil: undefined }),
  replacedBy: fc.option(fc.nat(8), { nil: undefined }),
  kind: fc.constantFrom(...STRUCTURE_KINDS),
  name: fc.constantFrom(...NAMES),
  isNew: fc.boolean(),
});
const load = fc.record({
  does: fc.constant('import' as const),
  rows: fc.array(
    fc.record({
      name: fc.constantFrom(...NAMES),
      kind: fc.constantFrom('', 'Service', 'Direction', 'Ministère', 'Cabinet'),
      parent: fc.constantFrom('', ...NAMES),
    }),
    { minLength: 1, maxLength: 8 },
  ),
});

type Step = ReturnType<typeof save.generate>['value'] | ReturnType<typeof load.generate>['value'];

function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

function perform(register: Register, step: Step): void {
  if (step.does === 'import') {
    const text = ['Nom;Niveau;Parent', ...step.rows.map(({ name, kind, parent }) => [name, kind, parent].join(';'))];
    const bytes = Buffer.from(text.join('\n'));
    const imports = new ReferenceImports(register);
    const run = () => imports.preview({ target: 'structures', name: 'x.csv', bytes });
    imports.commit({ previewId: run().previewId });
    // R6: the same file a second time changes nothing.
    expect(run().counts).toMatchObject({ created: 0, changed: 0 });
    return;
  }
  const ids = [...readRows(register, 'structures').keys()];
  const at = (place: number | undefined) => (place === undefined ? undefined : ids[place % Math.max(1, ids.length)]);
  const [id, parentId, replacedById] = [step.isNew ? undefined : at(step.target), at(step.parent), at(step.replacedBy)];
  const input: CommandInput<'saveStructure'> = {
    kind: step.kind,
    name: step.name,
    ...(id && { id }),
    ...(parentId && { parentId }),
    ...(replacedById && { replacedById }),
  };
  attempt(() => saveStructure(register, input));
}

function expectTree(rows: ReadonlyMap<string, Structure>): void {
  for (const row of rows.values()) {
    const seen = new Set([row.id]);
    for (let at = row.parentId; at !== undefined; at = rows.get(at)?.parentId) {
      expect(seen.has(at)).toBe(false);
      seen.add(at);
    }
    const parent = row.parentId === undefined ? undefined : rows.get(row.parentId);
    if (parent) expect(STRUCTURE_PARENTS[row.kind]).toContain(parent.kind);
    else expect(row.kind).toBe('ministry');
  }
}

it('R2: whatever commands and imports come, the structures are a tree whose levels go down', () => {
  const register = openTestRegister({ role: 'dsi' });
  fc.assert(
    fc.property(fc.array(fc.oneof({ arbitrary: save, weight: 4 }, load), { minLength: 1, maxLength: 25 }), (steps) => {
      for (const step of steps) perform(register, step);
      expectTree(readRows(register, 'structures'));
      const table = register.table('structures');
      const all = [...readRows(register, 'structures').values()];
      table.put(
        all.map((row) => ({ ...row, _deleted: true })),
        'command',
      );
    }),
    { numRuns: 60 },
  );
});
