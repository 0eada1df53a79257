import { describe, expect, it } from 'vitest';
import { problemsOf, read, realFile, textFile } from './support.ts';

type Content = Record<string, unknown>;
function inventory(content: Content, envelope: Content = {}) {
  return textFile(
    'machine.json',
    JSON.stringify({ deviceid: 'x', action: 'inventory', itemtype: 'Computer', content, ...envelope }),
  );
}
function computer(hardware: Content, bios: Content = {}, more: Content = {}): Content {
  return {
    versionclient: 'GLPI-Agent_v1.7',
    hardware: { chassis_type: 'Desktop', vmsystem: 'Physical', name: 'PC-01', ...hardware },
    bios: { smanufacturer: 'HP', smodel: 'HP ProDesk 400 G7', ssn: 'CZC1234ABC', ...bios },
    ...more,
  };
}
const only = (content: Content, envelope?: Content) => read([inventory(content, envelope)]).lines[0];

/** An EDID of 128 bytes; a screen that is sold carries its name in a descriptor. */
function edid(isNamed: boolean): string {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(0x00ff_ffff, 0);
  bytes.writeUInt8(isNamed ? 0xfc : 0xfe, 57);
  return bytes.toString('base64');
}

describe('computers', () => {
  it.each([
    ['Laptop', 'PCP'],
    ['Sub Notebook', 'PCP'],
    ['Convertible', 'PCP'],
    ['Low Profile Desktop', 'PCF'],
    ['Mini Tower', 'PCF'],
    ['All in One', 'PCF'],
    ['Rack Mount Chassis', 'SRV'],
    ['Tablet', 'TAB'],
  ])('a %s is a %s', (chassis, typeCode) => {
    expect(only(computer({ chassis_type: chassis }))?.draft.typeCode).toBe(typeCode);
  });

  it.each([
    ['Dell Inc.', 'PowerEdge T340', 'Tower', 'SRV', 'Dell'],
    ['Dell Inc.', 'Precision 3660', 'Tower', 'STA', 'Dell'],
    ['HP', 'HP Z2 Tower G5 Workstation', 'Tower', 'STA', 'HP'],
    ['Apple Inc.', 'MacBookPro16,1', '', 'PCP', 'Apple'],
    ['Apple Inc.', 'iMac19,1', '', 'PCF', 'Apple'],
    ['Hewlett-Packard', 'HP Compaq Pro 6300 SFF', 'Low Profile Desktop', 'PCF', 'HP'],
    ['HPE', 'ProLiant DL380 Gen10', 'Rack Mount Chassis', 'SRV', 'HPE'],
  ])('%s %s in a case "%s" is a %s of %s', (smanufacturer, smodel, chassis_type, typeCode, brand) => {
    expect(only(computer({ chassis_type }, { smanufacturer, smodel }))?.draft).toMatchObject({
      typeCode,
      brand,
      model: smodel,
    });
  });

  it('without a case, a battery makes a laptop, and the guess is told', () => {
    const line = only(computer({ chassis_type: undefined }, { smodel: 'X-900' }, { batteries: [{ name: 'B1' }] }));
    expect(line?.draft.typeCode).toBe('PCP');
    expect(problemsOf(line)).toContain('typeCode: type-guessed');
  });

  it('takes the name of a Lenovo from its stock number, where the model is a type number', () => {
    const line = only(
      computer(
        { chassis_type: 'Notebook' },
        { smanufacturer: 'LENOVO', smodel: '20L5CTO1WW', skunumber: 'LENOVO_MT_20L5_BU_Think_FM_ThinkPad T480' },
      ),
    );
    expect(line?.draft).toMatchObject({
      brand: 'Lenovo',
      model: 'ThinkPad T480',
      attributes: { modelNumber: '20L5CTO1WW' },
    });
  });

  it.each([
    ['VirtualBox', {}],
    ['Hyper-V', {}],
    ['Physical', { smanufacturer: 'VMware, Inc.', smodel: 'VMware Virtual Platform' }],
    ['', { smanufacturer: 'QEMU', smodel: 'Standard PC (i440FX + PIIX, 1996)' }],
    ['Physical', { smanufacturer: 'Microsoft Corporation', smodel: 'Virtual Machine' }],
  ])('a virtual machine (%s %j) is no piece of equipment', (vmsystem, bios) => {
    const line = only(computer({ vmsystem }, bios));
    expect(line?.outcome).toBe('invalid');
    expect(problemsOf(line)[0]).toBe('virtual-machine');
  });

  it('A6: a placeholder serial is dropped, the one of the case taken instead, never the one of the board', () => {
    const cased = only(computer({}, { ssn: 'To be filled by O.E.M.', enclosureserial: 'CASE-77', msn: 'BOARD-1' }));
    expect(cased?.draft.serialNumber).toBe('CASE-77');
    const bare = only(computer({}, { ssn: 'Default string', msn: 'BOARD-1' }));
    expect(bare?.draft).toMatchObject({ serialAbsenceReason: 'absent' });
    expect(bare?.draft.serialNumber).toBeUndefined();
    expect(problemsOf(bare)).toEqual(['serialNumber: junk-serial']);
    expect(bare?.outcome).toBe('create');
  });

  it('a clone PC is named by its board, or is without brand and says so', () => {
    const clone = { smanufacturer: 'To be filled by O.E.M.', smodel: 'To be filled by O.E.M.', ssn: '' };
    const board = only(computer({}, { ...clone, mmanufacturer: 'ASUSTeK COMPUTER INC.', mmodel: 'H81M-K' }));
    expect(board?.draft).toMatchObject({ brand: 'ASUS', model: 'H81M-K', designation: 'Poste fixe ASUS H81M-K' });
    const nothing = only(computer({}, clone));
    expect(nothing?.draft.brand).toBe('Sans marque');
    expect(problemsOf(nothing)).toContain('brand: brand-unknown');
  });

  it('takes numbers written as text, one object for a list, and leaves nonsense out', () => {
    const line = only(
      computer(
        { memory: '8192' },
        {},
        {
          cpus: { name: 'Intel Core i5', core: '6' },
          storages: [
            { type: 'disk', model: 'ST1000', disksize: '1000204' },
            { type: 'USB', model: 'stick', disksize: 32000 },
            'nonsense',
          ],
          networks: [{ mac: '00:00:00:00:00:00' }, { mac: 'AA:BB:CC:00:11:22', ipaddress: 7, type: 'ethernet' }],
          operatingsystem: [{ name: 'Windows', version: 10 }],
          antivirus: { name: 'ESET', enabled: '1' },
          drives: { letter: 'C:', encrypt_status: 'No' },
          monitors: null,
        },
      ),
    );
    expect(line?.draft.attributes).toMatchObject({
      processor: 'Intel Core i5',
      cores: 6,
      memoryMb: 8192,
      diskGb: 1000,
      diskType: 'HDD',
      os: 'Windows',
      osVersion: '10',
      antivirus: 'ESET',
      diskEncryption: 'none',
      macAddress: 'aa:bb:cc:00:11:22',
    });
    expect(line?.outcome).toBe('create');
  });

  it('reads an asset tag as inventory number unless it is a placeholder', () => {
    expect(only(computer({}, { assettag: 'MND-0042' }))?.draft.inventoryNumber).toBe('MND-0042');
    expect(only(computer({}, { assettag: 'No Asset Tag' }))?.draft.inventoryNumber).toBeUndefined();
  });

  it('gives the machine to the service where a person is chosen but none is known', () => {
    const [line] = read([inventory(computer({}))], { defaults: { holderKind: 'agent' } }).lines;
    expect(line?.draft.holderKind).toBe('service');
    expect(problemsOf(line)).toEqual(['holderName: holder-unknown']);
  });
});

