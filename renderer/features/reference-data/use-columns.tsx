import { readTypeContent } from '#shared/domain/equipment-types.ts';
import { printPhone } from '#shared/domain/phone.ts';
import type { Reference } from '#shared/schema/reference.ts';
import { formatInteger } from '../../text/format.ts';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import { contentOf } from './contents.ts';
import type { Column } from './list-table.tsx';
import type { ListSection } from './sections.ts';
import { useAssetCounts } from './use-rows.ts';

/** What a list says of each row besides its name. */
export function useColumns(section: ListSection): readonly Column<Reference>[] {
  const { t } = useText();
  const counts = useAssetCounts()?.typeCode;
  const code: Column<Reference> = {
    header: t(section === 'institutions' ? 'references.field.acronym' : 'references.field.code'),
    cell: (row) => row.code,
  };
  const columns = {
    types: [
      code,
      {
        header: t('references.field.nature'),
        cell: ({ content }) => t(`domain.nature.${readTypeContent(content).nature}`),
      },
      {
        header: t('references.field.attributes'),
        isNumber: true,
        cell: ({ content }) => readTypeContent(content).attributes.length || '',
      },
      {
        header: t('references.field.assets'),
        isNumber: true,
        cell: (row) => (counts?.[row.code] ? formatInteger(counts[row.code] ?? 0) : ''),
      },
    ],
    brands: [],
    suppliers: [
      { header: t('references.field.taxNumber'), cell: ({ content }) => contentOf('supplier', content).taxNumber },
      {
        header: t('references.field.phone'),
        cell: ({ content }) => {
          const { phone } = contentOf('supplier', content);
          return phone && printPhone(phone);
        },
      },
    ],
    accounts: [
      code,
      {
        header: t('references.field.group'),
        cell: ({ content }) => {
          const { group } = contentOf('account', content);
          return group && t(`references.group.${group}`);
        },
      },
    ],
    institutions: [
      code,
      { header: t('references.field.validFrom'), cell: (row) => dateOf(row, 'validFrom') },
      { header: t('references.field.validTo'), cell: (row) => dateOf(row, 'validTo') },
      { header: t('references.field.replacedBy'), cell: ({ content }) => contentOf('institution', content).replacedBy },
    ],
  } as const satisfies Readonly<Record<ListSection, readonly Column<Reference>[]>>;
  return columns[section];
}

function dateOf({ content }: Reference, field: 'validFrom' | 'validTo'): string {
  const date = contentOf('institution', content)[field];
  return date ? printPartialDate(date) : '';
}
