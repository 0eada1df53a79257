import { averageSchema } from 'rxdb/plugins/test-utils';
import { StorageHost } from '../../../electron/data/port/storage-host.ts';
import { openRegister } from '../../../electron/data/sqlcipher/register-file.ts';
import { DocumentStore } from '../../../electron/data/storage/document-store.ts';
import { getRxStorageSqlcipher } from '../../../electron/data/storage/rx-storage.ts';
import type { DocumentSchema } from '../../../electron/data/storage/table-schema.ts';
import { BENCH_KEY, type SuiteTimes } from '../protocol.ts';
import { runRxdbSuite } from '../rxdb-suite.ts';

/** RxDB's suite gives its collections names of chance, all with one schema. */
class AnyCollection extends Map<string, DocumentSchema> {
  // Of a schema only what is JSON is read.
  readonly #schema = averageSchema() as unknown as DocumentSchema;

  override get(): DocumentSchema {
    return this.#schema;
  }
}

/** Serves each port the storage of a new register, as the data process does, but writable. */
export function hostSuite(directory: string, ports: readonly Electron.MessagePortMain[]): null {
  const store = new DocumentStore(openRegister({ directory, key: BENCH_KEY, create: true }));
  for (const port of ports) {
    const host = new StorageHost({
      store,
      collections: new AnyCollection(),
      writable: true,
      post: (message) => port.postMessage(message),
    });
    port.on('message', ({ data }) => host.handle(data));
    port.on('close', () => host.close());
    port.start();
  }
  return null;
}

export async function runSuiteInProcess(input: {
  readonly directory: string;
  readonly docs: number;
}): Promise<SuiteTimes> {
  const connection = openRegister({ directory: input.directory, key: BENCH_KEY, create: true });
  try {
    return await runRxdbSuite(getRxStorageSqlcipher({ store: new DocumentStore(connection) }), input.docs);
  } finally {
    connection.close();
  }
}
