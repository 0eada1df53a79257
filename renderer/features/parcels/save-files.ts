import type { NamedBytes } from '#shared/protocol/parcel-port.ts';
import { download } from '../../components/download.ts';

/** Offers each file to be saved, under the name that people find again. */
export function saveFiles(files: readonly NamedBytes[]): void {
  for (const { name, bytes } of files) {
    download(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }), name);
  }
}
