import { DEFAULT_TEMPLATES } from '#shared/papers/defaults/index.ts';
import { issuePaper, previewPaper } from '../../../electron/data/papers/issue-paper.ts';
import { getPaper } from '../../../electron/data/papers/read-paper.ts';
import {
  getPaperTemplates,
  savePaperLogo,
  savePaperTemplate,
  templateOf,
} from '../../../electron/data/papers/templates.ts';

import { add, assign, openWithPlaces, PNG, slip } from './support.ts';

describe('W5: the ministry’s own wording', () => {
  const own = { ...DEFAULT_TEMPLATES['assignment-slip'], title: 'Bordereau de remise de matériel' };

  test('is used from then on, under its next version, until it is taken back; papers made before stay as they were', () => {
    const register = openWithPlaces();
    const { actId } = assign(register, add(register, 1));
    const first = issuePaper(register, slip(actId));
    expect(savePaperTemplate(register, { kind: 'assignment-slip', template: own })).toEqual({ version: 1 });
    expect(getPaperTemplates(register).filter(({ isOwn }) => isOwn)).toHaveLength(1);
    const second = issuePaper(register, slip(actId));
    expect(getPaper(register, { id: first.id })?.content.title).toBe('Bordereau d’affectation');
    expect(getPaper(register, { id: second.id })).toMatchObject({
      content: { title: own.title },
      paper: { templateVersion: 1 },
    });
    savePaperTemplate(register, { kind: 'assignment-slip', template: null });
    expect(templateOf(register, 'assignment-slip')).toBe(DEFAULT_TEMPLATES['assignment-slip']);
    expect(savePaperTemplate(register, { kind: 'assignment-slip', template: own })).toEqual({ version: 3 });
  });

  test('with a fault is refused with its place, and only who keeps the references may change it', () => {
    const register = openWithPlaces();
    const template = { ...own, introduction: ['{rien}'] };
    expect(() => savePaperTemplate(register, { kind: 'assignment-slip', template })).toThrowError(
      expect.objectContaining({ details: expect.objectContaining({ path: 'introduction.0', detail: 'rien' }) }),
    );
    expect(() =>
      savePaperTemplate(openWithPlaces('technicien'), { kind: 'assignment-slip', template: own }),
    ).toThrowError(expect.objectContaining({ code: 'COMMAND_FORBIDDEN' }));
  });

  test('a template that this program cannot read gives way to the one that ships', () => {
    const register = openWithPlaces();
    savePaperTemplate(register, { kind: 'assignment-slip', template: own });
    const [row] = register
      .table('references')
      .changedSince(100)
      .documents.filter(({ kind }) => kind === 'paper-template');
    register
      .table('references')
      .put([{ ...row, content: { kind: 'assignment-slip', shape: 'of another time' } }], 'command');
    expect(templateOf(register, 'assignment-slip')).toBe(DEFAULT_TEMPLATES['assignment-slip']);
  });

  test('a logo stands in the heading by its digest, and papers keep the one they were made with', () => {
    const register = openWithPlaces();
    const { actId } = assign(register, add(register, 1));
    const { code } = savePaperLogo(register, { image: PNG.toString('base64') });
    const { id } = issuePaper(register, slip(actId));
    savePaperLogo(register, { image: null });
    expect(getPaper(register, { id })?.content.heading.logo).toBe(code);
    expect(previewPaper(register, slip(actId)).content.heading).not.toHaveProperty('logo');
    expect(() => savePaperLogo(register, { image: Buffer.from('<svg/>').toString('base64') })).toThrowError(
      expect.objectContaining({ details: { field: 'image', problem: 'not-a-picture' } }),
    );
  });
});
