import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RegisterService } from '../../../electron/data/service.ts';
import type { SqlParameters } from '../../../electron/data/sqlcipher/connection.ts';
import type { RegisterDatabase } from '../../../renderer/store/database.ts';
import { MINISTRY_ID } from '../../support/asset-draft.ts';
import { pulledAsset } from '../../support/crash-load.ts';
import { temporaryDirectory } from '../../support/storage.ts';
import { createMarked, makeEnrolledService } from '../../support/storage-facts.ts';
import { openWindow, type TestWindow } from '../../support/storage-window.ts';

const RENDERER = fileURLToPath(new URL('../../../renderer/', import.meta.url));
const IDS = Array.from({ length: 50 }, (_, row) => pulledAsset(1, row * 7).id);

type Screen = { readonly file: string; readonly asks: string; run(database: RegisterDatabase): Promise<unknown> };

/** The latest entries of one asset. */
function journalOf(file: string, limit: number): Screen {
  return {
    file,
    asks: 'movements.find',
    run: ({ movements }) =>
      movements
        .find({
          selector: { assetId: IDS[3] ?? '' },
          sort: [{ assetId: 'desc' }, { declaredAt: 'desc' }, { id: 'desc' }],
          limit,
        })
        .exec(),
  };
}

/** Every question with a selector that a screen asks RxDB, as it asks it. A new one is added here. */
const SCREENS: readonly Screen[] = [
  {
    file: 'store/directory.tsx',
    asks: 'structures.find',
    run: ({ structures }) => structures.find().exec(),
  },
  { file: 'store/directory.tsx', asks: 'sites.find', run: ({ sites }) => sites.find().exec() },
  {
    file: 'store/directory.tsx',
    asks: 'references.find',
    run: ({ references }) => references.find({ sort: [{ kind: 'asc' }, { label: 'asc' }] }).exec(),
  },
  {
    file: 'store/saved-views.ts',
    asks: 'references.find',
    run: ({ references }) =>
      references
        .find({ selector: { kind: 'saved-view' }, sort: [{ kind: 'asc' }, { label: 'asc' }, { id: 'asc' }] })
        .exec(),
  },
  journalOf('features/asset/history.tsx', 51),
  journalOf('features/asset/change-map-section.tsx', 14),
  journalOf('features/asset/stock-section.tsx', 200),
  {
    file: 'features/files/asset-files.tsx',
    asks: 'files.find',
    run: ({ files }) =>
      files
        .find({
          selector: { assetId: IDS[3] ?? '' },
          sort: [{ assetId: 'asc' }, { addedAt: 'asc' }, { id: 'asc' }],
        })
        .exec(),
  },
  {
    file: 'components/holder-input.tsx',
    asks: 'agents.find',
    run: ({ agents }) => agents.find({ sort: [{ name: 'asc' }] }).exec(),
  },
  {
    file: 'features/reference-data/use-rows.ts',
    asks: 'structures.find',
    run: ({ structures }) => structures.find().exec(),
  },
  { file: 'features/reference-data/use-rows.ts', asks: 'sites.find', run: ({ sites }) => sites.find().exec() },
  { file: 'features/reference-data/use-rows.ts', asks: 'agents.find', run: ({ agents }) => agents.find().exec() },
  {
    file: 'features/reference-data/use-rows.ts',
    asks: 'references.find',
    run: ({ references }) =>
      references.find({ selector: { kind: 'account' }, sort: [{ kind: 'asc' }, { label: 'asc' }] }).exec(),
  },
  {
    file: 'features/asset-form/essential-fields.tsx',
    asks: 'assets.find',
    run: ({ assets }) =>
      assets
        .find({
          selector: { typeCode: 'PCP' },
          sort: [{ typeCode: 'desc' }, { updatedAt: 'desc' }, { id: 'desc' }],
          limit: 200,
        })
        .exec(),
  },
  {
    file: 'features/reviews/use-reviews.ts',
    asks: 'reviews.find',
    run: ({ reviews }) =>
      reviews
        .find({
          selector: { state: 'open' },
          sort: [{ state: 'desc' }, { openedAt: 'desc' }, { id: 'desc' }],
          limit: 100,
        })
        .exec(),
  },
  {
    file: 'features/papers/templates-screen.tsx',
    asks: 'references.findOne',
    run: ({ references }) => references.findOne({ selector: { kind: 'logo', active: true } }).exec(),
  },
  {
    file: 'features/papers/use-logo.ts',
    asks: 'references.findOne',
    run: ({ references }) => references.findOne({ selector: { kind: 'logo', code: 'B1' } }).exec(),
  },
];

/** Whoever has a key asks by it; every screen and every collection the same way. */
const BY_KEY: readonly Screen[] = [
  { file: 'every screen', asks: 'assets.findOne', run: ({ assets }) => assets.findOne(IDS[5] ?? '').exec() },
  { file: 'every screen', asks: 'assets.findByIds', run: ({ assets }) => assets.findByIds(IDS).exec() },
];

/** Rare among the references. */
const KINDS: Readonly<Record<number, string>> = { 1: 'logo', 2: 'saved-view', 3: 'account' };

