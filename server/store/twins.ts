import { type Connection, type Database, toNumber } from './database.ts';
import { readSequence } from './documents.ts';
import { asAdministrator, asMinistry, asTwinFinder } from './scope.ts';

/** An asset whose numbers are to be looked for. */
export type NumberedAsset = {
  readonly id: string;
  readonly seq: number;
  /** As it is compared; absent where there is none. */
  readonly serial?: string;
  readonly serialNumber?: string;
  readonly inventoryNumber?: string;
  /** The device that wrote it last, and its person. */
  readonly deviceId: string;
  readonly owner?: { readonly personId: string; readonly name: string };
};

/** Another record of the ministry with the same number. */
export type FoundTwin = {
  readonly field: 'serialNumber' | 'inventoryNumber';
  readonly id: string;
  readonly otherId: string;
  readonly number: string;
  readonly otherNumber: string;
};

const NUMBERED = `select d.id, d.seq, d.serial, d.body ->> 'serialNumber' as serial_number,
    d.body ->> 'inventoryNumber' as inventory_number, d.device_id, p.id as person_id, p.name as person_name
  from documents d
  left join devices v on v.ministry_id = d.ministry_id and v.id = d.device_id
  left join people p on p.ministry_id = v.ministry_id and p.id = v.person_id`;

function toNumbered(row: Readonly<Record<string, unknown>>): NumberedAsset {
  return {
    id: String(row.id),
    seq: toNumber(row.seq),
    deviceId: String(row.device_id),
    ...(row.serial !== null && { serial: String(row.serial) }),
    ...(row.serial_number !== null && { serialNumber: String(row.serial_number) }),
    ...(row.inventory_number !== null && { inventoryNumber: String(row.inventory_number) }),
    ...(row.person_id !== null && { owner: { personId: String(row.person_id), name: String(row.person_name) } }),
  };
}

/** The ministries of this endpoint. */
export function readMinistryIds(database: Database): Promise<readonly string[]> {
  return asAdministrator(database, async (connection) => {
    const rows = await connection.query('select id from ministries order by id');
    return rows.map(({ id }) => String(id));
  });
}

/** The next assets of a ministry that were written since the last search, and where that search is to go on after them. */
export function readUnsearched(
  database: Database,
  ministryId: string,
  limit: number,
): Promise<{ readonly assets: readonly NumberedAsset[]; readonly after: number; readonly isLast: boolean }> {
  return asMinistry(database, ministryId, async (connection) => {
    const last = await readSequence(connection, ministryId);
    const [search] = await connection.query('select seq from twin_searches where ministry_id = $1', [ministryId]);
    const rows = await connection.query(
      `${NUMBERED} where d.ministry_id = $1 and d.seq > $2 and d.seq <= $3
        and (d.serial is not null or d.inventory is not null) order by d.seq limit $4`,
      [ministryId, search ? toNumber(search.seq) : 0, last, limit],
    );
    const assets = rows.map(toNumbered);
    const isLast = assets.length < limit;
    return { assets, after: isLast ? last : (assets.at(-1)?.seq ?? last), isLast };
  });
}

export function noteSearched(database: Database, ministryId: string, seq: number): Promise<void> {
  return asMinistry(database, ministryId, async (connection) => {
    await connection.query(
      `insert into twin_searches (ministry_id, seq) values ($1, $2)
       on conflict (ministry_id) do update set seq = greatest(twin_searches.seq, excluded.seq)`,
      [ministryId, seq],
    );
  });
}

/** One other record for each of these assets and numbers: the first one of the register, so that it is always the same. */
export function findTwinsInside(
  database: Database,
  ministryId: string,
  ids: readonly string[],
): Promise<readonly FoundTwin[]> {
  return asMinistry(database, ministryId, async (connection) => [
    ...(await findTwinsBy(connection, ministryId, ids, 'serial', 'serialNumber')),
    ...(await findTwinsBy(connection, ministryId, ids, 'inventory', 'inventoryNumber')),
  ]);
}

async function findTwinsBy(
  connection: Connection,
  ministryId: string,
  ids: readonly string[],
  column: 'serial' | 'inventory',
  field: FoundTwin['field'],
): Promise<FoundTwin[]> {
  const rows = await connection.query(
    `select w.id, o.id as other_id, w.body ->> '${field}' as number, o.number as other_number
       from unnest($2::text[]) as k (id)
       -- One by one along the whole key: joined, all assets of the ministry were read for each few hundred (SPEC V2).
       cross join lateral (
         select w.id, w.body, w.${column} from documents w
          where w.ministry_id = $1 and w.collection = 'assets' and w.id = k.id limit 1
       ) w
       cross join lateral (
         select d.id, d.body ->> '${field}' as number from documents d
          where d.ministry_id = $1 and d.${column} = w.${column} and d.id <> w.id order by d.id limit 1
       ) o`,
    [ministryId, ids],
  );
  return rows.map((row) => ({
    field,
    id: String(row.id),
    otherId: String(row.other_id),
    number: String(row.number),
    otherNumber: String(row.other_number),
  }));
}

/** Most other ministries named for one serial. */
const MAX_MINISTRIES = 3;

/** Which other ministries have these serials. Nothing but their acronyms and ids can be read here. */
export function findSerialsElsewhere(
  database: Database,
  ministryId: string,
  serials: readonly string[],
): Promise<readonly { readonly serial: string; readonly ministryId: string; readonly acronym: string }[]> {
  if (serials.length === 0) return Promise.resolve([]);
  return asTwinFinder(database, async (connection) => {
    const rows = await connection.query(
      `select k.serial, m.id, m.acronym from unnest($2::text[]) as k (serial)
        cross join lateral (
          select distinct d.ministry_id from documents d
           where d.serial = k.serial and d.ministry_id <> $1 limit ${MAX_MINISTRIES}
        ) o
        join ministries m on m.id = o.ministry_id`,
      [ministryId, serials],
    );
    return rows.map(({ serial, id, acronym }) => ({
      serial: String(serial),
      ministryId: String(id),
      acronym: String(acronym),
    }));
  });
}

/** The assets of a ministry with these serials, one for each. */
export function readWithSerials(
  database: Database,
  ministryId: string,
  serials: readonly string[],
): Promise<readonly NumberedAsset[]> {
  return asMinistry(database, ministryId, async (connection) => {
    const rows = await connection.query(
      `select n.* from unnest($2::text[]) as k (serial)
        cross join lateral (${NUMBERED} where d.ministry_id = $1 and d.serial = k.serial order by d.id limit 1) n`,
      [ministryId, serials],
    );
    return rows.map(toNumbered);
  });
}

export function readAcronym(database: Database, ministryId: string): Promise<string> {
  return asMinistry(database, ministryId, async (connection) => {
    const [row] = await connection.query('select acronym from ministries where id = $1', [ministryId]);
    return String(row?.acronym);
  });
}
