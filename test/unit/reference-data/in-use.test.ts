import { ImportCommands } from '../../../electron/data/commands/import-commands.ts';
import { Names } from '../../../electron/data/papers/names.ts';
import { saveSite, saveStructure } from '../../../electron/data/reference-data/save.ts';
import { openOrganised, structure } from './support.ts';

describe('R1: what is no longer in use', () => {
  /** The IT department ended and was made anew under its own name. */
  function openWithSuccessor() {
    const organised = openOrganised();
    const { register, direction, secretariat } = organised;
    const same = { kind: 'central-directorate', name: 'Direction des systèmes d’information', acronym: 'DSI' } as const;
    saveStructure(register, { ...same, id: direction, parentId: secretariat, validTo: '2020' });
    const successor = structure(register, { ...same, parentId: secretariat });
    // Written last, so that no order of rows hides what is asked here.
    saveStructure(register, {
      ...same,
      id: direction,
      parentId: secretariat,
      validTo: '2020',
      replacedById: successor,
    });
    return { ...organised, successor };
  }

  it('gives way, in a file of assets, to what has its name now; alone it is still understood', async () => {
    const { register, ministry, commune, headquarters, successor } = openWithSuccessor();
    const imports = new ImportCommands(register, () => undefined);
    const preview = async () => {
      const bytes = Buffer.from('Désignation;Marque;N° de série;Type;Structure;Site\nPortable;Dell;SN1;PCP;DSI;Siège');
      const { lines } = await imports.preview({
        files: [{ name: 'parc.csv', bytes }],
        defaults: {
          structureId: ministry,
          siteId: commune,
          status: 'in-stock',
          physicalState: 'good',
          holderKind: 'service',
          acquisitionMode: 'existing',
        },
      });
      return lines[0]?.draft;
    };
    expect(await preview()).toMatchObject({ structureId: successor, siteId: headquarters });
    saveSite(register, { id: headquarters, kind: 'site', name: 'Siège', parentId: commune, active: false });
    expect(await preview()).toMatchObject({ siteId: headquarters });
  });

  it('issues no paper', () => {
    const { register, successor } = openWithSuccessor();
    expect(new Names(register).issuer).toBe(successor);
  });
});
