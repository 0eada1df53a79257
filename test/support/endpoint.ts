import { randomUUID } from 'node:crypto';
import type { Role } from '#shared/domain/roles.ts';
import { type EnrolAnswer, PATHS, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { createApp } from '../../server/app.ts';
import { type Config, DEFAULT_CONFIG } from '../../server/config.ts';
import { DEMONSTRATION_MINISTRY } from '../../server/demonstration/index.ts';
import type { ServedCollection } from '../../server/replication/collections.ts';
import { type Demonstration, seedDemonstration } from '../../server/seed.ts';
import type { StoredDocument } from '../../server/store/documents.ts';
import { addMinistry, type Ministry } from '../../server/store/enrolment.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { pglite, type TestDatabase } from './endpoint-database.ts';
import { asTestDevice, postJson, type TestDevice } from './endpoint-device.ts';

export const ADMIN_TOKEN = 'administrator-of-the-tests';

export type EndpointOptions = {
  /** Seeds the demonstration ministry, which then is the ministry of `enrol()`. */
  readonly demonstration?: Demonstration;
  readonly database?: TestDatabase;
  /** One that another instance on the same database made already. */
  readonly ministry?: Ministry;
  readonly collections?: readonly ServedCollection[];
  readonly config?: Partial<Config>;
  readonly clock?: () => Date;
  /** Receives the log lines; without it there is no log. */
  readonly log?: { write(line: string): void };
};

export type TestEndpoint = {
  /** `http://127.0.0.1:port` */
  readonly address: string;
  readonly store: Store;
  /** The ministry that the methods below mean when none is named. */
  readonly ministry: Ministry;
  /** Another ministry, empty. */
  addMinistry(acronym?: string): Promise<Ministry>;
  /** A one-time code, made as an administrator makes it. @param ministry acronym or id */
  enrolmentCode(options?: {
    readonly ministry?: string;
    readonly name?: string;
    readonly role?: Role;
  }): Promise<string>;
  /** A device of a person with this role. */
  enrol(ministry?: string, role?: Role): Promise<TestDevice>;
  /** What the database holds for a ministry, in order of sequence. */
  documents(ministryId?: string): Promise<readonly StoredDocument[]>;
  /** As if it were run again with another configuration. */
  configure(config: Partial<Config>): void;
  stop(): Promise<void>;
};

/** An endpoint in this process on a free port, on an empty database in memory unless told otherwise. */
export async function startEndpoint(options: EndpointOptions = {}): Promise<TestEndpoint> {
  const { database = pglite, collections = COLLECTIONS, clock = () => new Date(), demonstration, log } = options;
  const store = await openStore(await database.open());
  const config: Config = {
    ...DEFAULT_CONFIG,
    adminToken: ADMIN_TOKEN,
    enrolmentTries: 10_000,
    deviceRequestsPerMinute: 100_000,
    ...options.config,
  };
  const app = await createApp({
    store,
    collections,
    config,
    clock,
    log: log ? { level: 'info', stream: log } : false,
  });
  if (demonstration) await seedDemonstration(store, demonstration, clock, () => {});
  const address = await app.listen({ host: '127.0.0.1', port: 0 });

  const createMinistry = async (acronym = `T${randomUUID().slice(0, 6).toUpperCase()}`) => {
    const ministry = { id: randomUUID(), acronym, name: `Ministère ${acronym}` };
    await addMinistry(store.database, ministry);
    return ministry;
  };
  const ministry = options.ministry ?? (demonstration ? DEMONSTRATION_MINISTRY : await createMinistry('TST'));

  const enrolmentCode: TestEndpoint['enrolmentCode'] = async (asked = {}) => {
    const person = { name: asked.name ?? 'HOUNKPÈ Sènami', role: asked.role ?? 'gestionnaire' };
    const body = { ministry: asked.ministry ?? ministry.acronym, person };
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const answer = await postJson<{ code: string }>(`${address}${PATHS.enrolmentCodes}`, body, headers);
    if (answer.status !== 201) throw new Error(`No enrolment code: ${JSON.stringify(answer.body)}`);
    return answer.body.code;
  };

  return {
    address,
    store,
    ministry,
    addMinistry: createMinistry,
    enrolmentCode,
    async enrol(name = ministry.acronym, role = 'gestionnaire') {
      const body = {
        protocol: PROTOCOL_VERSION,
        code: await enrolmentCode({ ministry: name, role }),
        deviceName: 'Poste',
      };
      const answer = await postJson<EnrolAnswer>(`${address}${PATHS.enrol}`, body);
      if (answer.status !== 200) throw new Error(`Not enrolled: ${JSON.stringify(answer.body)}`);
      return asTestDevice(address, answer.body);
    },
    documents: (ministryId = ministry.id) => store.pull(ministryId, { seq: 0, limit: 1_000_000 }),
    configure(changes) {
      Object.assign(config, changes);
    },
    async stop() {
      await app.close();
      await store.close();
    },
  };
}
