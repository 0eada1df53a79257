import { PARCEL_PATHS, type ParcelOutcome } from '#shared/protocol/parcels.ts';
import { exportParcels, makeParcels } from '../../../electron/data/parcels/make-parcel.ts';
import { takeFiles } from '../../../electron/data/parcels/take-files.ts';
import type { TestEndpoint } from '../../support/endpoint.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { type Desktop, startEnrolled } from '../replication/desktop.ts';

export type File = { readonly name: string; readonly bytes: Uint8Array };

/** A desktop that had a connection once and has none any more. */
export async function startIsolated(
  endpoint: TestEndpoint,
  options: Parameters<typeof startEnrolled>[1] = {},
): Promise<Desktop> {
  const desktop = await startEnrolled(endpoint, options);
  await desktop.goOffline();
  return desktop;
}

/** What a person puts on the stick: every parcel without receipt, with all that waits now. */
export async function pack(desktop: Desktop, partSize = 4_000_000): Promise<File[]> {
  await makeParcels(desktop.register);
  return exportParcels(desktop.register, partSize);
}

/** Brings one file to the endpoint as the desktop of anybody. */
export async function bring(carrier: TestDevice, bytes: Uint8Array): Promise<ParcelOutcome> {
  const { body } = await carrier.request<ParcelOutcome>(PARCEL_PATHS.take, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  return body;
}

export function answerOf({ answer }: ParcelOutcome): File[] {
  return (answer ?? []).map(({ name, base64 }) => ({ name, bytes: new Uint8Array(Buffer.from(base64, 'base64')) }));
}

/** Everything of the stick to the endpoint, the last answer back to the desktop. */
export async function roundTrip(desktop: Desktop, carrier: TestDevice, partSize?: number): Promise<ParcelOutcome> {
  let last: ParcelOutcome = { state: 'refused' };
  for (const { bytes } of await pack(desktop, partSize)) last = await bring(carrier, bytes);
  if (last.answer) await takeFiles(desktop.register, answerOf(last));
  return last;
}
