/**
 * A process that writes until it is killed: pairs of documents in two tables and a row beside them, each pair in one
 * transaction. After every commit it prints the pair's number; that is the acknowledgement.
 */
import { writeSync } from 'node:fs';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { DocumentStore } from '../../electron/data/storage/document-store.ts';

const [directory = '', key = '', mode = 'write'] = process.argv.slice(2);
const connection = openRegister({ directory, key: Buffer.from(key, 'hex'), create: mode === 'create' });

const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    number: { type: 'integer', minimum: 0, maximum: 1_000_000_000, multipleOf: 1 },
  },
  required: ['id', 'number'],
  indexes: ['number'],
};
const store = new DocumentStore(connection);
const assets = store.table('assets', schema);
const movements = store.table('movements', schema);

if (mode === 'hold') {
  writeSync(1, 'open\n');
  setInterval(() => {}, 1000);
} else {
  let number = connection.value<number>(`SELECT count(*) FROM ${assets.tableName}`) ?? 0;
  for (;;) {
    number += 1;
    const padding = 'x'.repeat(100 + (number % 7) * 900);
    store.transaction(() => {
      assets.put([{ id: `asset-${number}`, number, padding }], 'command');
      connection.run('INSERT OR REPLACE INTO counters (name, value) VALUES (?, ?)', ['pairs', number]);
      movements.put([{ id: `movement-${number}`, number, padding }], 'command');
    });
    writeSync(1, `${number}\n`);
  }
}
