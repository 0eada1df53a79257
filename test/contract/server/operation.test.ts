import { OPERATION_PATHS } from '../../../server/routes/operation.ts';
import { ADMIN_TOKEN, startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import { asRow, makeAsset, makeMovement } from '../../support/endpoint-documents.ts';
import { openStream } from '../../support/endpoint-stream.ts';

const METRICS_TOKEN = 'metrics-of-the-tests';

async function readMetrics({ address }: Pick<TestEndpoint, 'address'>, token = METRICS_TOKEN) {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${address}${OPERATION_PATHS.metrics}`, { headers });
  return { status: response.status, text: await response.text() };
}

async function readReadiness({ address }: Pick<TestEndpoint, 'address'>) {
  const response = await fetch(`${address}${OPERATION_PATHS.ready}`);
  return { status: response.status, body: await response.json() };
}

describe.each(DATABASES)('an endpoint in operation over $name', (database) => {
  let endpoint: TestEndpoint;
  let lines: string[];

  beforeEach(async () => {
    lines = [];
    endpoint = await startEndpoint({
      database,
      config: { metricsToken: METRICS_TOKEN },
      log: { write: (line) => lines.push(line) },
    });
  });
  afterEach(() => endpoint.stop());

  it('E3: an instance is ready while its database answers and is of its version, and says what is wrong otherwise', async () => {
    expect(await readReadiness(endpoint)).toEqual({ status: 200, body: { status: 'ready' } });
    const { transaction } = endpoint.store.database;
    await transaction((connection) =>
      connection.query("insert into schema_versions (version, name) values (999, 'future')"),
    );
    expect(await readReadiness(endpoint)).toEqual({ status: 503, body: { status: 'not-ready', reason: 'schema' } });
    await transaction((connection) => connection.query('alter table schema_versions rename to gone'));
    expect(await readReadiness(endpoint)).toEqual({ status: 503, body: { status: 'not-ready', reason: 'database' } });
    expect((await fetch(`${endpoint.address}${OPERATION_PATHS.health}`)).status).toBe(200);
  });

  it('E4: the metrics count rows by what became of them, requests by route, and open streams', async () => {
    const device = await endpoint.enrol();
    const asset = makeAsset(device);
    await device.exchange([asRow('assets', asset), asRow('assets', makeAsset(device, { brand: 1 }))]);
    await device.exchange([asRow('assets', { ...asset, brand: 'HP' })]);
    await device.exchange([], { protocol: 99 });
    const stream = await openStream(endpoint.address, device.token);
    await stream.until(() => true);
    const { text } = await readMetrics(endpoint);
    expect(text).toContain('registre_rows_pushed_total{outcome="accepted"} 1');
    expect(text).toContain('registre_rows_pushed_total{outcome="refused"} 1');
    expect(text).toContain('registre_rows_pushed_total{outcome="conflict"} 1');
    expect(text).toContain(
      'registre_request_duration_seconds_count{method="POST",route="/v1/exchange",status="200"} 2',
    );
    expect(text).toContain(
      'registre_request_duration_seconds_count{method="POST",route="/v1/exchange",status="400"} 1',
    );
    expect(text).toContain('registre_open_streams 1');
    if (database.name === 'PostgreSQL') expect(text).toMatch(/registre_pool_connections\{state="open"\} [1-9]/);
    stream.close();
    await vi.waitFor(async () => expect((await readMetrics(endpoint)).text).toContain('registre_open_streams 0'));
  });

  it('E4: the metrics are for whoever has their token, and the administrator’s is another one', async () => {
    expect((await readMetrics(endpoint, 'wrong')).status).toBe(401);
    expect((await readMetrics(endpoint, ADMIN_TOKEN)).status).toBe(401);
    expect((await readMetrics(endpoint)).status).toBe(200);
    const closed = await startEndpoint();
    expect((await readMetrics(closed)).status).toBe(401);
    await closed.stop();
  });

  it('E4: neither log nor metrics of a whole run hold a name, a serial, an id of a row, a code or a token', async () => {
    const code = await endpoint.enrolmentCode({ name: 'AGBOSSOU Personne' });
    const device = await endpoint.enrol();
    const colleague = await endpoint.enrol();
    const asset = makeAsset(device, { serialNumber: 'SN-SECRET-77', designation: 'Poste du ministre' });
    const movement = makeMovement(device);
    await device.exchange([asRow('assets', asset), asRow('movements', movement)]);
    await colleague.exchange([asRow('assets', { ...asset, brand: 'Conflit' })]);
    await colleague.exchange([asRow('assets', makeAsset(device, { serialNumber: 12 })), asRow('unknown', asset)]);
    await device.pull('assets', '?limit=nonsense-SN-SECRET-77');
    await device.push('assets', [{ newDocumentState: asset }]);
    await device.request('/v1/AGBOSSOU?token=SN-SECRET-77');
    await fetch(`${endpoint.address}/v1/enrol`, {
      method: 'POST',
      body: `{"code":"${code}"`,
      headers: { 'content-type': 'application/json' },
    });
    await endpoint.store.database.transaction((connection) =>
      connection.query('alter table documents rename to broken_documents'),
    );
    expect((await device.exchange([asRow('assets', asset)])).status).toBe(500);

    // Where it listens is said by the framework, once and before anybody came.
    const log = lines.filter((line) => !line.includes('Server listening')).join('');
    const said = `${log}${(await readMetrics(endpoint)).text}`;
    expect(said).toContain('/v1/exchange');
    expect(said).toContain('failed');
    const secrets = [
      ...[code, device.token, colleague.token, ADMIN_TOKEN, METRICS_TOKEN],
      ...['SN-SECRET-77', 'Poste du ministre', 'Conflit', 'HOUNKPÈ', 'AGBOSSOU'],
      ...[asset.id, movement.id, String(asset.reference), device.person.id, '127.0.0.1'],
    ];
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  });
});
