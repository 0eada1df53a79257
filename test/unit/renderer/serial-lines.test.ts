import { MAX_ACT_ASSETS } from '#shared/domain/act.ts';
import { addSerials, type SerialLine, splitSerials } from '../../../renderer/features/asset-form/serial-lines.ts';

const serialsOf = (lines: readonly SerialLine[]) => lines.map(({ serial }) => serial);

describe('the serials of a series', () => {
  it('are one per scan, or many in what was pasted; a serial may hold spaces', () => {
    expect(splitSerials('5CG 0482\r\n 5CG0483;5CG0484\t\n')).toEqual(['5CG 0482', '5CG0483', '5CG0484']);
  });

  it('are taken once, however they are written, and the line that has it is named', () => {
    const { lines } = addSerials([], ['5CG-0482 KX', 'B2']);
    const again = addSerials(lines, ['5cg0482kx', 'C3']);
    expect(serialsOf(again.lines)).toEqual(['5CG-0482 KX', 'B2', 'C3']);
    expect(again.rejections).toEqual([{ kind: 'repeated', serial: '5cg0482kx', line: 1 }]);
  });

  it('A6: are never placeholders; what cannot be read stands without a serial, as often as it is so', () => {
    const { lines, rejections } = addSerials([], ['To be filled by O.E.M.', null, null]);
    expect(serialsOf(lines)).toEqual([null, null]);
    expect(rejections).toEqual([{ kind: 'junk', serial: 'To be filled by O.E.M.' }]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(2);
  });

  it('A8: are no more than one act takes', () => {
    const many = Array.from({ length: MAX_ACT_ASSETS + 1 }, (_, place) => `SN${place}`);
    const { lines, rejections } = addSerials([], many);
    expect(lines).toHaveLength(MAX_ACT_ASSETS);
    expect(rejections).toEqual([{ kind: 'full' }]);
  });
});
