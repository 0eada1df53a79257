import type { QuestionOutput } from '#shared/protocol/data-port.ts';
import type { Register } from '../register.ts';

/** Most twins worth naming: more is a number that says nothing. */
const MAX_TWINS = 5;

/** Records that bear the serial or the inventory number of this one, and may be the same thing. Merged ones are left out. */
export function findTwins(register: Register, id: string): QuestionOutput['findTwins'] {
  const found = register.connection.all<{ id: string; by: 'serialNumber' | 'inventoryNumber' }>(
    `SELECT o.id, 'serialNumber' AS by FROM asset_keys k JOIN asset_keys o ON o.serial = k.serial AND o.id <> k.id
      WHERE k.id = ?
    UNION ALL
    SELECT o.id, 'inventoryNumber' FROM asset_keys k JOIN asset_keys o ON o.inventory = k.inventory AND o.id <> k.id
      WHERE k.id = ? LIMIT 50`,
    [id, id],
  );
  const twins = new Map<string, QuestionOutput['findTwins'][number]>();
  for (const { id: twinId, by } of found) {
    const twin = register.table('assets').get(twinId);
    if (!twin || twin._deleted || twin.status === 'merged' || twins.has(twinId)) continue;
    twins.set(twinId, { id: twinId, reference: String(twin.reference), by });
  }
  return [...twins.values()].slice(0, MAX_TWINS);
}
