import { Value } from 'typebox/value';
import type { PaperKind } from '#shared/domain/lifecycle.ts';
import { findTemplateProblems, PaperTemplate, type TemplateProblem } from '#shared/papers/template.ts';

/** Something to mend, with the part of the form it is in. */
export type TemplateFault = {
  readonly part: 'title' | 'introduction' | 'facts' | 'tables' | 'columns' | 'notes' | 'signatures';
  /** From 1; within the part. */
  readonly place: number;
  readonly column: number;
  readonly problem: TemplateProblem['problem'] | 'shape';
  readonly detail: string;
};

const PARTS = ['title', 'introduction', 'facts', 'tables', 'notes', 'signatures'] as const;

/** Everything that stands against saving a template, once per part. */
export function findFaults(template: PaperTemplate, kind: PaperKind): TemplateFault[] {
  const misshapen = [...Value.Errors(PaperTemplate, template)].map(({ instancePath }) => ({
    path: instancePath.slice(1).replaceAll('/', '.'),
    problem: 'shape' as const,
  }));
  const faults = [...misshapen, ...findTemplateProblems(template, kind)].map(toFault);
  // One part is named once for one reason; an empty text has no shape either.
  const seen = new Map(faults.map((fault) => [`${fault.part} ${fault.place} ${fault.column} ${fault.detail}`, fault]));
  return [...seen.values()];
}

function toFault({
  path,
  problem,
  ...rest
}: {
  path: string;
  problem: TemplateFault['problem'];
  detail?: string;
}): TemplateFault {
  const [first, index, second, column] = path.split('.');
  const part = PARTS.find((known) => known === first) ?? 'title';
  const isColumn = part === 'tables' && second === 'columns';
  return {
    part: isColumn ? 'columns' : part,
    place: Number(index ?? 0) + 1,
    column: isColumn ? Number(column ?? 0) + 1 : 0,
    problem,
    detail: rest.detail ?? '',
  };
}
