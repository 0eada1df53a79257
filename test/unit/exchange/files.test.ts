import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES } from '../../../electron/data/exchange/read-file.ts';
import { lookups, problemsOf, read, textFile } from './support.ts';

const TABLE = 'Marque;Modèle;N° de série\nHP;Écran œuvré;CNC1234567\nDell;P2422H;ABCDEF1\n';
const drafts = (bytes: Uint8Array | string) =>
  read([textFile('t.csv', bytes)]).lines.map(({ draft }) => [draft.brand, draft.model, draft.serialNumber]);
const EXPECTED = [
  ['HP', 'Écran œuvré', 'CNC1234567'],
  ['Dell', 'P2422H', 'ABCDEF1'],
];

function utf16be(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le').swap16());
}

describe('encodings', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(TABLE)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${TABLE}`)],
    ['UTF-16 LE with a mark', new Uint8Array(Buffer.from(`\ufeff${TABLE}`, 'utf16le'))],
    ['UTF-16 LE without', new Uint8Array(Buffer.from(TABLE, 'utf16le'))],
    ['UTF-16 BE with a mark', utf16be(`\ufeff${TABLE}`)],
    ['UTF-16 BE without', utf16be(TABLE)],
    ['Windows-1252', new Uint8Array(Buffer.from(TABLE.replace('œ', '\u009c'), 'latin1'))],
  ])('reads %s', (_, bytes) => {
    expect(drafts(bytes)).toEqual(EXPECTED);
  });

  it('reads a view into a larger buffer by its own bytes', () => {
    const bytes = new TextEncoder().encode(`xxxx${TABLE}`);
    expect(drafts(bytes.subarray(4))).toEqual(EXPECTED);
  });
});

describe('separators and lines', () => {
  it.each([',', ';', '\t', '|'])('reads a table with "%s"', (separator) => {
    expect(drafts(TABLE.replaceAll(';', separator))).toEqual(EXPECTED);
  });

  it.each(['\r\n', '\r', '\n'])('reads lines that end with %j', (end) => {
    expect(drafts(TABLE.replaceAll('\n', end))).toEqual(EXPECTED);
  });

  it('obeys a separator that Excel declares', () => {
    expect(drafts(`sep=;\n${TABLE}`)).toEqual(EXPECTED);
  });

  it('is not misled by decimal commas and commas in texts', () => {
    expect(drafts('Marque;Modèle;N° de série;Valeur\nHP;A, B;CNC1;2,5\nHP;C, D, E;CNC2;3,5\n')).toEqual([
      ['HP', 'A, B', 'CNC1'],
      ['HP', 'C, D, E', 'CNC2'],
    ]);
  });

  it('numbers lines by the file, over quoted line breaks and blank rows', () => {
    const text = 'Marque,Modèle,N° de série,Observations\n\nHP,X,SN111,"un\ndeux\ntrois"\n,,,\nDell,Y,SN222,\n';
    const { lines } = read([textFile('t.csv', text)]);
    expect(lines.map(({ line, draft }) => [line, draft.serialNumber, draft.notes])).toEqual([
      [3, 'SN111', 'un\ndeux\ntrois'],
      [7, 'SN222', undefined],
    ]);
  });

  it('a row with more cells than headers is shifted: it stops, with its line', () => {
    const { lines } = read([
      textFile('t.csv', 'Marque,Modèle,N° de série\nHP,Écran 19,5 pouces,SN111\nHP,X,SN222,,\nHP,Y\n'),
    ]);
    expect(lines.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'invalid'],
      [3, 'create'],
      [4, 'create'],
    ]);
    expect(problemsOf(lines[0])[0]).toBe('too-many-cells');
  });

  it('I2: a quote that does not close makes the file unusable, with its line', () => {
    const { lines, fileProblems } = read([textFile('t.csv', 'Marque,Modèle\nHP,X\nHP,"19 pouces\nDell,Y\n')]);
    expect(lines).toEqual([]);
    expect(fileProblems).toEqual([{ file: 't.csv', problem: 'bad-csv', line: 3, detail: 'MissingQuotes' }]);
  });
});

describe('files that are something else', () => {
  const bytesOf = (...parts: (string | number[])[]) =>
    new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

  it.each([
    ['list.csv', bytesOf([0x50, 0x4b, 3, 4], '...xl/workbook.xml'), 'unknown-format', 'xlsx'],
    [
      'list.ods',
      bytesOf([0x50, 0x4b, 3, 4], 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      'unknown-format',
      'ods',
    ],
    ['list.zip', bytesOf([0x50, 0x4b, 3, 4], 'other'), 'unknown-format', 'zip'],
    ['list.xls', bytesOf([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'unknown-format', 'xls'],
    ['list.json', bytesOf('%PDF-1.7\n'), 'unknown-format', 'pdf'],
    ['photo.csv', bytesOf([0x89, 0x50, 0x4e, 0x47, 0, 0]), 'unknown-format', 'image'],
    ['old.json', bytesOf('<?xml version="1.0"?>\n<REQUEST><CONTENT/></REQUEST>'), 'unknown-format', 'xml inventory'],
    ['page.csv', bytesOf('<!DOCTYPE html><html></html>'), 'unknown-format', 'html'],
    ['data.xml', bytesOf('<?xml version="1.0"?><a/>'), 'unknown-format', 'xml'],
    ['word.csv', bytesOf('bonjour'), 'unknown-format', 'text'],
    ['noise.csv', bytesOf([1, 2, 3, 0, 5, 6, 7, 8, 14, 15, 200, 201, 0, 0]), 'not-text', undefined],
    ['zero.csv', bytesOf(''), 'empty', undefined],
    ['blank.csv', bytesOf(' \n\r\n '), 'empty', undefined],
    ['none.json', bytesOf('[]'), 'empty', undefined],
    ['header.csv', bytesOf('Marque;Modèle\n;\n'), 'empty', 'header only'],
  ])('I2: %s', (name, bytes, problem, detail) => {
    const { lines, fileProblems } = read([{ name, bytes }]);
    expect(lines).toEqual([]);
    expect(fileProblems).toHaveLength(1);
    expect(fileProblems[0]).toMatchObject({ file: name, problem, ...(detail && { detail }) });
  });

  it('I2: a file beyond the limit is not read', () => {
    const { fileProblems } = read([{ name: 'big.csv', bytes: new Uint8Array(MAX_FILE_BYTES + 1) }]);
    expect(fileProblems).toEqual([{ file: 'big.csv', problem: 'too-large', detail: '64 MB' }]);
  });
});

describe('duplicates', () => {
  const known = { id: '00000000-0000-8000-8000-0000000000aa', reference: 'MND-PCP-26-K7-0001-X' };

  it('I3: a serial that the register has is not created, however it is written', () => {
    const { lines } = read([textFile('t.csv', TABLE)], { lookups: lookups({ 'cnc 123-4567': known }) });
    expect(lines.map(({ outcome, existing }) => [outcome, existing?.reference])).toEqual([
      ['existing', known.reference],
      ['create', undefined],
    ]);
  });

  it('I3: a serial is created once in an import, over all its files', () => {
    const { lines } = read([textFile('a.csv', TABLE), textFile('b.csv', TABLE.replace('CNC1234567', 'cnc-1234567'))]);
    expect(lines.map(({ file, outcome }) => [file, outcome])).toEqual([
      ['a.csv', 'create'],
      ['a.csv', 'create'],
      ['b.csv', 'invalid'],
      ['b.csv', 'invalid'],
    ]);
    expect(problemsOf(lines[2])[0]).toBe('serialNumber: duplicate-in-files');
  });

  it('I3: a line that is not created does not stand in the way of a good one', () => {
    const { lines } = read([textFile('t.csv', 'Marque;Modèle;N° de série\n;X;SN1\nHP;X;SN1\n')]);
    expect(lines.map(({ outcome }) => outcome)).toEqual(['invalid', 'create']);
  });

  it('without a serial, the inventory number tells; beside one it is a remark', () => {
    const text = 'Marque;Modèle;N° de série;N° inventaire\nHP;X;;INV-1\nHP;X;;INV 1\nHP;X;SN9;INV-1\nHP;X;;INV-7\n';
    const { lines } = read([textFile('t.csv', text)], { lookups: lookups({}, { 'INV-7': known }) });
    expect(lines.map(({ outcome }) => outcome)).toEqual(['create', 'invalid', 'create', 'existing']);
    expect(problemsOf(lines[1])[0]).toBe('inventoryNumber: duplicate-in-files');
    expect(problemsOf(lines[2])).toContain('inventoryNumber: duplicate-inventory-number');
  });
});
