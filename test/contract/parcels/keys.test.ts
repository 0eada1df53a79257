import { generateKeyPairSync, sign } from 'node:crypto';
import { deviceKeysText, type PublicKeys } from '#shared/protocol/keys.ts';
import { PATHS } from '#shared/protocol/replication.ts';
import { makeSealingIdentity } from '#shared/sealing/seal.ts';
import { devicePublicKeys, endpointKeys } from '../../../electron/data/parcels/device-keys.ts';
import { loadEndpointKeys } from '../../../server/auth/endpoint-keys.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import { startEnrolled } from '../replication/desktop.ts';

async function madeKeys(): Promise<{ keys: PublicKeys; prove(deviceId: string): string }> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const keys = {
    signing: privateKey.export({ format: 'jwk' }).x ?? '',
    sealing: (await makeSealingIdentity()).recipient,
  };
  return { keys, prove: (id) => sign(null, Buffer.from(deviceKeysText(id, keys)), privateKey).toString('base64url') };
}

describe.each(DATABASES)('keys of devices and of the endpoint over $name', (database) => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
  });
  afterAll(() => endpoint.stop());

  const kept = (deviceId: string) =>
    asMinistry(endpoint.store.database, endpoint.ministry.id, (connection) =>
      connection.query('select signing_key as signing, sealing_key as sealing from devices where id = $1', [deviceId]),
    );

  it('X1: an enrolment tells each side the keys of the other', async () => {
    const desktop = await startEnrolled(endpoint);
    const { publicKeys } = await loadEndpointKeys(endpoint.store.database);
    expect(endpointKeys(desktop.register)).toEqual(publicKeys);
    const { device } = desktop.register.identity.require();
    expect(await kept(device.id)).toEqual([await devicePublicKeys(desktop.register)]);
    const before = await devicePublicKeys(desktop.register);
    await desktop.restart();
    expect(await devicePublicKeys(desktop.register)).toEqual(before);
  });

  it('X1: a desktop that was enrolled before there were keys exchanges them at its next start', async () => {
    const desktop = await startEnrolled(endpoint);
    const { device } = desktop.register.identity.require();
    await asMinistry(endpoint.store.database, endpoint.ministry.id, (connection) =>
      connection.query('update devices set signing_key = null, sealing_key = null where id = $1', [device.id]),
    );
    desktop.register.meta.set('parcels.endpointKeys', null);
    await desktop.restart();
    await desktop.sync();
    await vi.waitFor(() => expect(endpointKeys(desktop.register)).toBeDefined());
    expect(await kept(device.id)).toEqual([await devicePublicKeys(desktop.register)]);
  });

  it('X1: keys once told stay: the same again is answered alike, others and unproven ones are refused', async () => {
    const device = await endpoint.enrol();
    const [own, other] = [await madeKeys(), await madeKeys()];
    const tell = (body: object) =>
      device.request(PATHS.deviceKeys, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const request = { keys: own.keys, proof: own.prove(device.device.id) };
    expect((await tell({ ...request, proof: other.prove(device.device.id) })).body).toMatchObject({ field: '/proof' });
    expect((await tell({ ...request, proof: own.prove(endpoint.ministry.id) })).status).toBe(400);
    const answers = [await tell(request), await tell(request)];
    const { publicKeys } = await loadEndpointKeys(endpoint.store.database);
    expect(answers.map(({ body }) => body)).toEqual([{ endpointKeys: publicKeys }, { endpointKeys: publicKeys }]);
    const stranger = await tell({ keys: other.keys, proof: other.prove(device.device.id) });
    expect(stranger).toMatchObject({ status: 409, body: { code: 'COMMAND_CONFLICT', field: '/keys' } });
    expect(await kept(device.device.id)).toEqual([own.keys]);
  });

  it('E1: instances that start at once sign with one key, and no device of a ministry reads it', async () => {
    const loaded = await Promise.all([1, 2, 3].map(() => loadEndpointKeys(endpoint.store.database)));
    expect(new Set(loaded.map(({ publicKeys }) => publicKeys.signing)).size).toBe(1);
    const reading = asMinistry(endpoint.store.database, endpoint.ministry.id, (connection) =>
      connection.query('select 1 from endpoint_keys'),
    );
    await expect(reading).rejects.toThrow(/permission denied/);
  });
});
