import assert from 'node:assert/strict';
import { Register } from '../../electron/data/register.ts';
import { RegisterService } from '../../electron/data/service.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { enrolOffline } from './asset-draft.ts';
import { designationOf, draftOf, markOf } from './crash-load.ts';
import { TEST_KEY } from './storage.ts';

/** The program's data process, as it were, on the register of a folder. */
export function openService(directory: string, create: boolean): RegisterService {
  return new RegisterService(new Register(openRegister({ directory, key: TEST_KEY, create })));
}

/** Another on a new register, enrolled with an endpoint that nobody runs. */
export function makeEnrolledService(directory: string): RegisterService {
  const service = openService(directory, true);
  enrolOffline(service.register, 'gestionnaire');
  service.replicator.start();
  return service;
}

/** Creates the asset of this number, which carries its mark; answers its id. */
export function createMarked(service: RegisterService, n: number): string {
  // Creation answers at once: only imports and exchanges are asynchronous.
  return (service.commands.createAsset({ draft: draftOf(n), status: 'in-stock' }) as { id: string }).id;
}

/** The code of what was thrown, or `no error`. */
export async function codeOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return 'no error';
  } catch (error) {
    return Object(error).code;
  }
}

/**
 * The register holds exactly the acknowledged assets, each with its entry, and list, counts and search agree with them.
 * @param created ids by the number of their mark
 * @throws AssertionError
 */
export function assertHolds(service: RegisterService, created: ReadonlyMap<number, string>): void {
  const { register, questions } = service;
  const ids = [...created.values()].sort();
  const all = (name: 'assets' | 'movements') => register.table(name).changedSince(Number.POSITIVE_INFINITY).documents;
  assert.deepEqual(
    all('assets')
      .map(({ id }) => id)
      .sort(),
    ids,
    'J3: assets',
  );
  const entries = all('movements');
  assert.deepEqual(entries.map(({ assetId }) => assetId).sort(), ids, 'J3: entries');
  const numbers = entries.map(({ deviceSequence }) => Number(deviceSequence)).sort((a, b) => a - b);
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
    'J4: the journal has a gap',
  );
  assert.equal(register.waiting.count(), 2 * ids.length, 'S3: rows that wait');
  assert.equal(questions.findAssets({ filter: {}, offset: 0, limit: 1 }).total, ids.length, 'J3: the list');
  for (const [n, id] of created) {
    const { ids: found } = questions.findAssets({ filter: { text: markOf(n) }, offset: 0, limit: 2 });
    assert.deepEqual(found, [id], `J3: the search for ${designationOf(markOf(n))}`);
  }
}
