import { expect, test } from '@playwright/test';
import { assetDraft } from '../support/asset-draft.ts';
import { startCountingProxy } from '../support/counting-proxy.ts';
import { cutEverywhere } from '../support/cut-everywhere.ts';
import { DesktopApp, makeProfile } from '../support/desktop-app.ts';
import { startEndpointProcess } from '../support/endpoint-process.ts';
import { readerOf } from '../support/endpoint-reader.ts';
import { PagePort } from '../support/page-port.ts';

/** `CUT_STRIDE=7` cuts at every seventh byte only. */
const STRIDE = Number(process.env.CUT_STRIDE ?? 1);

// A trace of thousands of calls costs more than they do.
test.use({ trace: 'off' });

test('S3, S5, S11: the packaged application, cut after every byte of an exchange in turn: all arrives, once', async () => {
  test.setTimeout(300_000);
  const endpoint = await startEndpointProcess({
    demonstration: 'empty',
    // More exchanges in a minute than any desktop makes.
    env: { REGISTRE_DEVICE_REQUESTS_PER_MINUTE: '1000000' },
  });
  const proxy = await startCountingProxy(endpoint.address);
  const profile = makeProfile('coupe', {
    enrolment: { server: proxy.address, code: await endpoint.enrolmentCode() },
  });
  const desktop = await DesktopApp.launch(profile);
  const { page } = desktop;
  try {
    await desktop.createRegister();
    await expect(page.getByRole('banner')).toContainText('À jour', { timeout: 60_000 });
    const port = await PagePort.open(page);
    const { id } = await port.command('createAsset', { draft: assetDraft(), status: 'in-stock' });
    const reader = await readerOf(endpoint);
    const report = await cutEverywhere({
      desktop: {
        writeNote: (notes) => port.command('updateAsset', { id, changes: { notes } }),
        syncNow: () => port.command('syncNow', {}),
        state: () => port.question('getSyncState', {}),
      },
      proxy,
      reader,
      assetId: id,
      stride: STRIDE,
    });
    test
      .info()
      .annotations.push({ type: 'cuts', description: JSON.stringify({ ...report, notes: report.notes.length }) });
    // A run in which nothing was cut proves nothing.
    expect(report.cut).toBeGreaterThan(200 / STRIDE);
    expect(report.unanswered).toBeGreaterThan(20 / STRIDE);

    await desktop.goTo('Synchronisation');
    await expect(page.getByText('Tout ce qui est sur ce poste a été reçu par l’ASIN.')).toBeVisible();
    expect(await port.question('getAssetSync', { id })).toMatchObject({ state: 'received' });
    const { openReviews } = await port.question('getSyncState', {});
    expect(openReviews).toBe(0);
    const check = await port.command('verifyJournal', {});
    expect(check.devices.filter(({ firstBad }) => firstBad)).toEqual([]);
  } finally {
    await desktop.close();
    await proxy.close();
    await endpoint.stop();
    profile.remove();
  }
});
