import { makeSealingIdentity } from '#shared/sealing/seal.ts';
import { makeParcels } from '../../../electron/data/parcels/make-parcel.ts';
import { RegisterService } from '../../../electron/data/service.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

describe('the statement of synchronisation', () => {
  it('X7 W1 W2: prints where the records of the desktop are at this instant, numbered and frozen', async () => {
    const register = openTestRegister();
    const service = new RegisterService(register);
    const sealing = (await makeSealingIdentity()).recipient;
    register.meta.set('parcels.endpointKeys', { signing: 'A'.repeat(43), sealing });
    service.commands.createAsset({ draft: assetDraft(), status: 'in-stock' });
    await makeParcels(register);
    service.commands.createAsset({ draft: assetDraft({ serialNumber: 'SN-2' }), status: 'in-stock' });
    const { assets } = service.questions.getParcels({});
    expect(assets).toEqual({ local: 1, sent: 1, received: 0, refused: 0 });
    const issued = await service.commands.issuePaper({
      kind: 'sync-statement',
      source: { type: 'desktop' },
      signatures: [],
    });
    expect(issued.number).toMatch(/^MND-AS-\d\d-K7-/);
    service.commands.createAsset({ draft: assetDraft({ serialNumber: 'SN-3' }), status: 'in-stock' });
    const content = service.questions.getPaper({ id: issued.id })?.content;
    const facts = Object.fromEntries((content?.facts ?? []).map(({ label, value }) => [label, value]));
    expect(facts).toMatchObject({
      Poste: 'K7, poste',
      'Fiches d’actifs reçues par l’ASIN': '0',
      'Fiches parties par clé, sans accusé encore': '1',
      'Fiches sur ce poste seulement': '1',
      'Enregistrements partis par clé': '2',
    });
    expect(content?.introduction.join(' ')).toMatch(/à \d\d:\d\d/);
    await service.replicator.close();
  });
});