describe('screens', () => {
  const screen = { manufacturer: 'Dell Inc.', name: 'DELL P2422H', serial: '7XQ1234', base64: edid(true) };

  it('registers the screen of a desktop beside it', () => {
    const { lines } = read([inventory(computer({}, {}, { monitors: [screen] }))]);
    expect(lines.map(({ draft }) => [draft.typeCode, draft.serialNumber])).toEqual([
      ['PCF', 'CZC1234ABC'],
      ['ECR', '7XQ1234'],
    ]);
    expect(lines[1]?.draft).toMatchObject({
      brand: 'Dell',
      designation: 'Écran DELL P2422H',
      attributes: { connectedTo: 'PC-01' },
    });
  });

  it('of a laptop registers the one on the desk, not the panel', () => {
    const panel = { manufacturer: 'LG Display', serial: '0X1', base64: edid(false) };
    const { lines } = read([inventory(computer({ chassis_type: 'Laptop' }, {}, { monitors: [panel, screen] }))]);
    expect(lines.map(({ draft }) => draft.typeCode)).toEqual(['PCP', 'ECR']);
    expect(problemsOf(lines[0])).toEqual(['screen-not-separate']);
  });

  it('registers none without a real serial', () => {
    const { lines } = read([inventory(computer({}, {}, { monitors: [{ ...screen, serial: '00000000' }] }))]);
    expect(lines).toHaveLength(1);
  });
});

