import { expect, type Locator, type Page, test } from '@playwright/test';
import { formatReference } from '#shared/domain/reference-number.ts';
import { type EnrolAnswer, PATHS, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { asTestDevice, postJson, type TestDevice } from '../support/endpoint-device.ts';
import { asRow, makeAsset } from '../support/endpoint-documents.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';
import { measureKeystrokes } from '../support/keystrokes.ts';

const ROW = 36;
/** The last asset of the demonstration is the first of the list. */
const NEWEST = {
  reference: 'MND-PCP-26-REP-2000-F',
  serial: '5CD848YY0G',
  mac: '02:d6:34:0b:9d:3a',
} as const;

let endpoint: EndpointProcess;
let profile: TestProfile;
let desktop: DesktopApp;
let page: Page;
let grid: Locator;
let search: Locator;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  endpoint = await startEndpointProcess({ demonstration: 'full' });
  profile = makeProfile('liste', { enrolment: { server: endpoint.address, code: await endpoint.enrolmentCode() } });
  desktop = await DesktopApp.launch(profile);
  page = desktop.page;
  grid = page.getByRole('grid');
  search = page.getByRole('searchbox');
  await desktop.createRegister();
  await expect(page.getByText(/2\s000 actifs/)).toBeVisible({ timeout: 60_000 });
});

test.afterAll(async () => {
  await desktop.close();
  await endpoint.stop();
  profile.remove();
});

/** Types a text and waits until the rows for it are shown. */
async function searchFor(text: string): Promise<void> {
  await search.fill(text);
  await isSettled();
}

async function isSettled(): Promise<void> {
  await expect(page.locator('main [aria-busy]')).toHaveAttribute('aria-busy', 'false');
}

type DrawnRow = { readonly index: number; readonly text: string; readonly top: number };

/** The rows whose top is in sight, by what the screen shows: index in the list, reference, pixels below the header. */
function rowsInSight(): Promise<DrawnRow[]> {
  return grid.evaluate((element) => {
    const { top, height } = element.getBoundingClientRect();
    return [...element.querySelectorAll<HTMLElement>('[role=row][id]')]
      .map((row) => ({
        index: Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex')) - 2,
        // The first cell is the box that chooses the row.
        text: row.children[1]?.textContent ?? '',
        top: row.getBoundingClientRect().top - top - 37,
      }))
      .filter((row) => row.top > -36 && row.top < height - 37);
  });
}

/** Every row in sight stands where its index says, none is missing and none is empty. */
async function expectNoGap(): Promise<void> {
  await expect(async () => {
    const rows = await rowsInSight();
    const [first] = rows;
    if (!first) throw new Error('No row is in sight');
    expect(first.top).toBeLessThanOrEqual(0);
    for (const [place, row] of rows.entries()) {
      expect(row.index).toBe(first.index + place);
      expect(row.top).toBeCloseTo(first.top + place * 36, 0);
      expect(row.text).toMatch(/^MND-/);
    }
  }).toPass();
}

async function resizeTo(width: number, height: number): Promise<void> {
  await desktop.application.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as [number, number],
  );
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeGreaterThan(width - 3);
}

async function switchTo(scheme: 'light' | 'dark'): Promise<void> {
  const root = page.locator('html');
  if ((await root.getAttribute('data-mantine-color-scheme')) !== scheme) {
    await page.getByRole('button', { name: /Passer à l’apparence/ }).click();
  }
  await expect(root).toHaveAttribute('data-mantine-color-scheme', scheme);
}

test('Q2: what was found is marked, and a row says why it is there when its columns do not', async () => {
  await searchFor('5cd848yy0g');
  await expect(page.getByText(/1 actif trouvé pour/)).toBeVisible();
  await expect(grid.getByRole('row').nth(1)).toContainText(`N° de série ${NEWEST.serial}`);
  await expect(grid.locator('mark')).toHaveText([NEWEST.serial]);
  await searchFor('02d6340b9d3a');
  await expect(grid.getByRole('row').nth(1)).toContainText(`Adresse MAC ${NEWEST.mac}`);
  await expect(grid.locator('mark')).toHaveText([NEWEST.mac]);
  await searchFor('ecran hp');
  await expect(grid.getByRole('row').nth(1).locator('mark').first()).toHaveText('Écran');
  await searchFor('littoral vetuste');
  await expect(grid.getByRole('row').nth(1)).toContainText(/Site Littoral/);
  await expect(grid.getByRole('row').nth(1)).toContainText(/Observations .*vétuste/);
});

