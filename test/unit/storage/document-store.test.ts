import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DocumentStore } from '../../../electron/data/storage/document-store.ts';
import type { DocumentTable, StoreEventBulk } from '../../../electron/data/storage/document-table.ts';
import { openTestRegister } from '../../support/storage.ts';

const SCHEMA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 40 }, name: { type: 'string', maxLength: 40 } },
  indexes: ['name'],
};

describe('DocumentStore', () => {
  let register: ReturnType<typeof openTestRegister>;
  let assets: DocumentTable;
  let movements: DocumentTable;
  let told: string[];

  beforeEach(() => {
    register = openTestRegister();
    assets = register.store.table('assets', SCHEMA);
    movements = register.store.table('movements', SCHEMA);
    told = [];
    for (const table of [assets, movements]) {
      table.changes$.subscribe(({ events, checkpoint }: StoreEventBulk) => {
        told.push(
          ...events.map(({ operation, documentId }) => `${table.name} ${operation} ${documentId} ${checkpoint.seq}`),
        );
      });
    }
  });
  afterEach(() => register.close());

  it('J3: tables written in one transaction speak after the commit, each once, in the order of its writes', () => {
    register.store.transaction(() => {
      assets.put([{ id: 'a', name: 'A' }], 'command');
      movements.put([{ id: 'm', name: 'M' }], 'command');
      assets.put([{ id: 'a', name: 'B' }], 'command');
      expect(told).toEqual([]);
    });
    expect(told).toEqual(['assets INSERT a 3', 'assets UPDATE a 3', 'movements INSERT m 2']);
  });

  it('J3: a transaction that fails writes nothing, says nothing and uses up no number', () => {
    expect(() =>
      register.store.transaction(() => {
        assets.put([{ id: 'a', name: 'A' }], 'command');
        movements.put([{ id: 'm', name: 'M' }], 'command');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([assets.get('a'), movements.get('m'), told]).toEqual([undefined, undefined, []]);
    expect(assets.put([{ id: 'b', name: 'B' }], 'command')[0]?.seq).toBe(1);
  });

  it('J3: a listener sees every write inside its transaction, whoever writes, and can refuse it', () => {
    const seen: unknown[] = [];
    const stop = assets.onWrite(({ previous, current, seq }, context) => {
      expect(register.connection.inTransaction).toBe(true);
      seen.push([previous?.name, current.name, seq, context]);
      if (current.name === 'bad') throw new Error('refused');
    });
    assets.put([{ id: 'a', name: 'A' }], 'command');
    const stored = assets.get('a');
    if (!stored) throw new Error('not stored');
    assets.bulkWrite([{ previous: stored, document: { ...stored, name: 'B', _rev: '2-x' } }], 'rxdb');
    expect(() => assets.put([{ id: 'a', name: 'bad' }], 'command')).toThrow('refused');
    expect(assets.get('a')?.name).toBe('B');
    stop();
    assets.put([{ id: 'a', name: 'bad' }], 'command');
    expect(seen).toEqual([
      [undefined, 'A', 1, 'command'],
      ['A', 'B', 2, 'rxdb'],
      ['B', 'bad', 3, 'command'],
    ]);
  });

  it('D1: put gives the next revision, a later write time, and deletes on demand', () => {
    const [first] = assets.put([{ id: 'a', name: 'A' }], 'command');
    const [second] = assets.put([{ id: 'a', name: 'B' }], 'command');
    const [third] = assets.put([{ id: 'a', name: 'B', _deleted: true }], 'command');
    expect([first, second, third].map((write) => write?.current._rev[0])).toEqual(['1', '2', '3']);
    expect(second?.current._meta.lwt).toBeGreaterThan(first?.current._meta.lwt ?? 0);
    expect(third?.current).toMatchObject({ _deleted: true, name: 'B' });
    expect(assets.findByIds(['a'])).toEqual([]);
    expect(told.at(-1)).toBe('assets DELETE a 3');
  });

  it('D1: one transaction makes one event bulk, and a document that comes twice is written twice', () => {
    const bulks: number[] = [];
    assets.changes$.subscribe(({ events }) => bulks.push(events.length));
    const writes = assets.put(
      [
        { id: 'a', name: '1' },
        { id: 'b', name: '2' },
        { id: 'a', name: '3' },
      ],
      'command',
    );
    expect(writes.map(({ previous, current }) => [previous?.name, current.name])).toEqual([
      [undefined, '1'],
      [undefined, '2'],
      ['1', '3'],
    ]);
    expect(bulks).toEqual([3]);
  });

  it('D3: numbers go on after the file was closed and after tombstones were removed', () => {
    assets.put([{ id: 'a', name: 'A', _deleted: true }], 'command');
    assets.cleanup(-1000);
    expect(assets.findByIds(['a'], true)).toEqual([]);
    expect(movements.put([{ id: 'm', name: 'M' }], 'command')[0]?.seq).toBe(2);
  });

  it('D4: attachments are refused in a schema and in a document', () => {
    expect(() => register.store.table('files', { ...SCHEMA, attachments: {} } as typeof SCHEMA)).toThrow(
      'Files travel apart',
    );
    const document = { id: 'a', name: 'A', _deleted: false, _rev: '1-x', _meta: { lwt: 1000 } };
    const attachment = { length: 1, type: 'text/plain', digest: 'x' };
    expect(() => assets.bulkWrite([{ document: { ...document, _attachments: { file: attachment } } }], 'test')).toThrow(
      'Files travel apart',
    );
    expect(assets.get('a')).toBeUndefined();
  });

  it('D1: indexes follow the schema when it changes without a new version', () => {
    assets.put([{ id: 'a', name: 'ends with a space ' }, { id: 'b' }], 'command');
    const oddIn = (schema: typeof SCHEMA) => {
      const table = new (assets.constructor as new (...values: unknown[]) => DocumentTable)(
        register.store,
        'assets',
        schema,
        {},
      );
      return register.connection.values(`SELECT id FROM ${table.tableName} WHERE odd > 0 ORDER BY id`);
    };
    expect(oddIn(SCHEMA)).toEqual(['a', 'b']);
    expect(oddIn({ ...SCHEMA, indexes: [] })).toEqual([]);
    expect(register.connection.values(`SELECT name FROM sqlite_schema WHERE name LIKE '%assets%name%'`)).toEqual([]);
  });

  it('D1: documents whose revision stood in a column of its own are read as they were written', () => {
    const { connection } = register;
    const written = assets.put(
      [
        { id: 'a', name: 'Été' },
        { id: 'b', name: 'B', _deleted: true },
      ],
      'command',
    );
    const { tableName } = assets;
    connection.exec(`
      ALTER TABLE ${tableName} ADD COLUMN rev TEXT;
      ALTER TABLE ${tableName} ADD COLUMN meta TEXT;
      UPDATE ${tableName} SET rev = body->>'$._rev', meta = iif(id = 'a', '{"origin":"ASIN"}', NULL),
        body = json_remove(body, '$._rev', '$._deleted', '$._meta', '$._attachments');
      DELETE FROM meta WHERE key = 'table ${tableName}'`);
    const reopened = new DocumentStore(connection).table('assets', SCHEMA);
    const [a, b] = written.map(({ current }) => current);
    expect(reopened.findByIds(['a', 'b'], true)).toEqual([{ ...a, _meta: { ...a?._meta, origin: 'ASIN' } }, b]);
  });
});
