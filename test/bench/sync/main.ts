import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem, version } from 'node:os';
import { RXDB_VERSION } from 'rxdb';
import { startCouchServer } from './couch-server.ts';
import { meanSize, packWhole, takeSyncAssets } from './documents.ts';
import { bare, collections, ours } from './ours.ts';
import { pouchdb, rxdb } from './peers.ts';
import type { Measurement, Plan } from './protocol.ts';
import { renderSyncReport, type SyncResult } from './report.ts';
import { startRxServer } from './rxdb-server.ts';
import { runSuite } from './suite.ts';

/**
 * Run by plain Node: `sync.mjs PLAN` measures and writes the result, one JSON line per event meanwhile;
 * `sync.mjs serve rxdb|pouchdb SIZE` is a peer's server, which says its address on its first line.
 */
const [what = '', peer = '', size = ''] = process.argv.slice(2);

if (what === 'serve') {
  const start = peer === 'rxdb' ? startRxServer : startCouchServer;
  process.stdout.write(`${await start(takeSyncAssets(Number(size)))}\n`);
} else {
  // On a line that is cut PouchDB leaves a failed request that nobody waits for; who is short of assets is seen by the count.
  process.on('unhandledRejection', (error) => process.stderr.write(`${String(error)}\n`));
  await measureAll(JSON.parse(readFileSync(what, 'utf8')));
  // The peers leave sockets and timers behind.
  process.exit(0);
}

async function measureAll(plan: Plan): Promise<void> {
  const measurements: Measurement[] = [];
  const contestants = [ours, bare, collections, rxdb, pouchdb].filter(({ name }) => plan.contestants.includes(name));
  const save = (error?: unknown) => {
    const floors = plan.parts.includes('load') && { floors: packWhole(takeSyncAssets(plan.large)) };
    const result: SyncResult = { machine: describeMachine(plan), plan, measurements, ...floors };
    const failure = error instanceof Error ? { error: error.stack } : {};
    writeFileSync(plan.resultFile, JSON.stringify({ table: renderSyncReport(result), ...result, ...failure }));
  };
  try {
    await runSuite(contestants, plan, {
      onMeasurement: (measurement) => measurements.push(measurement),
      onProgress: (text) => process.stdout.write(`${JSON.stringify({ event: 'progress', text })}\n`),
    });
  } catch (error) {
    // What was measured until then took its time.
    save(error);
    throw error;
  }
  save();
}

function describeMachine({ small }: Plan): SyncResult['machine'] {
  return {
    system: `${process.platform} ${version()}`,
    processor: cpus()[0]?.model ?? 'unknown processor',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.versions.node,
    database: process.env.REGISTRE_TEST_POSTGRES_URL ? 'PostgreSQL' : 'PGlite',
    rxdb: RXDB_VERSION,
    pouchdb: versionOf('pouchdb-core'),
    meanAsset: meanSize(takeSyncAssets(small)),
  };
}

function versionOf(name: string): string {
  return String(createRequire(import.meta.url)(`${name}/package.json`).version);
}