test('a number that was typed or scanned is opened by two times Enter', async () => {
  await searchFor(NEWEST.serial);
  await page.keyboard.press('Enter');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ordinateur portable HP ProBook 450 G5' })).toBeVisible();
  await desktop.goTo('Actifs');
});

test('Q4: words that are nowhere are told with those that were found instead', async () => {
  await searchFor('ordinatuer dell');
  await expect(page.getByText('Aucun résultat pour «\u00a0ordinatuer\u00a0».')).toBeVisible();
  await expect(page.getByText(/Résultats pour «\sordinateur\s»\s:/)).toBeVisible();
  await expect(grid.getByRole('row').nth(1).locator('mark').first()).toHaveText('Ordinateur');
  await desktop.picture('list-corrected');
});

test('nothing found says what to do next', async () => {
  await searchFor('xyzxyz');
  await expect(page.getByRole('heading', { name: 'Aucun actif pour «\u00a0xyzxyz\u00a0»' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Effacer la recherche' })).toBeVisible();
  await desktop.picture('list-nothing');
  expect(await desktop.violations()).toEqual([]);

  await searchFor('5cd848yy0g');
  await page.getByRole('button', { name: /Filtrer\s: Statut/ }).click();
  await page.getByRole('checkbox', { name: /En stock/ }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/1 actif correspond à «\s5cd848yy0g\s» sans les filtres/)).toBeVisible();
  await desktop.picture('list-nothing-filtered');
  await page.getByRole('button', { name: 'Chercher sans les filtres' }).click();
  await expect(grid).toContainText(NEWEST.reference);
  await search.fill('');
  await expect(page.getByText(/2\s000 actifs/)).toBeVisible();
});

test('columns order the list, and a search until it ends', async () => {
  const header = (name: string) => page.getByRole('columnheader', { name });
  const firstRow = grid.getByRole('row').nth(1);
  await expect(header('Modifié')).toHaveAttribute('aria-sort', 'descending');
  await expect(firstRow).toContainText(NEWEST.reference);
  await page.getByRole('button', { name: 'Référence' }).click();
  await expect(header('Référence')).toHaveAttribute('aria-sort', 'ascending');
  await expect(firstRow).not.toContainText(NEWEST.reference);
  await page.getByRole('button', { name: 'Structure', exact: true }).click();
  await expect(header('Structure')).toHaveAttribute('aria-sort', 'ascending');
  await expect(firstRow).toContainText('Cabinet du ministre');

  await searchFor('portable');
  await expect(header('Structure')).not.toHaveAttribute('aria-sort');
  await page.getByRole('button', { name: 'Statut', exact: true }).click();
  await expect(firstRow).toContainText('En stock');
  await page.getByRole('button', { name: 'Les plus proches d’abord' }).click();
  await expect(header('Statut')).not.toHaveAttribute('aria-sort');
  await search.fill('');
  await expect(header('Structure')).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('button', { name: 'Structure', exact: true }).click();
  await page.getByRole('button', { name: 'Structure', exact: true }).click();
  await expect(header('Modifié')).toHaveAttribute('aria-sort', 'descending');
  await isSettled();
});

test('keys, wheel and scroll bar go through all rows without a gap', async () => {
  await expect(grid).toHaveAttribute('aria-rowcount', '2001');
  await grid.focus();
  await page.keyboard.press('End');
  await expectNoGap();
  await expect.poll(async () => (await rowsInSight()).at(-1)).toMatchObject({ index: 1999 });
  await expect(page.locator('#asset-row-1999')).toHaveAttribute('data-active', 'true');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowUp');
  await expectNoGap();
  await page.keyboard.press('Home');
  await expectNoGap();
  // What stands where is known a frame after the rows were drawn.
  await expect.poll(async () => (await rowsInSight())[0]).toMatchObject({ index: 0, text: NEWEST.reference, top: 0 });
  // The rows below those in sight are there to be drawn, not to be scrolled to by the browser itself.
  await grid.evaluate((element) => {
    for (const inner of element.querySelectorAll('[role=rowgroup] *')) inner.scrollTop = 1000;
  });
  await expect.poll(async () => (await rowsInSight())[0]).toMatchObject({ index: 0, top: 0 });

  const box = await grid.boundingBox();
  if (!box) throw new Error('The list is not on the screen');
  await page.mouse.move(box.x + 200, box.y + 200);
  for (let turn = 0; turn < 10; turn += 1) await page.mouse.wheel(0, 5 * ROW);
  await expect.poll(async () => (await rowsInSight())[0]).toMatchObject({ index: 50, top: 0 });
  await expectNoGap();

  const thumb = { x: box.x + box.width - 7, y: box.y + 30 };
  await page.mouse.move(thumb.x, thumb.y);
  await page.mouse.down();
  await page.mouse.move(thumb.x, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  await expectNoGap();
  await expect.poll(async () => (await rowsInSight())[0]?.index).toBeGreaterThan(500);
  await desktop.picture('list-middle');
});

test('coming back from a record finds the same rows at the same place', async () => {
  const before = await rowsInSight();
  const row = before[3];
  if (!row) throw new Error('Rows are in sight');
  await page.locator(`#asset-row-${row.index}`).click();
  await expect(page.getByRole('heading', { name: 'Historique' })).toBeVisible();
  await page.getByRole('link', { name: 'Liste des actifs' }).click();
  await expect(page.locator(`#asset-row-${row.index}`)).toContainText(row.text);
  await expect.poll(rowsInSight).toEqual(before);
  await expect(page.locator(`#asset-row-${row.index}`)).toHaveAttribute('data-active', 'true');
  await expect(grid).toBeFocused();
});

test('what another desktop adds moves no row that is in sight, and comes first at the top', async () => {
  const before = await rowsInSight();
  const other = await enrolOther();
  const added = Array.from({ length: 3 }, (_, place) => addedAsset(other, place + 1));
  const { body } = await other.exchange(added.map((document) => asRow('assets', document)));
  expect(body.answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
  await expect(grid).toHaveAttribute('aria-rowcount', '2004', { timeout: 30_000 });
  await expect.poll(rowsInSight).toEqual(before.map((row) => ({ ...row, index: row.index + 3 })));
  await grid.focus();
  await page.keyboard.press('Home');
  await expectNoGap();
  await expect(async () => expect((await rowsInSight())[0]?.text).toBe(added[2]?.reference)).toPass({
    timeout: 10_000,
  });
});

test('the palette marks what it found, and Enter opens the best match', async () => {
  await search.focus();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Une action/).fill(NEWEST.serial.toLowerCase());
  const dialog = page.getByRole('dialog', { name: 'Palette de commandes' });
  await expect(dialog.locator('mark')).toHaveText([NEWEST.serial]);
  await desktop.picture('palette-asset');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ordinateur portable HP ProBook 450 G5' })).toBeVisible();
  await desktop.goTo('Actifs');
});

test('a keystroke’s rows are painted for every key', async () => {
  const { samples } = await measureKeystrokes(page, ['ecran', 'latitude 5420']);
  // The space asks for nothing new.
  expect(samples).toHaveLength(17);
});

test('the list can be read in every size and light, with marks and reasons', async () => {
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await resizeTo(width, height);
    for (const scheme of ['dark', 'light'] as const) {
      await switchTo(scheme);
      await searchFor('dossou portable');
      await desktop.picture(`list-found-${width}-${scheme}`);
      expect(await desktop.violations(), `${width}, ${scheme}`).toEqual([]);
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder(/Une action/).fill('dossou portable');
      await expect(page.getByRole('dialog').locator('mark').first()).toBeVisible();
      await desktop.picture(`palette-found-${width}-${scheme}`);
      expect(await desktop.violations(), `palette, ${width}, ${scheme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await searchFor('');
      await desktop.picture(`list-${width}-${scheme}`);
    }
  }
});

/** Another desktop of the ministry, as far as the endpoint can tell. */
async function enrolOther(): Promise<TestDevice> {
  const code = await endpoint.enrolmentCode({ name: 'Autre poste' });
  const { body } = await postJson<EnrolAnswer>(`${endpoint.address}${PATHS.enrol}`, {
    protocol: PROTOCOL_VERSION,
    code,
    deviceName: 'autre',
  });
  return asTestDevice(endpoint.address, body);
}

function addedAsset(device: TestDevice, sequence: number) {
  const changed = new Date(Date.now() + sequence * 1000).toISOString();
  return makeAsset(device, {
    reference: formatReference({
      acronym: device.ministry.acronym,
      typeCode: 'PCP',
      year: 2026,
      deviceCode: device.device.code,
      sequence,
    }),
    serialNumber: `AJOUT-${sequence}`,
    createdAt: changed,
    updatedAt: changed,
  });
}
