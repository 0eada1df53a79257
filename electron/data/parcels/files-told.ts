import type { FilesReceived } from '#shared/parcels/parcel-body.ts';
import type { Register } from '../register.ts';

const KEY = 'parcels.filesTold';

/** The last place told by the endpoint of files that it has by hand (SPEC X4). */
export function filesTold({ meta }: Register): number {
  const stored = meta.get(KEY);
  return typeof stored === 'number' ? stored : 0;
}

/**
 * The endpoint has these files: they are not sent any more. Call inside a transaction.
 * @returns how many of them it was not known to have
 */
export function takeFilesReceived(register: Register, { upTo, hashes }: FilesReceived, at: string): number {
  register.meta.set(KEY, Math.max(upTo, filesTold(register)));
  return register.connection.run(
    'UPDATE stored_files SET received_at = ? WHERE received_at IS NULL AND hash IN (SELECT value FROM json_each(?))',
    [at, JSON.stringify(hashes)],
  ).changes;
}

/** An endpoint that came back from a backup counts from there again (SPEC S19). */
export function forgetFilesTold({ meta }: Register): void {
  meta.set(KEY, 0);
}
