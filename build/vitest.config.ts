import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * One project per kind of test, each in its folder under `test/`:
 *
 * - `unit`        pure functions and single modules, no process, no network
 * - `contract`    one suite over several implementations (storages, stores, RxDB's own suites)
 * - `simulation`  seeded runs of many devices with a bad network
 * - `fault`       real things broken: corrupt files, kill -9, full disk
 *
 * End-to-end tests belong to Playwright (playwright.config.ts).
 * Globals are on because RxDB's own suites are written for mocha's `describe` and `it`.
 */
const SECONDS = 1000;

function project(name: string, timeoutSeconds: number) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.{ts,tsx}`],
      testTimeout: timeoutSeconds * SECONDS,
      hookTimeout: timeoutSeconds * SECONDS,
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    globals: true,
    environment: 'node',
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // These end what hangs; a busy machine may take ten times as long as a quiet one.
    projects: [project('unit', 60), project('contract', 180), project('simulation', 900), project('fault', 300)],
  },
});