function fill(service: RegisterService): void {
  const { register } = service;
  const at = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  const id = (kind: number, number: number) => `0190000${kind}-0000-7000-8000-${String(number).padStart(12, '0')}`;
  const rows = <Row>(count: number, make: (number: number) => Row): Row[] =>
    Array.from({ length: count }, (_, number) => make(number));
  const common = { ministryId: MINISTRY_ID, _deleted: false };
  register.transaction(() => {
    register.table('assets').put(
      rows(3000, (row) => ({ ...pulledAsset(1, row), typeCode: row % 3 ? 'PCP' : 'ECR', updatedAt: at(row) })),
      'endpoint',
    );
    register.table('structures').put(
      rows(200, (n) => ({ ...common, id: id(1, n), kind: 'service', name: `Service ${n}` })),
      'endpoint',
    );
    register.table('sites').put(
      rows(600, (n) => ({ ...common, id: id(2, n), kind: n % 2 ? 'commune' : 'site', name: `Site ${n}` })),
      'endpoint',
    );
    register.table('references').put(
      rows(100, (n) => ({
        ...common,
        id: id(3, n),
        kind: KINDS[n % 50] ?? 'brand',
        code: `B${n}`,
        label: `Marque ${n}`,
        active: true,
      })),
      'endpoint',
    );
    register.table('agents').put(
      rows(300, (n) => ({ ...common, id: id(5, n), name: `Agent ${n}`, active: true })),
      'endpoint',
    );
    register.table('reviews').put(
      rows(500, (n) => ({
        ...common,
        id: id(4, n),
        kind: 'same-field',
        state: n % 2 ? 'open' : 'resolved',
        collectionName: 'assets',
        documentId: IDS[0],
        fields: [],
        deviceId: id(9, 1),
        openedAt: at(n),
      })),
      'endpoint',
    );
    register.table('files').put(
      rows(500, (n) => ({
        ...common,
        id: id(6, n),
        assetId: IDS[n % 50],
        kind: 'document',
        name: `facture-${n}.pdf`,
        mediaType: 'application/pdf',
        hash: n.toString(16).padStart(64, '0'),
        bytes: 1000,
        addedAt: at(n),
        author: { personId: id(9, 2), name: 'Afiavi Dossou', role: 'gestionnaire' },
        deviceId: id(9, 1),
      })),
      'endpoint',
    );
    for (let n = 10; n < 60; n += 1) createMarked(service, n);
    for (const [n, asset] of IDS.entries())
      service.commands.updateAsset({ id: asset, changes: { notes: `note ${n}` } });
  });
}

/** What a window asks while it runs `work`, as SQL with its parameters. */
async function statementsOf(
  service: RegisterService,
  work: () => Promise<unknown>,
): Promise<[string, SqlParameters][]> {
  const { connection } = service.register;
  const asked: [string, SqlParameters][] = [];
  const spies = (['all', 'get', 'value', 'values'] as const).map((name) => {
    const original = connection[name].bind(connection) as (sql: string, parameters?: SqlParameters) => never;
    return vi.spyOn(connection, name).mockImplementation((sql: string, parameters: SqlParameters = []) => {
      asked.push([sql, parameters]);
      return original(sql, parameters);
    });
  });
  await work();
  for (const spy of spies) spy.mockRestore();
  return asked;
}

describe('the questions of the screens, on a filled register', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let service: RegisterService;
  let window: TestWindow;
  beforeAll(async () => {
    directory = temporaryDirectory();
    service = makeEnrolledService(`${directory.path}/profile`);
    fill(service);
  });
  // A window keeps what it has read.
  beforeEach(async () => {
    window = await openWindow(service);
  });
  afterEach(() => window.close());
  afterAll(async () => {
    await service.close();
    directory.remove();
  });

  it.each([...SCREENS, ...BY_KEY])(
    'D2: $file asks $asks by an index, without a full scan and without sorting',
    async ({ run }) => {
      let found: unknown;
      const asked = await statementsOf(service, async () => {
        found = await run(window.database);
      });
      const documents = found instanceof Map ? found.size : [found].flat().length;
      expect(documents).toBeGreaterThan(0);
      const onDocuments = asked.filter(([sql]) => /documents_/.test(sql));
      expect(onDocuments.length).toBeGreaterThan(0);
      for (const [sql, parameters] of onDocuments) {
        const steps = service.register.connection
          .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters)
          .map(({ detail }) => detail);
        // A list of ids travels as one JSON text, which is read from its beginning to its end.
        const costly = steps.filter((step) => /SCAN|TEMP B-TREE/.test(step) && !/json_each|SCAN wanted/i.test(step));
        expect([sql, costly]).toEqual([sql, []]);
      }
    },
  );

  it('D2: these are all the questions with a selector that screens ask', () => {
    const question = /database\s*\.\s*(\w+)\s*\.\s*(?:(find|count)\(|(findOne)\(\s*\{)/g;
    const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    const asked = files.flatMap((file) =>
      [...readFileSync(`${RENDERER}${file}`, 'utf8').matchAll(question)].map(
        ([, collection, many, one]) => `${file.replaceAll('\\', '/')} ${collection}.${many ?? one}`,
      ),
    );
    expect([...new Set(asked)].sort()).toEqual(SCREENS.map(({ file, asks }) => `${file} ${asks}`).sort());
  });
});
