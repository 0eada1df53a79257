import { describe, expect, it } from 'vitest';
import { problemsOf, read, realFile } from './support.ts';

describe('inventories of the GLPI agent', () => {
  it('creates the laptop with what the agent read, under the brand that people know', () => {
    const { lines, fileProblems } = read([realFile('glpi/computer_1.json')]);
    expect(fileProblems).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      file: 'computer_1.json',
      outcome: 'create',
      status: 'in-service',
      draft: {
        typeCode: 'PCP',
        designation: 'Ordinateur portable Dell XPS 13 9350',
        brand: 'Dell',
        model: 'XPS 13 9350',
        serialNumber: '640HP72',
        attributes: {
          processor: 'Intel(R) Core(TM) i5-6200U CPU @ 2.30GHz',
          cores: 2,
          memoryMb: 8192,
          diskGb: 256,
          diskType: 'SSD',
          os: 'Fedora 31 (Workstation Edition)',
          hostname: 'glpixps',
          diskEncryption: 'LUKS1 aes-xts-plain64',
          firmware: '1.4.3',
        },
      },
    });
  });

  it('takes the address of the built-in interface, not of the adapter on the cable', () => {
    const { lines } = read([realFile('glpi/computer_1.json')]);
    expect(lines[0]?.draft.attributes).toMatchObject({ macAddress: '44:85:00:2b:90:bc', ipAddress: '192.168.1.118' });
  });

  it("registers no screen for the laptop's own panel, although the agent gives it a serial", () => {
    const { lines } = read([realFile('glpi/computer_1.json')]);
    expect(problemsOf(lines[0])).toEqual(['screen-not-separate']);
  });

  it('leaves logins, keys and remote-control numbers in the file', () => {
    const text = JSON.stringify(read([realFile('glpi/computer_1.json')]));
    for (const secret of ['trasher', 'ssh-rsa', 'teamviewer', 'fusioninventory']) expect(text).not.toContain(secret);
  });

  it('creates the printer with its page counter', () => {
    const { lines } = read([realFile('glpi/printer_1.json')]);
    expect(lines.map(({ outcome, draft }) => [outcome, draft.typeCode, draft.serialNumber, draft.designation])).toEqual(
      [['create', 'IMP', 'PHCVN191TG', 'Imprimante HP LaserJet M507']],
    );
    expect(lines[0]?.draft.attributes).toMatchObject({ pageCount: 1802, memoryMb: 512, ipAddress: '10.59.29.175' });
  });

  it('creates the switch once and counts its sockets', () => {
    const { lines } = read([realFile('glpi/networkequipment_3.json')]);
    expect(
      lines.map(({ outcome, draft }) => [outcome, draft.typeCode, draft.serialNumber, draft.attributes?.portCount]),
    ).toEqual([['create', 'COM', 'CN5BFP62CP', 52]]);
  });

  it('I2: the schema of the inventories is JSON, but no inventory, and says what is missing', () => {
    const { lines, fileProblems } = read([realFile('glpi/inventory.schema.json'), realFile('glpi/printer_1.json')]);
    expect(fileProblems).toEqual([
      { file: 'inventory.schema.json', problem: 'not-inventory', path: '/content', detail: 'missing' },
    ]);
    expect(lines).toHaveLength(1);
  });

  it('names a licence text as what it is: no table', () => {
    const { lines, columns = [], fileProblems } = read([realFile('glpi/LICENSE')]);
    expect(lines).toEqual([]);
    expect(fileProblems[0]?.file).toBe('LICENSE');
    expect(columns.every(({ field }) => field === undefined)).toBe(true);
  });
});

describe('the sample of Snipe-IT', () => {
  const reading = read([realFile('snipe-it/assets-sample.csv')]);

  it('proposes a field for what it knows and shows the other columns without one', () => {
    const fields = Object.fromEntries((reading.columns ?? []).map(({ header, field }) => [header, field]));
    expect(fields).toEqual({
      Company: 'structureId',
      Name: 'designation',
      'Asset Tag': 'inventoryNumber',
      Category: 'typeCode',
      Supplier: 'supplier',
      Manufacturer: 'brand',
      Location: 'siteId',
      'Order Number': 'attributes.orderNumber',
      Model: 'model',
      'Model Notes': 'notes',
      'Model Number': 'attributes.modelNumber',
      'Asset Notes': 'notes',
      'Purchase Date': 'acquisitionDate',
      'Purchase Cost': 'acquisitionValue',
      'Checkout Type': 'holderKind',
      'Checked Out To: Username': undefined,
      'Checked Out To: First Name': 'holderFirstName',
      'Checked Out To: Last Name': 'holderName',
      'Checked Out To: Email': undefined,
      'Checked Out To: Location': undefined,
      'Asset EOL Date': undefined,
    });
  });

  it('creates its 22 rows, reads American dates by their evidence and rounds the cents with a remark', () => {
    expect(reading.lines.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 22 }, () => 'create'));
    expect(reading.lines[1]).toMatchObject({
      line: 3,
      draft: {
        inventoryNumber: 'WBH-2841795',
        acquisitionDate: '2022-11-14',
        acquisitionValue: 1293,
        holderKind: 'agent',
        holderName: 'McCrackem Gage',
        serialAbsenceReason: 'absent',
      },
    });
    expect(problemsOf(reading.lines[1])).toContain('acquisitionValue: value-rounded');
  });

  it('guesses the type where the category is none of ours, says so and keeps the category', () => {
    expect(reading.lines[0]?.draft).toMatchObject({
      typeCode: 'PCP',
      attributes: { sourceType: 'Ornamental Railings' },
    });
    expect(problemsOf(reading.lines[0])).toContain('typeCode: type-guessed');
    expect(reading.lines.at(-1)?.draft.typeCode).toBe('AUT');
    expect(problemsOf(reading.lines.at(-1))).toContain('typeCode: unknown-type');
  });

  it('I2: a list of places is no list of assets', () => {
    const { lines, columns, fileProblems } = read([realFile('snipe-it/locations-sample.csv')]);
    expect(lines).toEqual([]);
    expect(columns).toHaveLength(10);
    expect(fileProblems).toEqual([
      { file: 'locations-sample.csv', problem: 'bad-csv', detail: 'no column of an asset' },
    ]);
  });
});
