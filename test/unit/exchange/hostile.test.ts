import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import type { ImportFile, ImportReading } from '../../../electron/data/exchange/preview.ts';
import { AssetDraft, findAssetProblems } from '../../../shared/domain/asset.ts';
import { read, realFile, textFile } from './support.ts';

/** Whatever a file holds: it answers, and what it offers to create could be written as it is. */
let created = 0;

function expectSound({ lines }: ImportReading): void {
  created += lines.filter(({ outcome }) => outcome === 'create').length;
  for (const { draft, outcome, status } of lines) {
    if (outcome !== 'create') continue;
    expect(Value.Errors(AssetDraft, draft)).toEqual([]);
    expect(findAssetProblems(draft)).toEqual([]);
    expect(['in-stock', 'in-service']).toContain(status);
    // RxDB and the endpoint count UTF-16 code units.
    expect(draft.designation?.length).toBeLessThanOrEqual(200);
  }
}

/** Overwrites, inserts or removes a few bytes. */
const mutations = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(40),
    insert: fc.uint8Array({ maxLength: 12 }),
  }),
  { minLength: 1, maxLength: 8 },
);

function mutate(
  { name, bytes }: ImportFile,
  changes: readonly { at: number; remove: number; insert: Uint8Array }[],
): ImportFile {
  let mutated = bytes;
  for (const { at, remove, insert } of changes) {
    const offset = Math.floor(at * mutated.length);
    mutated = new Uint8Array([...mutated.subarray(0, offset), ...insert, ...mutated.subarray(offset + remove)]);
  }
  return { name, bytes: mutated };
}

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 400 }),
  fc.constantFrom(
    '',
    '-',
    'HP',
    '1 250 000',
    '31/12/2019',
    '1/13/20',
    '="0"',
    '9'.repeat(40),
    '\ud800',
    'Neuf',
    '__proto__',
    'Laptop',
    '"',
    '12 To',
    '\u0000',
    '5/5/5',
    '1e999',
  ),
);
const HEADERS = [
  'Marque',
  'Modèle',
  'Type',
  'N° de série',
  'N° inventaire',
  'Désignation',
  'Date achat',
  'Fin de garantie',
  'Durée garantie',
  'Valeur',
  'État',
  'Statut',
  'Service',
  'Site',
  'Bureau',
  'Détenteur',
  'Prénoms',
  'Observations',
  'RAM',
  'Disque dur',
  'Adresse MAC',
  '__proto__',
  'constructor',
];

const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('Laptop', 'Physical', 'SN123', 'Dell Inc.'),
);
const NAMES = [
  'smanufacturer',
  'smodel',
  'ssn',
  'name',
  'serial',
  'mac',
  'type',
  'model',
  'manufacturer',
  'core',
  'capacity',
  'disksize',
  'base64',
  'chassis_type',
  'vmsystem',
  'total',
  'ips',
  'assettag',
  'uuid',
  '__proto__',
  'iftype',
  'ipaddress',
  'encrypt_status',
  'skunumber',
];
const SECTIONS = [
  'hardware',
  'bios',
  'network_device',
  'cpus',
  'memories',
  'storages',
  'networks',
  'monitors',
  'drives',
  'antivirus',
  'operatingsystem',
  'network_components',
  'network_ports',
  'pagecounters',
  'firmwares',
  'batteries',
];
const section = fc.dictionary(fc.constantFrom(...NAMES), scalar);
const sections = fc.dictionary(
  fc.constantFrom(...SECTIONS),
  fc.oneof(section, fc.array(fc.oneof(section, scalar), { maxLength: 4 }), scalar),
);

describe('hostile files', () => {
  it('random bytes never throw and never create', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => expectSound(read([{ name: 'x', bytes }]))),
      { numRuns: 400 },
    );
  });

  it.each(['glpi/computer_1.json', 'glpi/printer_1.json', 'snipe-it/assets-sample.csv'])(
    '%s with bytes changed never offers an unsound draft',
    (path) => {
      const file = realFile(path);
      fc.assert(
        fc.property(mutations, (changes) => expectSound(read([mutate(file, changes)]))),
        { numRuns: 120 },
      );
    },
  );

  it('I2: an inventory cut anywhere answers', () => {
    const { name, bytes } = realFile('glpi/printer_1.json');
    for (let end = 0; end < bytes.length; end += 7) {
      const { lines, fileProblems } = read([{ name, bytes: bytes.slice(0, end) }]);
      expect(lines).toEqual([]);
      expect(fileProblems).toHaveLength(1);
    }
  });

  it('any cell in any column never offers an unsound draft', () => {
    const rows = fc.array(fc.tuple(...HEADERS.map(() => cell)), { minLength: 1, maxLength: 5 });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(rows, (cells) =>
        expectSound(read([textFile('t.csv', [HEADERS, ...cells].map((row) => row.map(quote).join(';')).join('\n'))])),
      ),
      { numRuns: 300 },
    );
  });

  it('any section of an inventory, in any shape, never offers an unsound draft', () => {
    fc.assert(
      fc.property(
        sections,
        fc.constantFrom('Computer', 'Printer', 'NetworkEquipment', 'Phone', 'Unmanaged'),
        (content, itemtype) => expectSound(read([textFile('x.json', JSON.stringify({ itemtype, content }))])),
      ),
      { numRuns: 600 },
    );
  });
});

describe('patience', () => {
  it.each(['1,', '9', ' ', 'a ', '1/', '€'])('no cell is slow to read: "%s" again and again', (text) => {
    const row = HEADERS.map(() => `"${text.repeat(100_000)}"`).join(';');
    // A pattern that goes back and forth over such a cell would take minutes, and the test run ends it.
    expectSound(read([textFile('t.csv', `${HEADERS.join(';')}\n${row}`)]));
  });

  it('I2: a table of a thousand columns is none', () => {
    const { lines, fileProblems } = read([textFile('t.csv', `${'Marque;'.repeat(1000)}\n${'HP;'.repeat(1000)}`)]);
    expect(lines).toEqual([]);
    expect(fileProblems).toEqual([{ file: 't.csv', problem: 'bad-csv', detail: 'too many columns' }]);
  });
});

describe('the tests above', () => {
  it('did see drafts', () => {
    expect(created).toBeGreaterThan(100);
  });
});

describe('size', () => {
  it('I1: 10,000 rows are previewed', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) =>
      [
        `MND/INF/${index}`,
        'Ordinateur portable HP ProBook 450',
        'HP',
        'ProBook 450 G5',
        `5CD${String(index).padStart(7, '0')}`,
        '05/03/2019',
        '1 250 000',
        'Bon',
        'DSI',
        'Parakou',
        'HOUNKPÈ Sènami',
        'RAS',
      ].join(';'),
    );
    const header =
      "N° d'inventaire;Désignation;Marque;Modèle;N° de série;Date d'acquisition;Valeur;État;Service;Site;Détenteur;Observations";
    const file = textFile('large.csv', [header, ...rows].join('\n'));
    const { lines } = read([file]);
    expect(lines.filter(({ outcome }) => outcome === 'create')).toHaveLength(10_000);
  });
});
