import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

/**
 * End-to-end tests on the packaged application (`npm run package -- --dir`). They launch it themselves, so there is
 * no browser project here. One worker and no retry: a test that needs a second chance is a bug to find.
 */
export default defineConfig({
  testDir: fileURLToPath(new URL('../test/e2e', import.meta.url)),
  outputDir: fileURLToPath(new URL('../out/e2e', import.meta.url)),
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure' },
});
