import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { ListColumn } from '#shared/protocol/views.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { XlsxWriter } from '../../../renderer/components/xlsx.ts';
import { moved, toggled } from '../../../renderer/features/asset-list/columns.ts';
import { type FileFormat, makeListFile } from '../../../renderer/features/asset-list/list-file.ts';

const COLUMNS: readonly ListColumn[] = ['designation', 'acquisitionDate', 'acquisitionValue', 'end'];

const ASSET = {
  nature: 'hardware',
  designation: 'Écran',
  acquisitionDate: '2024-03-14',
  acquisitionValue: 450_000,
  warrantyEnd: '2027',
} as unknown as Asset;

function make(format: FileFormat, assets: readonly Asset[]): Promise<Uint8Array> {
  const text = (column: ListColumn, asset: Asset) =>
    column === 'designation' ? asset.designation : { acquisitionDate: '14/03/2024', end: '2027' }[column as 'end'];
  const file = makeListFile(format, {
    columns: COLUMNS,
    sheetName: 'Actifs & <co>',
    header: (column) => column,
    text: (column, asset) => text(column, asset) ?? '',
  });
  file.add(assets);
  return file
    .finish()
    .arrayBuffer()
    .then((buffer) => new Uint8Array(buffer));
}

function named(...designations: readonly string[]): readonly Asset[] {
  return designations.map((designation) => ({ ...ASSET, designation }));
}

describe('a file of the list', () => {
  test('Q10: in a CSV amounts are plain numbers, dates as on paper, and no cell is a formula', async () => {
    const bytes = await make('csv', named('Écran', '=1+1', '+33', '-x', '@a', '\tx', 'a;"b"'));
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    expect(text.startsWith('\ufeffdesignation;acquisitionDate;acquisitionValue;end\r\n')).toBe(true);
    expect(text.split('\r\n').slice(1, -1)).toEqual(
      ['Écran', "'=1+1", "'+33", "'-x", "'@a", "'\tx", '"a;""b"""'].map((name) => `${name};14/03/2024;450000;2027`),
    );
  });

  test('Q10: in a workbook a whole day is a date, an amount a number, a year and a formula are texts', async () => {
    const parts = unzipSync(await make('xlsx', named('<Écran> & "=1+1"\u0007')));
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet).toContain('<t xml:space="preserve">&lt;Écran&gt; &amp; &quot;=1+1&quot;</t>');
    // 14 March 2024 as spreadsheets count days.
    expect(sheet).toContain('<c s="2"><v>45365</v></c><c s="3"><v>450000</v></c>');
    expect(sheet).toContain('<t xml:space="preserve">2027</t>');
    expect(sheet).not.toContain('<f>');
    expect(strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array())).toContain('name="Actifs &amp; &lt;co&gt;"');
    expect(Object.keys(parts)).toContain('[Content_Types].xml');
  });

  test('a hundred thousand rows are packed as they come', async () => {
    const writer = new XlsxWriter(
      'Actifs',
      COLUMNS.map((header) => ({ header, width: 12 })),
    );
    const rows = Array.from({ length: 1000 }, (_, n) => [`Ordinateur ${n}`, { date: '2024-03-14' }, n, undefined]);
    for (let batch = 0; batch < 100; batch += 1) writer.add(rows);
    const blob = writer.finish();
    const parts = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet.match(/<row>/g)).toHaveLength(100_001);
    expect(sheet).toContain('<autoFilter ref="A1:D100001"/>');
    expect(blob.size).toBeLessThan(sheet.length / 5);
  });
});

describe('the columns of a list', () => {
  test('move by one place, and come and go', () => {
    expect(moved(COLUMNS, 0, 1)).toEqual(['acquisitionDate', 'designation', 'acquisitionValue', 'end']);
    expect(moved(COLUMNS, 3, -1)).toEqual(['designation', 'acquisitionDate', 'end', 'acquisitionValue']);
    expect(toggled(COLUMNS, 'end')).toEqual(['designation', 'acquisitionDate', 'acquisitionValue']);
    expect(toggled(COLUMNS, 'room')).toEqual([...COLUMNS, 'room']);
  });
});
