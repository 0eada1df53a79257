import type { HolderKind } from '#shared/schema/asset.ts';
import type { Setting } from './catalogue/model.ts';
import { inventPerson } from './people.ts';
import type { Random } from './random.ts';
import { ISOLATED_COMMUNES } from './sites.ts';

/** Where a piece of equipment is and who answers for it. */
export type Placement = {
  readonly structure: string;
  readonly place: string;
  readonly room: string | undefined;
  readonly holderKind: HolderKind;
  readonly holderName: string | undefined;
};

type Office = readonly [structure: string, place: string, weight: number];

const OFFICES: readonly Office[] = [
  ['CAB', 'SIEGE-A', 4],
  ['CAB/S1', 'SIEGE-A', 3],
  ['CAB/S2', 'SIEGE-A', 3],
  ['IGM', 'SIEGE-A', 4],
  ['SGM', 'SIEGE-A', 4],
  ['SGM/S1', 'SIEGE-A', 4],
  ['SGM/S2', 'SIEGE-A', 3],
  ['SGM/S3', 'SIEGE-B', 2],
  ['DPAF', 'SIEGE-A', 3],
  ['DPAF/S1', 'SIEGE-A', 7],
  ['DPAF/S2', 'SIEGE-A', 6],
  ['DPAF/S3', 'SIEGE-A', 6],
  ['DPAF/S4', 'SIEGE-B', 5],
  ['DSI', 'SIEGE-B', 2],
  ['DSI/S1', 'SIEGE-B', 6],
  ['DSI/S2', 'SIEGE-B', 6],
  ['DSI/S3', 'SIEGE-B', 6],
  ['DSI/S4', 'SIEGE-B', 3],
  ['DIN', 'CADJ', 3],
  ['DIN/S1', 'CADJ', 6],
  ['DIN/S2', 'CALA', 7],
  ['DSN', 'CADJ', 3],
  ['DSN/S1', 'CADJ', 8],
  ['DSN/S2', 'PNOVO', 6],
  ['DEN', 'CADJ', 3],
  ['DEN/S1', 'CALA', 5],
  ['DEN/S2', 'PNOVO', 5],
  ['DDND-ALI', 'KAND', 5],
  ['DDND-ATA', 'NATI', 6],
  ['DDND-ATL', 'ALLA', 5],
  ['DDND-BOR', 'PKOU', 8],
  ['DDND-MON', 'LOKO', 5],
  ['DDND-OUE', 'PNOVO', 7],
  ['DDND-ZOU', 'ABOM', 5],
];
const TECHNICAL_ROOMS: readonly Office[] = [
  ['DSI/S1', 'SIEGE-SRV', 9],
  ['DSI/S1', 'SIEGE-LT', 4],
  ['DIN/S1', 'CALA-SRV', 4],
  ['DDND-BOR', 'PKOU', 2],
  ['DDND-ATA', 'NATI', 1],
  ['DDND-OUE', 'PNOVO', 2],
  ['DDND-ALI', 'KAND', 1],
];
const SHARED_ROOMS = [
  'Accueil',
  'Couloir, 1er étage',
  'Couloir, 2e étage',
  'Salle de conférence',
  'Salle de réunion',
  'Secrétariat',
];

function weighOffices(offices: readonly Office[]): (readonly [Office, number])[] {
  return offices.map((office) => [office, office[2]]);
}
const WEIGHED_OFFICES = weighOffices(OFFICES);
const WEIGHED_TECHNICAL_ROOMS = weighOffices(TECHNICAL_ROOMS);

/** Finds places for equipment; keeps the people of each office, so that one person holds several pieces. */
export function createPlacer(random: Random): (setting: Setting) => Placement {
  const staff = new Map<string, string[]>();

  const pickAgent = ([structure, place, weight]: Office): string => {
    const office = `${structure}@${place}`;
    const names = staff.get(office) ?? Array.from({ length: weight * 2 }, () => inventPerson(random));
    staff.set(office, names);
    return random.pick(names);
  };
  const atDesk = (): Placement => {
    const office = random.weighted(WEIGHED_OFFICES);
    const [structure, place] = office;
    const room = random.chance(0.7)
      ? `Bureau ${random.int(0, 3)}${String(random.int(1, 18)).padStart(2, '0')}`
      : undefined;
    if (random.chance(0.12)) return { structure, place, room, holderKind: 'service', holderName: undefined };
    return { structure, place, room, holderKind: 'agent', holderName: pickAgent(office) };
  };
  const shared = (): Placement => {
    const [structure, place] = random.weighted(WEIGHED_OFFICES);
    return { structure, place, room: random.pick(SHARED_ROOMS), holderKind: 'service', holderName: undefined };
  };
  const technical = (): Placement => {
    const [structure, place] = random.weighted(WEIGHED_TECHNICAL_ROOMS);
    const room = random.chance(0.6) ? `Baie ${random.int(1, 6)}` : undefined;
    return { structure, place, room, holderKind: 'technical-room', holderName: undefined };
  };
  const isolated = (): Placement => {
    const place = `ISO-${random.pick(ISOLATED_COMMUNES)}`;
    return { structure: 'DIN/S2', place, room: undefined, holderKind: 'service', holderName: undefined };
  };
  const bySetting = { desk: atDesk, shared, technical, isolated } as const;
  return (setting) => bySetting[setting]();
}

/** The store room: what is in stock, or waits there to leave. */
export const STORE_ROOM: Placement = {
  structure: 'DPAF/S2',
  place: 'AKPA',
  room: undefined,
  holderKind: 'service',
  holderName: undefined,
};
