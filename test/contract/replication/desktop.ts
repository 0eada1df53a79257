import { randomBytes } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import type { Role } from '#shared/domain/roles.ts';
import type { SyncState } from '#shared/protocol/data-port.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import { Register, realEnvironment } from '../../../electron/data/register.ts';
import { HttpClient } from '../../../electron/data/replication/http-client.ts';
import { toWire } from '../../../electron/data/replication/wire-document.ts';
import { RegisterService } from '../../../electron/data/service.ts';
import { openRegister } from '../../../electron/data/sqlcipher/register-file.ts';
import type { TestEndpoint } from '../../support/endpoint.ts';
import { assetDraft, temporaryDirectory } from '../../support/register.ts';
import { type Network, startNetwork } from './network.ts';

/** A desktop without its windows: the service on a real encrypted file, and its own line to the endpoint. */
export type Desktop = {
  /** The running one: another after `restart`. */
  readonly service: RegisterService;
  readonly register: Register;
  readonly network: Network;
  readonly state: SyncState;
  create(fields?: Parameters<typeof assetDraft>[0]): string;
  asset(id: string): WireDocument | undefined;
  all(collection: CollectionName): WireDocument[];
  /** The line fails, and the desktop has noticed. */
  goOffline(): Promise<void>;
  /** The line is back, and everything that can be exchanged is. */
  goOnline(): Promise<SyncState>;
  /** Exchanges until nothing waits. */
  sync(): Promise<SyncState>;
  /** Ends the process, as it were, and starts another on the same file. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

type DesktopOptions = {
  /** Its clock, among others. */
  readonly environment?: typeof realEnvironment;
  readonly line?: ConstructorParameters<typeof HttpClient>[0];
};

/** No two assets of a test are twins unless it says so (SPEC V2). */
let serials = 0;

/** Opens an empty register; not enrolled. Closed at the end of the test. */
export async function startDesktop(
  endpoint: Pick<TestEndpoint, 'address'>,
  { environment = realEnvironment, line }: DesktopOptions = {},
): Promise<Desktop> {
  const directory = temporaryDirectory();
  const key = randomBytes(32);
  const network = await startNetwork(endpoint.address);
  const open = (create: boolean) =>
    new RegisterService(
      new Register(openRegister({ directory, key, create }), environment),
      line && { transport: new HttpClient(line) },
    );
  let service = open(true);

  const desktop: Desktop = {
    get service() {
      return service;
    },
    get register() {
      return service.register;
    },
    network,
    get state() {
      return service.replicator.state;
    },
    create(fields = {}) {
      serials += 1;
      const draft = assetDraft({ serialNumber: `SN-${serials}`, ...fields });
      const made = service.commands.createAsset({ draft, status: 'in-stock' });
      // Creation answers at once: only imports and exchanges are asynchronous.
      return (made as { id: string }).id;
    },
    asset(id) {
      const stored = service.register.table('assets').get(id);
      return stored && toWire(stored);
    },
    all: (collection) =>
      service.register.table(collection).changedSince(Number.POSITIVE_INFINITY).documents.map(toWire),
    async goOffline() {
      network.weather = 'down';
      network.cut();
      await service.commands.syncNow({});
      await vi.waitFor(() => expectPhase(desktop, 'offline'));
    },
    async goOnline() {
      network.weather = 'up';
      return desktop.sync();
    },
    async sync() {
      await vi.waitFor(
        async () => {
          const { phase, waiting } = await service.commands.syncNow({});
          if (phase !== 'idle' || waiting > 0) throw new Error(`${phase}, ${waiting} waiting`);
        },
        { timeout: 20_000, interval: 10 },
      );
      return desktop.state;
    },
    async restart() {
      await service.close();
      service = open(false);
    },
    async close() {
      await service.close();
      await network.close();
    },
  };
  onTestFinished(() => desktop.close());
  return desktop;
}

type EnrolledOptions = DesktopOptions & { readonly role?: Role; readonly ministry?: string };

/** A desktop of a person with this role, enrolled over its line, everything pulled. */
export async function startEnrolled(
  endpoint: TestEndpoint,
  { role = 'gestionnaire', ministry, ...options }: EnrolledOptions = {},
): Promise<Desktop> {
  const desktop = await startDesktop(endpoint, options);
  const code = await endpoint.enrolmentCode({ role, ...(ministry && { ministry }) });
  await desktop.service.commands.enrol({ server: desktop.network.address, code, deviceName: 'Poste' });
  await desktop.sync();
  return desktop;
}

function expectPhase(desktop: Desktop, phase: SyncState['phase']): void {
  if (desktop.state.phase !== phase) throw new Error(`The phase is ${desktop.state.phase}, not ${phase}`);
}
