import type { FleetDevice } from '#shared/protocol/fleet.ts';
import { readFleet } from '../store/device-contacts.ts';
import { openStoreAt, type StorePlace } from '../store/open-store.ts';

const DAY = 24 * 60 * 60 * 1000;
const COLUMNS = ['MINISTRY', 'CODE', 'DEVICE', 'PERSON', 'LAST CONTACT', 'VERSION', 'WAITING', 'REFUSED', 'CLOCK'];

/** The desktops as a table for a terminal. @param silentDays only those not heard of for so long */
export async function describeFleet(place: StorePlace, silentDays: number, now: Date): Promise<string> {
  const store = await openStoreAt(place);
  try {
    const limit = new Date(now.getTime() - silentDays * DAY).toISOString();
    const devices = (await readFleet(store.database)).filter(({ lastContact }) => (lastContact ?? '') <= limit);
    return toTable([COLUMNS, ...devices.map(toCells)]);
  } finally {
    await store.close();
  }
}

function toCells(device: FleetDevice): readonly string[] {
  const seconds = device.clock === undefined ? '-' : `${Math.round(device.clock / 1000)} s`;
  return [
    device.ministry,
    device.code,
    device.name,
    device.person.name,
    device.lastContact ?? 'never',
    device.version ?? '-',
    String(device.waiting ?? '-'),
    String(device.refused ?? '-'),
    seconds,
  ];
}

function toTable(rows: readonly (readonly string[])[]): string {
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