describe('network devices', () => {
  const device = (network_device: Content, more: Content = {}, itemtype = 'NetworkEquipment') =>
    read([
      textFile(
        'n.json',
        JSON.stringify({ action: 'netinventory', deviceid: 'd', itemtype, content: { network_device, ...more } }),
      ),
    ]).lines;

  it.each([
    ['Cisco', 'Catalyst 9200L', 'COM'],
    ['Fortinet', 'FortiGate 100F', 'PFE'],
    ['MikroTik', 'RB4011iGS+', 'ROU'],
    ['Ubiquiti', 'UniFi U6 Pro', 'PAW'],
  ])('%s %s is a %s', (manufacturer, model, typeCode) => {
    expect(device({ type: 'Networking', manufacturer, model, serial: 'FOC1234X' })[0]?.draft.typeCode).toBe(typeCode);
  });

  it('a printer that copies is a multifunction', () => {
    const printer = { type: 'Printer', manufacturer: 'Canon', model: 'LBP226', serial: 'AB1' };
    expect(device(printer, {}, 'Printer')[0]?.draft.typeCode).toBe('IMP');
    expect(device(printer, { pagecounters: { total: 10, scanned: 3 } }, 'Printer')[0]?.draft.typeCode).toBe('MFP');
  });

  it('makes one asset of each member of a stack, and none of its modules', () => {
    const lines = device(
      {
        type: 'Networking',
        manufacturer: 'Cisco',
        model: 'C9300',
        serial: 'FOC1',
        name: 'STACK',
        mac: 'aa:aa:aa:aa:aa:aa',
      },
      {
        network_components: [
          { type: 'stack', index: 1 },
          { type: 'chassis', index: 2, serial: 'FOC1', model: 'C9300-24', stack_number: 1 },
          { type: 'chassis', index: 3, serial: 'FOC2', model: 'C9300-48', stack_number: 2 },
          { type: 'module', index: 4, serial: 'MOD9' },
          { type: 'powerSupply', index: 5, serial: 'PSU9' },
        ],
      },
    );
    expect(lines.map(({ draft }) => [draft.serialNumber, draft.model, draft.attributes?.stackNumber])).toEqual([
      ['FOC1', 'C9300-24', 1],
      ['FOC2', 'C9300-48', 2],
    ]);
  });

  it('keeps the device whole when it has one chassis only', () => {
    const lines = device(
      { type: 'Networking', manufacturer: 'Cisco', model: 'C9200', serial: 'FOC1' },
      { network_components: [{ type: 'chassis', serial: 'FOC1' }] },
    );
    expect(lines.map(({ draft }) => draft.serialNumber)).toEqual(['FOC1']);
  });

  it('A5: a device whose maker is unknown is refused with what is missing', () => {
    const [line] = device({ type: 'Networking', serial: 'X12' });
    expect(line?.outcome).toBe('invalid');
    expect(problemsOf(line)).toContain('brand: required');
  });
});

describe('envelopes and wrong files', () => {
  it('reads a list of inventories and says which of them is none', () => {
    const item = (ssn: string) => ({ deviceid: ssn, content: computer({}, { ssn }) });
    const { lines, fileProblems } = read([
      textFile('all.json', JSON.stringify([item('AAA11'), { content: 5 }, item('BBB22'), {}, 3])),
    ]);
    expect(lines.map(({ line, draft }) => [line, draft.serialNumber])).toEqual([
      [1, 'AAA11'],
      [3, 'BBB22'],
    ]);
    expect(fileProblems.map(({ problem, path }) => [problem, path])).toEqual([
      ['not-inventory', '/1/content'],
      ['not-inventory', '/3/content'],
      ['not-inventory', '/4'],
    ]);
  });

  it('reads an inventory without its envelope', () => {
    expect(read([textFile('bare.json', JSON.stringify(computer({})))]).lines[0]?.draft.serialNumber).toBe('CZC1234ABC');
  });

  it('I2: says which section makes an inventory of it', () => {
    const { fileProblems } = read([inventory({ versionclient: 'x', softwares: [] })]);
    expect(fileProblems).toEqual([
      { file: 'machine.json', problem: 'not-inventory', path: '/content/hardware', detail: 'missing' },
    ]);
  });

  it.each([
    ['{\n  "content": {,\n}', 2, 15, 'unexpected-character'],
    ['[1, 2', 1, 6, 'unexpected-end'],
    ['{"a": "x\ny"}', 1, 7, 'unexpected-character'],
    ['{"a": 1}\n{"a": 2}', 2, 1, 'unexpected-character'],
    ['{"a": [1, 2}]', 1, 12, 'unexpected-character'],
    ['{"a": nul}', 1, 7, 'unexpected-character'],
    [`${'['.repeat(100_000)}`, 1, 100_001, 'unexpected-end'],
  ])('I2: a broken JSON has a line and a column (%#)', (text, line, column, detail) => {
    const { lines, fileProblems } = read([textFile('broken.json', text)]);
    expect(lines).toEqual([]);
    expect(fileProblems).toEqual([{ file: 'broken.json', problem: 'not-json', line, column, detail }]);
  });

  it('I2: the real inventory, cut in two, is broken at its end', () => {
    const { name, bytes } = realFile('glpi/computer_1.json');
    const { fileProblems } = read([{ name, bytes: bytes.slice(0, 9000) }]);
    expect(fileProblems[0]).toMatchObject({ problem: 'not-json' });
    expect(fileProblems[0]?.line).toBeGreaterThan(100);
  });

  it('treats __proto__ and constructor as data', () => {
    const text = '{"__proto__": {"content": {"hardware": {"name": "x"}}}, "constructor": 1}';
    expect(read([textFile('proto.json', text)]).fileProblems[0]).toMatchObject({
      problem: 'not-inventory',
      path: '/content',
    });
    expect(Object.hasOwn(Object.prototype, 'content')).toBe(false);
  });
});
